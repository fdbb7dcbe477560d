import {triangleWave, triangleWaveGradient} from '../../math/triangle_wave';
import type {HostKernel} from './memory';

export const triangleWaveHost: HostKernel =
  (memory) =>
  ({inputs, backend}) => {
    const [x, peaks, scales] = [inputs.x!, inputs.peaks!, inputs.scales!].map((t) => memory.read(backend, t));
    const y = new Float32Array(x.length);
    triangleWave(x, peaks, scales, inputs.peaks!.shape[0], y);
    return memory.write(backend, inputs.x!.shape, y);
  };

export const triangleWaveGradientHost: HostKernel =
  (memory) =>
  ({inputs, backend}) => {
    const tensors = [inputs.x!, inputs.peaks!, inputs.scales!];
    const [x, peaks, scales] = tensors.map((t) => memory.read(backend, t));
    const dy = memory.read(backend, inputs.dy!);
    const gradients = triangleWaveGradient(x, peaks, scales, dy, inputs.peaks!.shape[0]);
    return gradients.map((values, i) => memory.write(backend, tensors[i].shape, values));
  };
