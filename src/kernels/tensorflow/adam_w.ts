import {type KernelFunction, portable} from '../../engine';
import type {AdamWStep} from '../../math/adam_w';
import {memory, type TensorFlowBackend} from './backend';
import {customOp} from './custom_op';

const inputs = ['weight', 'gradient', 'first', 'second', 'rates'];
const op = customOp('AdamW', {inputs, attributes: {}, outputs: 3}, portable('AdamW'));

/** Its numbers change from step to step, and TensorFlow keeps a kernel for each set of attributes: so they are a tensor. */
export const AdamW: KernelFunction = (call) => {
  const {beta1, beta2, rate, epsilon, decay, rest} = call.attrs as unknown as AdamWStep;
  const numbers = Float32Array.of(beta1, 1 - beta1, beta2, 1 - beta2, rate, epsilon, decay, rest);
  const backend = call.backend as TensorFlowBackend;
  const rates = memory.write(backend, [numbers.length], numbers);
  try {
    return op({...call, inputs: {...call.inputs, rates}});
  } finally {
    backend.disposeData(rates.dataId);
  }
};
