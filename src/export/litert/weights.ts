import {fail} from '../../errors';
import {FLOAT16_MAX, float16Bits} from '../../math/float16';
import {packedSigns} from '../lower/packed_signs';
import type {Tensor} from './schema';

export const LITERT_WEIGHT_TYPES = ['float32', 'float16', 'int8'] as const;
export type LiteRTWeightType = (typeof LITERT_WEIGHT_TYPES)[number];

/** A constant as it lies in a kernel of LiteRT. */
export interface Weight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
  /** That of the outputs of a kernel. */
  readonly axis?: number;
  /** Whether the operation that reads it takes whole numbers of 8 bits with a scale for each output. */
  readonly mayBeInt8?: boolean;
  /** Stays as it is: another number must fit it. */
  readonly exact?: boolean;
}

type Stored = Required<Pick<Tensor, 'type' | 'data'>> & Pick<Tensor, 'scales' | 'axis'>;

/** Fewer numbers save less than they cost. */
const MIN_LENGTH = 64;

/** Shorter channels are scaled together: a scale takes 12 bytes. */
const MIN_CHANNEL = 64;

const bytesOf = (data: Float32Array | Uint16Array | Int8Array) =>
  new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

/** How a constant is stored. Plus and minus one number are bytes without loss. */
export function stored({name, shape, data, axis = 0, exact}: Weight, weights: LiteRTWeightType, who: string): Stored {
  const packed = packedSigns(data);
  if (packed) return {type: 'int8', data: bytesOf(packed.signs), scales: Float32Array.of(packed.scale)};
  const asItIs: Stored = {type: 'float32', data: bytesOf(data)};
  if (weights === 'float32' || exact || data.length < MIN_LENGTH) return asItIs;
  const odd = data.find((value) => !Number.isFinite(value));
  if (odd !== undefined) {
    fail(`${who}, weight ${name}`, `numbers must be finite for weights '${weights}'`, odd, "Use weights 'float32'.");
  }
  if (weights === 'int8') return quantized(data, shape, axis);
  const fits = data.every((value) => Math.abs(value) <= FLOAT16_MAX);
  return fits ? {type: 'float16', data: bytesOf(Uint16Array.from(data, float16Bits))} : asItIs;
}

/** Whole numbers from -127 to 127 times the scale of the channel. */
function quantized(data: Float32Array, shape: readonly number[], axis: number): Stored {
  const inner = shape.slice(axis + 1).reduce((product, size) => product * size, 1);
  const channels = data.length / shape[axis] >= MIN_CHANNEL ? shape[axis] : 1;
  const channelOf = (i: number) => (Math.floor(i / inner) % shape[axis]) % channels;
  const scales = new Float32Array(channels);
  for (const [i, value] of data.entries()) {
    const c = channelOf(i);
    scales[c] = Math.max(scales[c], Math.abs(value) / 127);
  }
  for (const [c, scale] of scales.entries()) if (scale === 0) scales[c] = 1;
  const q = Int8Array.from(data, (value, i) => {
    return Math.max(-127, Math.min(127, Math.round(value / scales[channelOf(i)])));
  });
  return {type: 'int8', data: bytesOf(q), scales, axis: channels > 1 ? axis : 0};
}
