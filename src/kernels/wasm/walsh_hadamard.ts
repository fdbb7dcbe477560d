import {util} from '@tensorflow/tfjs';
import {addressOf, allocate} from './backend';
import type {NativeKernel} from './kernel';

/** WalshHadamard, and SignedWalshHadamard, which has the further input `signs`. */
export const walshHadamard: NativeKernel = (instance, backend, inputs, attrs) => {
  const {x, signs} = inputs;
  const {axis, scale, transposed} = attrs as unknown as {axis: number; scale: number; transposed?: boolean};
  const n = x.shape[axis];
  const inner = util.sizeFromShape(x.shape.slice(axis + 1));
  const [y] = allocate(backend, [x.shape]);
  const size = util.sizeFromShape(x.shape);
  if (size === 0) return y;
  const diagonal = signs ? addressOf(backend, signs) : 0;
  const [before, after] = transposed ? [0, diagonal] : [diagonal, 0];
  const outer = size / (n * inner);
  const [from, to] = [addressOf(backend, x), addressOf(backend, y)];
  instance.walshHadamard(from, to, outer, n, inner, scale, before, after, after);
  return y;
};
