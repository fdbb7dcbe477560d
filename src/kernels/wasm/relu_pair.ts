import {type TensorInfo, util} from '@tensorflow/tfjs';
import {addressOf, allocate, withScratch} from './backend';
import type {NativeKernel} from './kernel';

type Attrs = {units: number; inner: number};

export const reluPair: NativeKernel = (instance, backend, {x, negative, positive}, attrs) => {
  const {units, inner} = attrs as unknown as Attrs;
  const [y] = allocate(backend, [x.shape]);
  const [from, to, below, above] = [x, y, negative, positive].map((t) => addressOf(backend, t));
  instance.reluPair(from, to, outerOf(x, units, inner), units, inner, below, above);
  return y;
};

export const reluPairGradient: NativeKernel = (instance, backend, {x, negative, positive, dy}, attrs) => {
  const {units, inner} = attrs as unknown as Attrs;
  return withScratch(backend, SUM_BYTES * units, (sums) => {
    const gradients = allocate(backend, [x.shape, negative.shape, positive.shape]);
    const [dx, dnegative, dpositive] = gradients.map((t) => addressOf(backend, t));
    const [at, up, below, above] = [x, dy, negative, positive].map((t) => addressOf(backend, t));
    const outer = outerOf(x, units, inner);
    instance.reluPairGradient(at, up, dx, outer, units, inner, below, above, dnegative, dpositive, sums);
    return gradients;
  });
};

/** Two doubles for each unit. */
const SUM_BYTES = 16;

function outerOf(x: TensorInfo, units: number, inner: number): number {
  return units * inner === 0 ? 0 : util.sizeFromShape(x.shape) / (units * inner);
}
