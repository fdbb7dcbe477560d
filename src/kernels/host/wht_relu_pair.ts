import {util} from '@tensorflow/tfjs';
import type {KernelFunction} from '../../engine';
import {reluPair, reluPairGradient} from '../../math/relu_pair';
import {type WalshHadamardOptions, walshHadamard} from '../../math/walsh_hadamard';
import {readExpanded} from './fit_units';
import type {HostKernel, HostMemory} from './memory';
import {withUnits} from './take_units';

export const whtReLUPairHost: HostKernel = (memory) => (call) => {
  const {z, shape, negative, positive, inner} = transformed(memory, call);
  reluPair(z, negative, positive, inner, z);
  return memory.write(call.backend, shape, z);
};

export const whtReLUPairForwardHost: HostKernel = (memory) => (call) => {
  const {z, shape, negative, positive, inner} = transformed(memory, call);
  const y = new Float32Array(z.length);
  reluPair(z, negative, positive, inner, y);
  return [y, z].map((values) => memory.write(call.backend, shape, values));
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

/** z = scale H (signs E x), and what the slopes need. */
function transformed(memory: HostMemory, call: Parameters<KernelFunction>[0]) {
  const {inputs, attrs, backend} = call;
  const tensors = [inputs.signs!, inputs.negative!, inputs.positive!];
  const [before, negative, positive] = tensors.map((t) => memory.read(backend, t));
  const {axis, scale} = attrs as unknown as Attrs;
  const shape = withUnits(inputs.x!, axis, before.length);
  const {inner, transform} = along(shape, {axis, scale});
  const x = readExpanded(memory, call, before.length);
  const z = new Float32Array(x.length);
  transform(x, z, {before});
  return {z, shape, negative, positive, inner};
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
