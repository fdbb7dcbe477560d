import {util} from '@tensorflow/tfjs';
import type {KernelFunction} from '../../engine';
import {reluPair, reluPairGradient} from '../../math/relu_pair';
import {type WalshHadamardOptions, walshHadamard} from '../../math/walsh_hadamard';
import type {HostKernel, HostMemory} from './memory';

export const whtReLUPairHost: HostKernel = (memory) => (call) => {
  const {z, negative, positive, inner} = transformed(memory, call);
  reluPair(z, negative, positive, inner, z);
  return memory.write(call.backend, call.inputs.x!.shape, z);
};

export const whtReLUPairForwardHost: HostKernel = (memory) => (call) => {
  const {z, negative, positive, inner} = transformed(memory, call);
  const y = new Float32Array(z.length);
  reluPair(z, negative, positive, inner, y);
  return [y, z].map((values) => memory.write(call.backend, call.inputs.x!.shape, values));
};

export const whtReLUPairBackwardHost: HostKernel =
  (memory) =>
  ({inputs, attrs, backend}) => {
    const tensors = [inputs.z!, inputs.negative!, inputs.positive!];
    const [z, negative, positive] = tensors.map((t) => memory.read(backend, t));
    const [dy, after] = [inputs.dy!, inputs.signs!].map((t) => memory.read(backend, t));
    const {inner, transform} = along(inputs.z!.shape, attrs as unknown as Attrs);
    const gradients = reluPairGradient(z, negative, positive, dy, inner);
    transform(gradients[0], gradients[0], {after});
    return gradients.map((values, i) => memory.write(backend, tensors[i].shape, values));
  };

type Attrs = {axis: number; scale: number};

/** z = scale H (signs x), and what the slopes need. */
function transformed(memory: HostMemory, {inputs, attrs, backend}: Parameters<KernelFunction>[0]) {
  const tensors = [inputs.x!, inputs.signs!, inputs.negative!, inputs.positive!];
  const [x, before, negative, positive] = tensors.map((t) => memory.read(backend, t));
  const {inner, transform} = along(inputs.x!.shape, attrs as unknown as Attrs);
  const z = new Float32Array(x.length);
  transform(x, z, {before});
  return {z, negative, positive, inner};
}

/** The transform of one axis. */
function along(shape: number[], {axis, scale}: Attrs) {
  const n = shape[axis];
  const inner = util.sizeFromShape(shape.slice(axis + 1));
  const transform = (x: Float32Array, y: Float32Array, diagonals: WalshHadamardOptions) => {
    if (x.length > 0) walshHadamard(x, y, x.length / (n * inner), n, inner, {scale, ...diagonals});
  };
  return {inner, transform};
}
