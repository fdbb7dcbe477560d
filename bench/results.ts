import type {BackendName} from './backends';
import type {Timing} from './compare';
import type {KernelName, Shape} from './kernels';
import type {SelectionName} from './selections';

/** What a kernel is compared with. */
export const RIVALS = ['copy', 'add', 'loop', 'dense', 'portable'] as const;
export type Rival = (typeof RIVALS)[number];

export interface KernelRow {
  kernel: KernelName | SelectionName;
  native: boolean;
  shape: Shape;
  time: Timing;
  rivals: Partial<Record<Rival, Timing>>;
}

/** What it costs to do two things in one kernel, and in two. */
export interface Fusion {
  what: 'signs and scale' | 'two slopes';
  /** False where the kernel that does both is a composition itself. */
  native: boolean;
  alone: Timing;
  fused: Timing;
  apart: Timing;
}

export interface Overhead {
  kernel: Timing;
  op: Timing;
  identity: Timing;
}

export interface TrainingStep {
  ours: Timing;
  dense: Timing;
  parameters: {ours: number; dense: number};
}

/** A step of one optimizer, and of the other. */
export interface OptimizerSteps {
  many: {adamW: Timing; adam: Timing};
  /** The gradients are what else a step of training needs. */
  digits: {adamW: Timing; adam: Timing; gradients: Timing};
}

/** Additions of floats a second: those of the transform, and all that 128-bit instructions can do at the same time. */
export interface Additions {
  shape: Shape;
  rate: number;
  peak: number;
}

export interface BackendResults {
  backend: BackendName;
  /** What runs the native kernels: see `backendReport`. */
  path: string;
  note?: string;
  kernels: KernelRow[];
  fusions: Fusion[];
  overhead: Overhead;
  additions?: Additions[];
  /** Not in a quick run on a GPU of software. */
  training?: TrainingStep;
  /** Results of before it was measured have none. */
  optimizers?: OptimizerSteps;
}

export interface Results {
  machine: {cpu: string; cores: number; system: string};
  versions: {[name: string]: string};
  commit: string;
  date: string;
  backends: BackendResults[];
  /** Backends that were asked for and are not here. */
  missing: {backend: BackendName; reason: string}[];
}
