import type {TensorInfo} from '@tensorflow/tfjs';
import type {Expansion} from './modules';
import {blocksOf, type Call} from './plan';

type Attrs = {axis: number; units: number; tiled: boolean; moved: number};

/** An input, as a kernel expands it along the axis to the length of the signs. */
export function expansionOf(x: TensorInfo, signs: TensorInfo, attrs: Call['attrs'], offset?: TensorInfo) {
  const {axis, units, tiled, moved} = attrs as unknown as Attrs;
  const [outer, , inner] = blocksOf(x, axis);
  const [n] = signs.shape;
  return {
    blocks: [outer, n, inner] as const,
    shape: x.shape.map((size, i) => (i === axis ? n : size)),
    /** Its last input, if it has one. */
    offset: offset ? [offset] : [],
    /** Where that is. */
    at: (address = 0): Expansion => [units, Number(tiled), address, moved],
  };
}
