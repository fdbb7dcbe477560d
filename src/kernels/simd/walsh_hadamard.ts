import type {ProjectionModule} from './modules';
import {blocksOf, type Planner} from './plan';

/** WalshHadamard, and SignedWalshHadamard, which has the further input `signs`. */
export const walshHadamard: Planner<ProjectionModule> = (native, {x, signs}, attrs) => {
  const {axis, scale, transposed} = attrs as unknown as {axis: number; scale: number; transposed?: boolean};
  return {
    inputs: signs ? [x, signs] : [x],
    outputs: [x.shape],
    run: ([from, diagonal = 0], [to]) => {
      const [before, after] = transposed ? [0, diagonal] : [diagonal, 0];
      native.walshHadamard(from, to, ...blocksOf(x, axis), scale, before, after, after);
    },
  };
};
