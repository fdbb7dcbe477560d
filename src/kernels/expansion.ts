import type {TensorInfo} from '@tensorflow/tfjs';

/** How the first pass of a shader reads an axis that is shorter than the transform, or gets an offset. */
export interface Expansion {
  units: number;
  size: number;
  tiled: boolean;
  offset?: TensorInfo;
}

/** undefined where x is as long as the signs, and nothing is added. */
export function expansionOf(
  {signs, offset}: {[name: string]: TensorInfo},
  {units, tiled}: Pick<Expansion, 'units' | 'tiled'>,
): Expansion | undefined {
  const size = signs?.shape[0];
  return signs && (units < size || offset) ? {units, size, tiled, offset} : undefined;
}
