import {type TensorInfo, util} from '@tensorflow/tfjs';
import type {WavesModule} from './modules';
import type {Planner} from './plan';

/** Bytes of the parameters of one column at one level. */
const PARAMETERS = 16;
const VECTOR = 16;
/** Levels of vectors whose parameters stay in the first cache beside x and y: 16 kB. */
const CACHED = 256;
/** From here on rows are cut into vectors one by one: what is left of a row costs little. */
const MANY_CHANNELS = 32;

/** How the columns of x are laid out, and the bytes of the parameters that are there at a time. */
function layoutOf({shape: [channels, depth]}: TensorInfo) {
  // Few channels are repeated until vectors fit.
  const period = channels < MANY_CHANNELS ? 4 * channels : channels;
  const width = channels < MANY_CHANNELS ? period : 4 * Math.min(Math.ceil(channels / 4), ~~(CACHED / depth) || 1);
  return {columns: [channels, depth, period, width] as const, records: PARAMETERS * width * depth, depth};
}

export const triangleWave: Planner<WavesModule> = (native, {x, peaks, scales}) => {
  const {columns, records} = layoutOf(peaks);
  return {
    inputs: [x, peaks, scales],
    outputs: [x.shape],
    scratch: records + VECTOR,
    run: ([from, a, s], [to], scratch) =>
      native.triangleWave(from, to, util.sizeFromShape(x.shape), a, s, ...columns, scratch),
  };
};

export const triangleWaveGradient: Planner<WavesModule> = (native, {x, peaks, scales, dy}) => {
  const {columns, records, depth} = layoutOf(peaks);
  return {
    inputs: [x, dy, peaks, scales],
    outputs: [x.shape, peaks.shape, scales.shape],
    scratch: 2 * records + (depth + 3) * VECTOR,
    run: ([from, up, a, s], [dx, da, ds], scratch) =>
      native.triangleWaveGradient(from, up, dx, util.sizeFromShape(x.shape), a, s, da, ds, ...columns, scratch),
  };
};
