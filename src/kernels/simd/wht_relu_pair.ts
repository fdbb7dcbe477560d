import type {TensorInfo} from '@tensorflow/tfjs';
import type {ProjectionModule} from './modules';
import {blocksOf, type Planner} from './plan';
import {sumsOf} from './relu_pair';

/** Bytes at a time: used again at once, they stay in the cache. Two rows of 8192 fit, and share a sum in doubles. */
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

export const whtReLUPairForward: Planner<ProjectionModule> = (native, {x, signs, negative, positive}, attrs) => {
  const {axis, scale} = attrs as unknown as Attrs;
  return {
    inputs: [x, signs, negative, positive],
    outputs: [x.shape, x.shape],
    run: ([from, ...vectors], [y, z]) =>
      native.whtReLUPairForward(
        ...([from, y, z, ...blocksOf(x, axis), chunkOf(x, axis), scale] as const),
        ...(vectors as [number, number, number]),
      ),
  };
};

export const whtReLUPairBackward: Planner<ProjectionModule> = (native, {z, signs, negative, positive, dy}, attrs) => {
  const {axis, scale} = attrs as unknown as Attrs;
  const [outer, n, inner] = blocksOf(z, axis);
  const chunk = chunkOf(z, axis);
  return {
    inputs: [z, dy, signs, negative, positive],
    outputs: [z.shape, negative.shape, positive.shape],
    scratch: sumsOf(n) + 4 * chunk * n * inner,
    run: ([from, up, diagonal, below, above], [dx, dbelow, dabove], scratch) =>
      native.whtReLUPairBackward(
        ...([from, up, dx, outer, n, inner, chunk, scale] as const),
        ...([diagonal, below, above, dbelow, dabove, scratch] as const),
      ),
  };
};

/** How many blocks stay in the cache, at least one. */
function chunkOf(x: TensorInfo, axis: number): number {
  const [outer, n, inner] = blocksOf(x, axis);
  return Math.max(1, Math.min(outer, Math.floor(CACHE / (4 * n * inner))));
}
