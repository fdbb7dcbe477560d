import {reluPair, reluPairGradient} from '../../math/relu_pair';
import type {HostKernel} from './memory';

export const reluPairHost: HostKernel =
  (memory) =>
  ({inputs, attrs, backend}) => {
    const [x, negative, positive] = [inputs.x!, inputs.negative!, inputs.positive!].map((t) => memory.read(backend, t));
    const y = new Float32Array(x.length);
    reluPair(x, negative, positive, (attrs as unknown as {inner: number}).inner, y);
    return memory.write(backend, inputs.x!.shape, y);
  };

export const reluPairGradientHost: HostKernel =
  (memory) =>
  ({inputs, attrs, backend}) => {
    const tensors = [inputs.x!, inputs.negative!, inputs.positive!];
    const [x, negative, positive] = tensors.map((t) => memory.read(backend, t));
    const dy = memory.read(backend, inputs.dy!);
    const gradients = reluPairGradient(x, negative, positive, dy, (attrs as unknown as {inner: number}).inner);
    return gradients.map((values, i) => memory.write(backend, tensors[i].shape, values));
  };
