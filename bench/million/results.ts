import type {BackendName} from '../backends';
import type {Timing} from '../compare';

/** What one process is to measure. */
export type Job = {backend: BackendName; layers: number; width: number} | {backend: BackendName; widths: number[]};

/** A training step of a network of `layers` layers of `width` units, batch 8, in a process of its own. */
export interface StepRow {
  backend: BackendName;
  layers: number;
  width: number;
  parameters: number;
  forward: Timing;
  /** What the gradients cost above the forward pass, and Adam above both. */
  backward: number;
  adam: number;
  /** All of it, as `trainOnBatch`. */
  step: Timing;
  /** Most memory that the process held, with Node and TensorFlow.js, in bytes; and before there was a model. */
  peakBytes: number;
  baseBytes: number;
}

/** One layer, forward and backward, on 2^23 numbers as rows of a width. */
export interface ScalingRow {
  width: number;
  forward: Timing;
  both: Timing;
}

export interface Scaling {
  backend: BackendName;
  rows: ScalingRow[];
}

export interface MillionResults {
  machine: {cpu: string; cores: number; system: string};
  versions: {[name: string]: string};
  commit: string;
  date: string;
  steps: StepRow[];
  scalings: Scaling[];
  missing: {backend: BackendName; reason: string}[];
}
