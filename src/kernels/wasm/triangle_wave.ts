import {util} from '@tensorflow/tfjs';
import {addressOf, allocate, withScratch} from './backend';
import type {NativeKernel} from './kernel';

export const triangleWave: NativeKernel = (instance, backend, {x, peaks, scales}) => {
  const [channels, depth] = peaks.shape;
  return withScratch(backend, instance.triangleWaveScratch(channels, depth), (scratch) => {
    const [y] = allocate(backend, [x.shape]);
    const [from, to, a, s] = [x, y, peaks, scales].map((t) => addressOf(backend, t));
    instance.triangleWave(from, to, util.sizeFromShape(x.shape), a, s, channels, depth, scratch);
    return y;
  });
};

export const triangleWaveGradient: NativeKernel = (instance, backend, {x, peaks, scales, dy}) => {
  const [channels, depth] = peaks.shape;
  return withScratch(backend, instance.triangleWaveGradientScratch(channels, depth), (scratch) => {
    const gradients = allocate(backend, [x.shape, peaks.shape, scales.shape]);
    const [dx, dpeaks, dscales] = gradients.map((t) => addressOf(backend, t));
    const [at, up, a, s] = [x, dy, peaks, scales].map((t) => addressOf(backend, t));
    instance.triangleWaveGradient(
      at,
      up,
      dx,
      util.sizeFromShape(x.shape),
      a,
      s,
      dpeaks,
      dscales,
      channels,
      depth,
      scratch,
    );
    return gradients;
  });
};
