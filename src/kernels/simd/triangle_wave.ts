import {type TensorInfo, util} from '@tensorflow/tfjs';
import type {WavesModule} from './modules';
import type {Planner} from './plan';

/** Of the parameters of four columns at one level. */
const RECORD = 64;
const VECTOR = 16;
/** Bytes of records that stay in the first cache beside x and y. */
const CACHE = 16384;
/** From here on rows are cut into vectors one by one: what is left of a row costs little. */
const MANY_CHANNELS = 32;

/** How the columns of x are laid out; bytes are counted here, where they cannot wrap round. */
function columnsOf({shape: [channels, depth]}: TensorInfo) {
  const isMany = channels >= MANY_CHANNELS;
  /** Few channels are repeated until vectors fit. */
  const period = isMany || channels % 4 === 0 ? channels : channels * (channels % 2 === 0 ? 2 : 4);
  const width = isMany ? 4 * Math.max(1, Math.floor(CACHE / (RECORD * depth))) : period;
  const vectors = Math.min(width, period) / 4;
  return {channels, depth, period, width: 4 * Math.ceil(vectors), records: RECORD * depth * Math.ceil(vectors)};
}

export const triangleWave: Planner<WavesModule> = (native, {x, peaks, scales}) => {
  const {channels, depth, period, width, records} = columnsOf(peaks);
  return {
    inputs: [x, peaks, scales],
    outputs: [x.shape],
    scratch: records + VECTOR,
    run: ([from, a, s], [to], scratch) =>
      native.triangleWave(from, to, util.sizeFromShape(x.shape), a, s, channels, depth, period, width, scratch),
  };
};

export const triangleWaveGradient: Planner<WavesModule> = (native, {x, peaks, scales, dy}) => {
  const {channels, depth, period, width, records} = columnsOf(peaks);
  const size = util.sizeFromShape(x.shape);
  return {
    inputs: [x, dy, peaks, scales],
    outputs: [x.shape, peaks.shape, scales.shape],
    scratch: 2 * records + (depth + 3) * VECTOR,
    run: ([from, up, a, s], [dx, dpeaks, dscales], scratch) =>
      native.triangleWaveGradient(
        ...([from, up, dx, size, a, s, dpeaks, dscales] as const),
        ...([channels, depth, period, width, scratch] as const),
      ),
  };
};
