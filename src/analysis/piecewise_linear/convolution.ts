import {repeat} from './affine';
import type {Affine} from './steps';
import {places, type Windowing} from './windows';

/**
 * Each channel of images [height, width, channels] with kernels of its own, [kernelHeight, kernelWidth, channels, filters per
 * channel].
 */
export function depthwiseConvolution(
  kernel: Float64Array,
  bias: Float64Array | null,
  [height, width, channels]: number[],
  windowing: Windowing,
): Affine {
  const rows = places(height, 0, windowing);
  const columns = places(width, 1, windowing);
  const positions = rows.length * columns.length;
  const [kernelHeight, kernelWidth] = windowing.size;
  const filters = kernel.length / (kernelHeight * kernelWidth);
  const multiplier = filters / channels;
  const inputs = height * width * channels;
  const outputs = positions * filters;
  const apply = (weights: Float64Array) => (x: Float64Array, samples: number) => {
    const y = new Float64Array(samples * outputs);
    for (let sample = 0, to = 0; sample < samples; sample++) {
      for (const row of rows) {
        for (const column of columns) {
          for (let under = 0; under < kernelHeight * kernelWidth; under++) {
            const [atRow, atColumn] = [row[Math.floor(under / kernelWidth)], column[under % kernelWidth]];
            if (atRow < 0 || atColumn < 0) continue;
            const from = sample * inputs + (atRow * width + atColumn) * channels;
            for (let filter = 0, k = under * filters; filter < filters; filter++, k++) {
              y[to + filter] += x[from + Math.floor(filter / multiplier)] * weights[k];
            }
          }
          to += filters;
        }
      }
    }
    return y;
  };
  return {
    kind: 'affine',
    inputs,
    outputs,
    linear: apply(kernel),
    absolute: apply(kernel.map(Math.abs)),
    bias: bias && repeat(bias, positions),
    multiplyAdds: positions * kernel.length,
  };
}

/** The convolution of images [height, width, channels] with kernel [kernelHeight, kernelWidth, channels, filters]. */
export function convolution(
  kernel: Float64Array,
  bias: Float64Array | null,
  [height, width, channels]: number[],
  windowing: Windowing,
): Affine {
  const rows = places(height, 0, windowing);
  const columns = places(width, 1, windowing);
  const positions = rows.length * columns.length;
  const [kernelHeight, kernelWidth] = windowing.size;
  const block = kernel.length / (kernelHeight * kernelWidth);
  const filters = block / channels;
  const inputs = height * width * channels;
  const outputs = positions * filters;

  /** Adds what the window of output place `place` sees under its position `under`, at input place `at`. */
  const addPosition = (
    x: Float64Array,
    y: Float64Array,
    weights: Float64Array,
    from: number,
    to: number,
    k: number,
  ) => {
    for (let channel = 0; channel < channels; channel++, k += filters) {
      const value = x[from + channel];
      if (value === 0) continue;
      for (let filter = 0; filter < filters; filter++) y[to + filter] += value * weights[k + filter];
    }
  };
  const apply = (weights: Float64Array) => (x: Float64Array, samples: number) => {
    const y = new Float64Array(samples * outputs);
    for (let sample = 0, to = 0; sample < samples; sample++) {
      for (const row of rows) {
        for (const column of columns) {
          for (let under = 0; under < kernelHeight * kernelWidth; under++) {
            const [atRow, atColumn] = [row[Math.floor(under / kernelWidth)], column[under % kernelWidth]];
            if (atRow < 0 || atColumn < 0) continue;
            const from = sample * inputs + (atRow * width + atColumn) * channels;
            addPosition(x, y, weights, from, to, under * block);
          }
          to += filters;
        }
      }
    }
    return y;
  };
  return {
    kind: 'affine',
    inputs,
    outputs,
    linear: apply(kernel),
    absolute: apply(kernel.map(Math.abs)),
    bias: bias && repeat(bias, positions),
    multiplyAdds: positions * kernel.length,
  };
}
