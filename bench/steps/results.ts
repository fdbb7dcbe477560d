import type {BackendName} from '../backends';
import type {Timing} from '../compare';
import type {provenance} from '../machine';

/** A training step, a prediction of one input, and one of a batch. */
export const WHATS = ['step', 'one', 'batch'] as const;
export type What = (typeof WHATS)[number];

export type Times = Record<What, Timing>;

export interface StepsRow {
  network: string;
  backend: BackendName;
  batch: number;
  parameters: number;
  ours: Times;
  /** A training step of ours: calls of kernels, the bytes that they read and write, and the share of its time inside of them. */
  profile: {calls: number; bytes: number; share: number};
  /** `Float32Array.set` of as many bytes as the kernels of the step read and write, in as many pieces. */
  copy: Timing;
  rival?: {name: string; of: string; parameters: number; times: Times};
  torch?: Times;
}

export interface StepsResults extends ReturnType<typeof provenance> {
  rows: StepsRow[];
  missing: {backend: BackendName; reason: string}[];
}
