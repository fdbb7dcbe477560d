import type {Timing} from '../compare';
import type {provenance} from '../machine';

/** One kind of export with one kind of weights. */
export interface ExportRow {
  readonly format: 'JavaScript' | 'JavaScript, simd' | 'LiteRT' | 'C';
  readonly weights: 'float32' | 'float16' | 'uint8' | 'int8';
  readonly bytes: number;
  readonly gzip: number;
  /** Share of the test images that is right; of C it is that of JavaScript, which reads the same numbers. */
  readonly accuracy: number;
}

/** Milliseconds from one image as a Float32Array to its outputs as another; all of one place take turns. */
export interface Latencies {
  readonly javascript: Timing;
  /** A module that also holds WebAssembly. */
  readonly simd?: Timing;
  readonly tfjs: Timing;
  readonly litert?: Timing;
}

/** What one prediction takes on an emulated Cortex-M4. */
export interface ChipRow {
  readonly weights: 'float32' | 'uint8';
  readonly instructions: number;
  /** Bytes of code and constants, and of static memory. */
  readonly flash: number;
  readonly ram: number;
}

export interface NetworkResults {
  readonly network: string;
  readonly parameters: number;
  readonly epochs: number;
  /** That of the model itself. */
  readonly accuracy: number;
  readonly exports: readonly ExportRow[];
  readonly node: Latencies;
  readonly chromium: Latencies;
  readonly chip: readonly ChipRow[];
}

export type ExportResults = ReturnType<typeof provenance> & {networks: NetworkResults[]};
