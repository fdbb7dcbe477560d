import {util} from '@tensorflow/tfjs';
import type {WavesModule} from './modules';
import type {Planner} from './plan';

export const triangleWave: Planner<WavesModule> = (native, {x, peaks, scales}) => {
  const [channels, depth] = peaks.shape;
  return {
    inputs: [x, peaks, scales],
    outputs: [x.shape],
    scratch: native.triangleWaveScratch(channels, depth),
    run: ([from, a, s], [to], scratch) =>
      native.triangleWave(from, to, util.sizeFromShape(x.shape), a, s, channels, depth, scratch),
  };
};

export const triangleWaveGradient: Planner<WavesModule> = (native, {x, peaks, scales, dy}) => {
  const [channels, depth] = peaks.shape;
  const size = util.sizeFromShape(x.shape);
  return {
    inputs: [x, dy, peaks, scales],
    outputs: [x.shape, peaks.shape, scales.shape],
    scratch: native.triangleWaveGradientScratch(channels, depth),
    run: ([from, up, a, s], [dx, dpeaks, dscales], scratch) =>
      native.triangleWaveGradient(from, up, dx, size, a, s, dpeaks, dscales, channels, depth, scratch),
  };
};
