import {expansionOf} from './expansion';
import type {ProjectionModule} from './modules';
import {blocksOf, type Planner} from './plan';

type Attrs = {axis: number; scale: number; transposed: boolean};

export const walshHadamard: Planner<ProjectionModule> = (native, {x}, attrs) => {
  const {axis, scale} = attrs as unknown as Attrs;
  return {
    inputs: [x],
    outputs: [x.shape],
    run: ([from], [to]) => native.walshHadamard(from, to, to, ...blocksOf(x, axis), scale, 0, 0, 0),
  };
};

export const signedWalshHadamard: Planner<ProjectionModule> = (native, {x, signs, offset}, attrs) => {
  const {scale, transposed} = attrs as unknown as Attrs;
  const expansion = expansionOf(x, signs, attrs, offset);
  return {
    inputs: [x, signs, ...expansion.offset],
    outputs: [expansion.shape],
    run: ([from, diagonal, moved], [to]) => {
      const [before, after] = transposed ? [0, diagonal] : [diagonal, 0];
      const vectors = [before, after, after] as const;
      native.expandedWalshHadamard(from, to, to, ...expansion.blocks, scale, ...vectors, ...expansion.at(moved));
    },
  };
};
