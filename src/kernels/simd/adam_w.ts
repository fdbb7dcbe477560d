import {util} from '@tensorflow/tfjs';
import type {OptimizersModule} from './modules';
import type {Planner} from './plan';

type Attrs = {beta1: number; beta2: number; rate: number; epsilon: number; decay: number; rest: number};

export const adamW: Planner<OptimizersModule> = (native, {weight, gradient, first, second}, attrs) => {
  const {beta1, beta2, rate, epsilon, decay, rest} = attrs as unknown as Attrs;
  return {
    inputs: [weight, gradient, first, second],
    outputs: [weight.shape, weight.shape, weight.shape],
    run: ([w, g, m, v], [w1, m1, v1]) => {
      const size = 4 * util.sizeFromShape(weight.shape);
      native.adamW(w, g, m, v, w1, m1, v1, size, beta1, 1 - beta1, beta2, 1 - beta2, rate, epsilon, decay, rest);
    },
  };
};
