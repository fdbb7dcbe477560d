import type {ProjectionModule} from './modules';
import {blocksOf, type Planner, scratchOf} from './plan';

type Attrs = {axis: number; scale: number};

export const whtReLUPair: Planner<ProjectionModule> = (native, {x, signs, negative, positive}, attrs) => {
  const {axis, scale} = attrs as unknown as Attrs;
  return {
    inputs: [x, signs, negative, positive],
    outputs: [x.shape],
    run: ([from, before, below, above], [to]) =>
      native.walshHadamard(from, to, ...blocksOf(x, axis), scale, before, below, above),
  };
};

export const whtReLUPairGradient: Planner<ProjectionModule> = (native, {x, signs, negative, positive, dy}, attrs) => {
  const {axis, scale} = attrs as unknown as Attrs;
  const blocks = blocksOf(x, axis);
  return {
    inputs: [x, dy, signs, negative, positive],
    outputs: [x.shape, negative.shape, positive.shape],
    scratch: scratchOf(native.whtReLUPairGradientScratch(...blocks)),
    run: ([from, up, diagonal, below, above], [dx, dbelow, dabove], scratch) =>
      native.whtReLUPairGradient(from, up, dx, ...blocks, scale, diagonal, below, above, dbelow, dabove, scratch),
  };
};
