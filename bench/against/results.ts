import type {BackendName} from '../backends';
import type {provenance} from '../machine';

export type NetworkName =
  | 'digits: 64, 2 x 256, 10'
  | '784, 4 x 1024, 10'
  | '784, 1 x 2^20, 10 read'
  | '784, 4 x 2^20, 10 read'
  | 'quick: 16, 2 x 32, 10';

/** What is timed: a training step by the Adam of tfjs or by AdamW, and the prediction of one input. */
export type What = 'step, Adam' | 'step, AdamW' | 'one input';

/**
 * plain: slopes in layers of their own, the dense layer and the loss of tfjs, as programs are that know no better. own: slopes in
 * the projections, `pw.layers.dense`, `pw.softmaxCrossEntropy`.
 */
export type Program = 'plain' | 'own';

export interface Task {
  backend: BackendName;
  network: NetworkName;
  program: Program;
  what: What;
}

/** First line of a process: whether its commit offers what the program asks for, and what runs the kernels. */
export interface Greeting {
  offered: boolean;
  path: string;
}

export interface TurnRequest {
  runs: number;
}

/** Milliseconds a run by the clock and of processor time, and the most memory that the process has held so far. */
export interface Turn {
  wall: number;
  cpu: number;
  peakBytes: number;
}

/** Medians of the turns; the most memory. */
export interface Measured extends Turn {
  turns: number;
}

/** Who takes turns: the earlier commit and this one, each with the programs that it offers. */
export const CONTENDERS = ['then plain', 'then own', 'now plain', 'now own'] as const;
export type Contender = (typeof CONTENDERS)[number];

export interface AgainstRow {
  network: NetworkName;
  backend: BackendName;
  what: What;
  times: Partial<Record<Contender, Measured>>;
}

export interface AgainstResults extends ReturnType<typeof provenance> {
  against: {commit: string; date: string; subject: string};
  /** Mean number of processes that waited for a core, at the start and at the end. */
  load: [number, number];
  rows: AgainstRow[];
  missing: {backend: BackendName; reason: string}[];
}
