import {repeat} from './affine';
import type {Affine} from './steps';
import {places, type Windowing} from './windows';

/**
 * Adds to the filters from `y[to]` on what they see of the channels from `x[from]` on, with the weights from `weights[k]` on;
 * the other way, to the channels what sees them.
 */
type AddPosition = (
  x: Float64Array,
  y: Float64Array,
  weights: Float64Array,
  from: number,
  to: number,
  k: number,
) => void;

/** Each channel with kernels of its own, [kernelHeight, kernelWidth, channels, filters per channel]. */
export function depthwiseConvolution(
  kernel: Float64Array,
  bias: Float64Array | null,
  image: number[],
  windowing: Windowing,
): Affine {
  const filters = kernel.length / (windowing.size[0] * windowing.size[1]);
  const multiplier = filters / image[2];
  return slide(kernel, bias, image, windowing, filters, {
    forth(x, y, weights, from, to, k) {
      for (let filter = 0; filter < filters; filter++) {
        y[to + filter] += x[from + Math.floor(filter / multiplier)] * weights[k + filter];
      }
    },
    back(x, y, weights, from, to, k) {
      for (let filter = 0; filter < filters; filter++) {
        x[from + Math.floor(filter / multiplier)] += y[to + filter] * weights[k + filter];
      }
    },
  });
}

/** The convolution of images [height, width, channels] with kernel [kernelHeight, kernelWidth, channels, filters]. */
export function convolution(
  kernel: Float64Array,
  bias: Float64Array | null,
  image: number[],
  windowing: Windowing,
): Affine {
  const channels = image[2];
  const filters = kernel.length / (windowing.size[0] * windowing.size[1] * channels);
  return slide(kernel, bias, image, windowing, filters, {
    forth(x, y, weights, from, to, k) {
      for (let channel = 0; channel < channels; channel++, k += filters) {
        const value = x[from + channel];
        if (value === 0) continue;
        for (let filter = 0; filter < filters; filter++) y[to + filter] += value * weights[k + filter];
      }
    },
    back(x, y, weights, from, to, k) {
      for (let channel = 0; channel < channels; channel++, k += filters) {
        let sum = 0;
        for (let filter = 0; filter < filters; filter++) sum += y[to + filter] * weights[k + filter];
        x[from + channel] += sum;
      }
    },
  });
}

/** The map of images [height, width, channels] that adds up, for each place of the window, what each of its positions adds. */
function slide(
  kernel: Float64Array,
  bias: Float64Array | null,
  [height, width, channels]: number[],
  windowing: Windowing,
  filters: number,
  {forth, back}: {forth: AddPosition; back: AddPosition},
): Affine {
  const rows = places(height, 0, windowing);
  const columns = places(width, 1, windowing);
  const positions = rows.length * columns.length;
  const [kernelHeight, kernelWidth] = windowing.size;
  const block = kernel.length / (kernelHeight * kernelWidth);
  const inputs = height * width * channels;
  const outputs = positions * filters;
  const visit = (x: Float64Array, y: Float64Array, weights: Float64Array, samples: number, add: AddPosition) => {
    for (let sample = 0, to = 0; sample < samples; sample++) {
      for (const row of rows) {
        for (const column of columns) {
          if (add === back && isZero(y, to, to + filters)) {
            to += filters;
            continue;
          }
          for (let under = 0; under < kernelHeight * kernelWidth; under++) {
            const [atRow, atColumn] = [row[Math.floor(under / kernelWidth)], column[under % kernelWidth]];
            if (atRow < 0 || atColumn < 0) continue;
            const from = sample * inputs + (atRow * width + atColumn) * channels;
            add(x, y, weights, from, to, under * block);
          }
          to += filters;
        }
      }
    }
  };
  const apply = (weights: Float64Array) => (x: Float64Array, samples: number) => {
    const y = new Float64Array(samples * outputs);
    visit(x, y, weights, samples, forth);
    return y;
  };
  return {
    kind: 'affine',
    inputs,
    outputs,
    linear: apply(kernel),
    absolute: apply(kernel.map(Math.abs)),
    transposed(y, samples) {
      const x = new Float64Array(samples * inputs);
      visit(x, y, kernel, samples, back);
      return x;
    },
    bias: bias && repeat(bias, positions),
    multiplyAdds: positions * kernel.length,
  };
}

function isZero(values: Float64Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (values[i] !== 0) return false;
  return true;
}
