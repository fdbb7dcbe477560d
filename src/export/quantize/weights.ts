import type * as tf from '@tensorflow/tfjs';
import {fail} from '../../errors';
import {joined} from '../joined';
import {dequantized, fitsFloat16, type QuantizedType, quantized} from './quantized';

type Spec = tf.io.WeightsManifestEntry;

/** What became of a weight. */
export interface QuantizedWeight {
  /** As the model has it: `layer/kernel`. */
  readonly name: string;
  /** Its sizes, as before. */
  readonly shape: readonly number[];
  /** How its numbers are stored. */
  readonly dtype: string;
  /** What its numbers take in the file. */
  readonly bytes: number;
  /** The largest difference from the number that was there before. */
  readonly error: number;
  /** Why it stays as it was; null if it is quantized. */
  readonly kept: string | null;
}

/** A weight with its bytes. */
interface Stored {
  readonly weight: QuantizedWeight;
  readonly spec: Spec;
  readonly data: Uint8Array;
}

/** Fewer numbers save less than they cost in accuracy. */
const MIN_LENGTH = 64;

const WIDTHS: {readonly [dtype: string]: number} = {
  float32: 4,
  int32: 4,
  bool: 1,
  complex64: 8,
  float16: 2,
  uint16: 2,
  uint8: 1,
};

export function quantizeWeights(
  specs: readonly Spec[],
  data: ArrayBuffer,
  dtype: QuantizedType,
  who: string,
): {weights: QuantizedWeight[]; weightSpecs: Spec[]; weightData: ArrayBuffer} {
  let start = 0;
  const all = specs.map((spec) => {
    const end = start + bytesOf(spec, who);
    if (end > data.byteLength) {
      const fix = 'Load the model from whole files.';
      fail(`${who}, weight ${spec.name}`, `weightData must have at least ${end} bytes`, data.byteLength, fix);
    }
    const stored = quantizeOne(spec, data.slice(start, end), dtype);
    start = end;
    return stored;
  });
  return {
    weights: all.map(({weight}) => weight),
    weightSpecs: all.map(({spec}) => spec),
    weightData: joined(all.map((stored) => stored.data)),
  };
}

function bytesOf({name, shape, dtype, quantization}: Spec, who: string): number {
  const type = quantization?.dtype ?? dtype;
  const width = WIDTHS[type];
  if (width === undefined) {
    fail(`${who}, weight ${name}`, `the dtype must be one of ${Object.keys(WIDTHS).join(', ')}`, type, 'Leave it out.');
  }
  return width * shape.reduce((product, size) => product * size, 1);
}

function quantizeOne(spec: Spec, bytes: ArrayBuffer, dtype: QuantizedType): Stored {
  const {name, shape} = spec;
  const kept = reasonToKeep(spec, bytes, dtype);
  if (kept !== null) {
    const type = spec.quantization?.dtype ?? spec.dtype;
    const weight = {name, shape, dtype: type, bytes: bytes.byteLength, error: 0, kept};
    return {weight, spec, data: new Uint8Array(bytes)};
  }
  const values = new Float32Array(bytes);
  const short = quantized(values, dtype);
  const read = dequantized(short);
  const error = values.reduce((most, value, i) => Math.max(most, Math.abs(value - read[i])), 0);
  const {data, ...numbers} = short;
  // tfjs's own converter names the dtype that was there before; the types of tfjs do not know it.
  const quantization = {dtype, ...numbers, original_dtype: 'float32'};
  return {
    weight: {name, shape, dtype, bytes: data.byteLength, error, kept: null},
    spec: {...spec, quantization},
    data: new Uint8Array(data.buffer),
  };
}

function reasonToKeep({name, dtype, quantization, group}: Spec, bytes: ArrayBuffer, to: QuantizedType): string | null {
  if (quantization) return `it is quantized already, as ${quantization.dtype}`;
  if (dtype !== 'float32') return `its dtype is ${dtype}`;
  if (group === 'optimizer') return 'it belongs to the optimizer';
  const values = new Float32Array(bytes);
  if (values.length < MIN_LENGTH) return `it has fewer than ${MIN_LENGTH} numbers`;
  if (!values.every(Number.isFinite)) return 'its numbers are not all finite';
  if (to === 'float16') return fitsFloat16(values) ? null : 'a number is beyond the range of float16, 65504';
  // A small variance beside a large one would become 0, and its channel be divided by next to nothing.
  return /(^|\/)moving_variance(_\d+)?$/.test(name) ? 'its roots divide, so small numbers count' : null;
}
