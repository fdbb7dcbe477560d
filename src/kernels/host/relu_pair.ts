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

export const reluPairSlopesHost: HostKernel =
  (memory) =>
  ({inputs, attrs, backend}) => {
    const [x, dy] = [inputs.x!, inputs.dy!].map((t) => memory.read(backend, t));
    const {units, inner} = attrs as unknown as {units: number; inner: number};
    const any = new Float32Array(units); // they have no part in their own derivatives
    const [, ...dslopes] = reluPairGradient(x, any, any, dy, inner);
    return dslopes.map((values) => memory.write(backend, [units], values));
  };
