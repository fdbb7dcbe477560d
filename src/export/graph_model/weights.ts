import type * as tf from '@tensorflow/tfjs';
import {joined} from '../joined';
import type {Constant} from '../lower/operations';
import {packedSigns} from '../lower/packed_signs';

/** The constants as weights, concatenated. Plus and minus one number are quantized without loss: 0 or 1. */
export function weightsOf(
  constants: readonly Constant[],
): Required<Pick<tf.io.ModelArtifacts, 'weightSpecs' | 'weightData'>> {
  const parts: Uint8Array[] = [];
  const weightSpecs = constants.map(({name, shape, dtype, data}): tf.io.WeightsManifestEntry => {
    const entry = {name, shape: [...shape], dtype: dtype as 'float32' | 'int32'};
    const packed = packedSigns(data);
    if (!packed) {
      parts.push(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
      return entry;
    }
    const {signs, scale} = packed;
    parts.push(Uint8Array.from(signs, (sign) => (sign + 1) / 2));
    return {...entry, quantization: {dtype: 'uint8', scale: 2 * scale, min: -scale}};
  });
  return {weightSpecs, weightData: joined(parts)};
}
