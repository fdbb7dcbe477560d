import type * as tf from '@tensorflow/tfjs';

type Spec = tf.io.WeightsManifestEntry;

const ELEMENT_BYTES: Readonly<Record<string, number>> = {
  float32: 4,
  float16: 2,
  int32: 4,
  uint16: 2,
  uint8: 1,
  bool: 1,
  complex64: 8,
};

const STRING_LENGTH_BYTES = 4;

/**
 * How many bytes the weights of a manifest take, one after the other.
 *
 * @param specs Entries of the manifest.
 * @param data The bytes: the length of a text is known only from them.
 * @throws If an entry has no shape or an unknown type.
 */
export function weightBytes(specs: readonly Spec[], data: Uint8Array): number {
  return specs.reduce((end, spec) => end + bytesOf(spec, data, end), 0);
}

function bytesOf(spec: Spec, data: Uint8Array, start: number): number {
  const {name, shape, dtype, quantization} = spec ?? {};
  const type = quantization?.dtype ?? dtype;
  const isShape = Array.isArray(shape) && shape.every((size) => Number.isInteger(size) && size >= 0);
  if (!isShape) {
    throw new Error(`weight "${name}" has shape ${JSON.stringify(shape)}, expected a list of whole numbers`);
  }
  const {scale, min} = (quantization ?? {}) as {scale?: unknown; min?: unknown};
  if (quantization && type !== 'float16' && !(Number.isFinite(scale) && Number.isFinite(min))) {
    throw new Error(`weight "${name}" is quantized by scale ${scale} and min ${min}, expected finite numbers`);
  }
  const elements = shape.reduce((product, size) => product * size, 1);
  if (type === 'string') return textBytes(elements, data, start);
  const bytes = elements * ELEMENT_BYTES[type];
  if (!(bytes >= 0)) {
    const types = [...Object.keys(ELEMENT_BYTES), 'string'].join(', ');
    throw new Error(`weight "${name}" has type "${type}", expected one of ${types}`);
  }
  return bytes;
}

/** A text is stored as its length in bytes, then its bytes. Cut off, what is missing is at least the lengths. */
function textBytes(elements: number, data: Uint8Array, start: number): number {
  let end = start;
  for (let i = 0; i < elements; i++) {
    // No further: a hostile file may speak of more texts than there is time for.
    if (end + STRING_LENGTH_BYTES > data.length) return end - start + (elements - i) * STRING_LENGTH_BYTES;
    end += STRING_LENGTH_BYTES + new DataView(data.buffer, data.byteOffset).getUint32(end, true);
  }
  return end - start;
}
