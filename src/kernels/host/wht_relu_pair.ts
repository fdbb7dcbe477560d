import {util} from '@tensorflow/tfjs';
import type {KernelFunction} from '../../engine';
import {reluPair, reluPairGradient} from '../../math/relu_pair';
import {walshHadamard} from '../../math/walsh_hadamard';
import type {HostKernel, HostMemory} from './memory';

export const whtReLUPairHost: HostKernel = (memory) => (call) => {
  const {z, negative, positive, inner} = transformed(memory, call);
  reluPair(z, negative, positive, inner, z);
  return memory.write(call.backend, call.inputs.x!.shape, z);
};

export const whtReLUPairGradientHost: HostKernel = (memory) => (call) => {
  const {inputs, backend} = call;
  const {z, signs, negative, positive, inner, transform} = transformed(memory, call);
  const gradients = reluPairGradient(z, negative, positive, memory.read(backend, inputs.dy!), inner);
  transform(gradients[0], gradients[0], {after: signs});
  const shapes = [inputs.x!, inputs.negative!, inputs.positive!].map(({shape}) => shape);
  return gradients.map((values, i) => memory.write(backend, shapes[i], values));
};

export const whtReLUPairSlopesHost: HostKernel =
  (memory) =>
  ({inputs, attrs, backend}) => {
    const {x, signs, dy} = inputs;
    const {z, negative, positive, inner} = transformed(memory, {
      inputs: {x, signs, negative: signs, positive: signs},
      attrs,
      backend,
    });
    const [, ...gradients] = reluPairGradient(z, negative, positive, memory.read(backend, dy!), inner);
    return gradients.map((values) => memory.write(backend, signs!.shape, values));
  };

/** z = scale H (signs x), and what else both directions need. */
function transformed(memory: HostMemory, {inputs, attrs, backend}: Parameters<KernelFunction>[0]) {
  const {axis, scale} = attrs as unknown as {axis: number; scale: number};
  const {shape} = inputs.x!;
  const n = shape[axis];
  const inner = util.sizeFromShape(shape.slice(axis + 1));
  const [signs, negative, positive] = [inputs.signs!, inputs.negative!, inputs.positive!].map((t) =>
    memory.read(backend, t),
  );
  const transform = (x: Float32Array, y: Float32Array, diagonals: {before?: Float32Array; after?: Float32Array}) => {
    if (x.length > 0) walshHadamard(x, y, x.length / (n * inner), n, inner, {scale, ...diagonals});
  };
  const x = memory.read(backend, inputs.x!);
  const z = new Float32Array(x.length);
  transform(x, z, {before: signs});
  return {z, signs, negative, positive, inner, transform};
}
