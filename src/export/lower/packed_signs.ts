/** Numbers that are all plus or minus one number. */
export interface PackedSigns {
  readonly signs: Int8Array;
  readonly scale: number;
}

/** Fewer numbers cost less than what unpacks them. */
const MIN_LENGTH = 64;

/** The signs, which take a quarter of the bytes; null if the sizes differ. Random signs and Hadamard matrices are such. */
export function packedSigns(data: Float32Array | Int32Array): PackedSigns | null {
  const scale = Math.abs(data[0]);
  const fits = data instanceof Float32Array && data.length >= MIN_LENGTH && scale > 0 && scale < Infinity;
  if (!fits || !data.every((value) => Math.abs(value) === scale)) return null;
  return {signs: Int8Array.from(data, Math.sign), scale};
}
