import type {ProjectionModule} from './modules';
import {blocksOf, type Planner} from './plan';
import {sumsOf} from './relu_pair';

/** Bytes of z at a time: used again at once, it stays in the cache. Two rows of 8192 fit, and share a sum in doubles. */
const CACHE = 65536;

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
  const [outer, n, inner] = blocksOf(x, axis);
  const block = 4 * n * inner;
  const chunk = Math.max(1, Math.min(outer, Math.floor(CACHE / block)));
  return {
    inputs: [x, dy, signs, negative, positive],
    outputs: [x.shape, negative.shape, positive.shape],
    scratch: sumsOf(n) + chunk * block,
    run: ([from, up, diagonal, below, above], [dx, dbelow, dabove], scratch) =>
      native.whtReLUPairGradient(
        ...([from, up, dx, outer, n, inner, chunk] as const),
        ...([scale, diagonal, below, above, dbelow, dabove, scratch] as const),
      ),
  };
};
