import type * as tf from '@tensorflow/tfjs';
import {modelOf} from './random_model';

/**
 * The wave y = x - sum_i s_i W_i with s_i = (3/8)^(i + 1) as a dense network of width 4: neurons sum, t1, t2 and a
 * carried constant (Milkert, Hyde and Laine). 4 is added to the sum and taken off at the end, so that no ReLU cuts it.
 * `peaks` are in quarters.
 */
export function waveNetwork(peaks: number[]): tf.Sequential {
  const ratio = 3 / 8;
  const p = peaks.map((peak) => ratio / (peak / 4));
  const q = peaks.map((peak) => -ratio / (peak / 4 - (peak / 4) ** 2));
  const layer = (rows: number[][], bias: number[], alpha: number | null) => ({
    rows: rows.map((row) => row.map(exact)),
    bias,
    alpha,
  });
  const inner = peaks.slice(1).map((peak, i) => {
    const rows = [
      [1, -p[i], -q[i], 0],
      [0, p[i], q[i], 0],
      [0, p[i], q[i], (-ratio * peak) / 4],
      [0, 0, 0, ratio],
    ];
    return layer(rows, [0, 0, 0, 0], 0);
  });
  const last = peaks.length - 1;
  const first = layer([[1], [1], [1], [0]], [4, 0, -peaks[0] / 4, 1], 0);
  return modelOf(1, [first, ...inner, layer([[1, -p[last], -q[last], 0]], [-4], null)]);
}

/** These are multiples of 1 / 4096, up to rounding. */
function exact(weight: number): number {
  return Math.round(4096 * weight * 2 ** 20) / 2 ** 20 / 4096;
}
