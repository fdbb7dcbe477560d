import type {Timing} from '../compare';
import type {KernelName, Shape} from '../kernels';
import type {provenance} from '../machine';

/** One kernel on one shape. */
export interface GpuRow {
  kernel: KernelName;
  shape: Shape;
  dispatches: number;
  /** Bytes of the inputs and outputs of all dispatches. */
  bytes: number;
  time: Timing;
  /** The device's own copy of x's bytes, from one buffer to another. */
  copy: Timing;
  /** tf.matMul by H, where H has a place. */
  matMul?: Timing;
  /** Largest difference from the kernels of the cpu backend, as a share of the largest value. */
  difference: number;
}

/** What one runtime of WebGPU gave. */
export interface GpuRun {
  runtime: 'Node (Dawn)' | 'Chromium';
  adapter: string;
  /** True for a driver in software: its times claim nothing. */
  software: boolean;
  rows: GpuRow[];
  /** What was not measured, and why. */
  left: string[];
}

export interface GpuResults extends ReturnType<typeof provenance> {
  runs: GpuRun[];
  missing: {runtime: GpuRun['runtime']; reason: string}[];
}
