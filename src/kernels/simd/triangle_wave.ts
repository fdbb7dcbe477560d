import {util} from '@tensorflow/tfjs';
import type {WavesModule} from './modules';
import {type Planner, scratchOf} from './plan';

/** As in assembly/wave_records.ts, but in doubles. */
function recordsBytes(channels: number, depth: number): number {
  const columns = channels * (channels % 2 === 1 ? 4 : channels % 4 === 2 ? 2 : 1);
  return 16 * columns * depth;
}

export const triangleWave: Planner<WavesModule> = (native, {x, peaks, scales}) => {
  const [channels, depth] = peaks.shape;
  return {
    inputs: [x, peaks, scales],
    outputs: [x.shape],
    scratch: scratchOf(native.triangleWaveScratch(channels, depth), recordsBytes(channels, depth) + 16),
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
    scratch: scratchOf(
      native.triangleWaveGradientScratch(channels, depth),
      2 * recordsBytes(channels, depth) + 16 * (depth + 3),
    ),
    run: ([from, up, a, s], [dx, dpeaks, dscales], scratch) =>
      native.triangleWaveGradient(from, up, dx, size, a, s, dpeaks, dscales, channels, depth, scratch),
  };
};
