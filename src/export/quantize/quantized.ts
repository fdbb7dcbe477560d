/** Numbers in fewer bytes, as tfjs decodes them. */

import {FLOAT16_MAX, float16Bits} from '../../math/float16';

export const QUANTIZED_TYPES = ['uint8', 'uint16', 'float16'] as const;
export type QuantizedType = (typeof QUANTIZED_TYPES)[number];

/** `scale q + min`, or numbers of 16 bits as IEEE 754 defines them. */
export interface Quantized {
  readonly data: Uint8Array | Uint16Array;
  readonly scale?: number;
  readonly min?: number;
}

/** The largest q, and how many significant bits a scale has, so that `scale q` is a float32 and readers agree bit by bit. */
const WIDTHS = {uint8: {top: 255, bits: 16}, uint16: {top: 65535, bits: 8}} as const;

/** Finite numbers; for 'float16' none beyond its range. */
export function quantized(values: Float32Array, dtype: QuantizedType): Quantized {
  if (dtype === 'float16') return {data: Uint16Array.from(values, float16Bits)};
  const {top, bits} = WIDTHS[dtype];
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  // One number has no range: any scale gives it.
  const scale = high > low ? roundedUp((high - low) / (top - 1), bits) : Math.abs(high) || 1;
  // A whole number of steps: zero stays zero, so units that are off stay off.
  const shift = Math.floor(low / scale);
  const q = (value: number) => Math.min(top, Math.max(0, Math.round(value / scale - shift)));
  const data = dtype === 'uint8' ? Uint8Array.from(values, q) : Uint16Array.from(values, q);
  return {data, scale, min: shift * scale};
}

/** What readers make of them. */
export function dequantized({data, scale, min}: Quantized): Float32Array {
  if (scale !== undefined) return Float32Array.from(data, (q) => q * scale + min!);
  return Float32Array.from(data, (half) => {
    const exponent = (half >> 10) & 31;
    const size = exponent ? (1024 + (half & 1023)) * 2 ** (exponent - 25) : (half & 1023) * 2 ** -24;
    return half >> 15 ? -size : size;
  });
}

export const fitsFloat16 = (values: Float32Array) => values.every((value) => Math.abs(value) <= FLOAT16_MAX);

/** To a number of significant bits, and not below the smallest normal float32. */
function roundedUp(value: number, bits: number): number {
  const unit = 2 ** (Math.floor(Math.log2(value)) - bits + 1);
  return Math.max(2 ** -126, Math.ceil(value / unit) * unit);
}
