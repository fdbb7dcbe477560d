/** Weights of many kinds: what a generic draw never meets, trained and fresh models are full of. */

import * as tf from '@tensorflow/tfjs';
import type {Draw} from './draw';

type Numbers = (draw: Draw, fan: number) => number;

interface WeightKind {
  kernel: Numbers;
  bias: Numbers;
  /** Slopes of two-slope units. */
  slope: Numbers;
  /** What becomes of the columns of a kernel and its bias, for one unit each. */
  units?: (columns: number[][], draw: Draw) => void;
}

const generic: WeightKind = {
  kernel: (draw, fan) => (1.5 * draw.normal()) / Math.sqrt(fan),
  bias: (draw) => 0.5 * draw.normal(),
  slope: (draw) => draw.normal(),
};
const fewSlopes: Numbers = (draw) => draw.oneOf([0, 1, 1, -1, 0.5, 0.25]);

export const WEIGHT_KINDS: {[name: string]: WeightKind} = {
  generic,
  /** As initializers leave them: no bias. */
  fresh: {...generic, bias: () => 0},
  integer: {
    kernel: (draw) => Math.round(1.3 * draw.normal()),
    bias: (draw) => draw.integer(-2, 2),
    slope: fewSlopes,
  },
  binary: {kernel: (draw) => draw.oneOf([-1, 1]), bias: (draw) => draw.oneOf([-1, 0, 0, 1]), slope: fewSlopes},
  pruned: {
    kernel: (draw, fan) => (draw.chance(0.7) ? 0 : generic.kernel(draw, fan)),
    bias: (draw) => (draw.chance(0.7) ? 0 : generic.bias(draw, 1)),
    slope: (draw) => (draw.chance(0.5) ? 0 : draw.normal()),
  },
  quarters: {
    kernel: (draw) => Math.round(4 * draw.normal()) / 4,
    bias: (draw) => draw.integer(-4, 4) / 4,
    slope: fewSlopes,
  },
  /** Units that nothing reaches: no weights, and a bias at or below 0. */
  dead: {
    ...generic,
    units: (columns, draw) => {
      for (const column of columns) {
        if (!draw.chance(0.5)) continue;
        column.fill(0);
        column[column.length - 1] = draw.oneOf([0, -1, -0.5]);
      }
    },
  },
  /** Units that are others over again, up to a factor. */
  twins: {
    ...generic,
    units: (columns, draw) => {
      for (const [i, column] of columns.entries()) {
        if (i === 0 || draw.chance(0.4)) continue;
        const [factor, twin] = [draw.oneOf([1, 1, -1, 2, -3, 0.3]), columns[draw.integer(0, i - 1)]];
        for (const [k, weight] of twin.entries()) column[k] = factor * weight;
      }
    },
  },
  /** Each unit of a size of its own. */
  scales: {
    ...generic,
    units: (columns, draw) => {
      for (const column of columns) {
        const factor = 10 ** draw.real(-6, 6);
        for (const k of column.keys()) column[k] *= factor;
      }
    },
  },
  /** As far apart as 1e-6 and 1e13. */
  extremes: {
    ...generic,
    units: (columns, draw) => {
      for (const column of columns) {
        const factor = draw.oneOf([1, 1, 1e-6, 1e13]);
        for (const k of column.keys()) column[k] *= factor;
      }
    },
  },
  /** Each number of a size of its own: a bend is often less than the last digit of the slopes beside it. */
  decades: {
    kernel: (draw, fan) => generic.kernel(draw, fan) * 10 ** draw.real(-9, 9),
    bias: (draw) => generic.bias(draw, 1) * 10 ** draw.real(-9, 9),
    slope: (draw) => draw.normal() * 10 ** draw.real(-9, 9),
  },
};

const KERNELS = ['kernel', 'recurrent_kernel', 'depthwise_kernel', 'pointwise_kernel', 'mix'];
const BIASES = ['bias', 'beta', 'offset', 'intercept', 'moving_mean'];
const SLOPES = ['alpha', 'negative', 'positive'];

/** Gives a layer weights of a kind. */
export function setWeights(layer: tf.layers.Layer, {kernel, bias, slope, units}: WeightKind, draw: Draw): void {
  const names = layer.weights.map(({originalName}) => originalName.slice(originalName.lastIndexOf('/') + 1));
  const values = layer.weights.map(({shape}, i) => {
    const size = tf.util.sizeFromShape(shape as number[]);
    const fan = Math.max(1, size / (shape[shape.length - 1] ?? 1));
    return Array.from({length: size}, () => {
      const name = names[i];
      if (KERNELS.includes(name)) return kernel(draw, fan);
      if (BIASES.includes(name)) return bias(draw, fan);
      if (SLOPES.includes(name)) return slope(draw, fan);
      if (name === 'gamma') return draw.oneOf([1, 1, -1, 2, 0.75]);
      // With epsilon 2^-10 a square: its root is exact.
      if (name === 'moving_variance') return draw.integer(1, 6) ** 2 / 4 - 2 ** -10;
      if (name === 'slope') return draw.oneOf([1, 1, 2, -1, 0.5]);
      if (name === 'peaks') return draw.oneOf([0, 0, draw.normal() / 5]);
      if (name === 'signs') return draw.oneOf([1, -1, 0.5, draw.normal()]);
      return draw.oneOf([0, draw.normal()]); // fractions, amplitudes, scales
    });
  });
  const at = names.findIndex((name) => KERNELS.includes(name));
  if (units && at >= 0) {
    const own = values[at];
    const columns = layer.weights[at].shape[layer.weights[at].shape.length - 1]!;
    const biases = names[at + 1] === 'bias' && values[at + 1].length === columns ? values[at + 1] : null;
    const table = Array.from({length: columns}, (_, c) => [
      ...own.filter((__, k) => k % columns === c),
      biases?.[c] ?? 0,
    ]);
    units(table, draw);
    for (const [c, column] of table.entries()) {
      for (let k = 0; k < column.length - 1; k++) own[k * columns + c] = column[k];
      if (biases) biases[c] = column[column.length - 1];
    }
  }
  const tensors = values.map((numbers, i) => tf.tensor(numbers, layer.weights[i].shape as number[]));
  layer.setWeights(tensors);
  tf.dispose(tensors);
}
