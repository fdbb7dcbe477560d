import {type AdamWStep, adamW} from '../../math/adam_w';
import type {HostKernel} from './memory';

export const adamWHost: HostKernel =
  (memory) =>
  ({inputs, attrs, backend}) => {
    const tensors = [inputs.weight!, inputs.gradient!, inputs.first!, inputs.second!];
    const values = tensors.map((t) => memory.read(backend, t));
    return adamW(values, attrs as unknown as AdamWStep).map((t) => memory.write(backend, inputs.weight!.shape, t));
  };
