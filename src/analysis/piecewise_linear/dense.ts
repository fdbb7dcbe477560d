/** Dense layers as linear maps, on rows of doubles. */

import {blocks, inOrder, NONE, repeat} from './affine';
import type {Affine, Cropped} from './steps';

/** y = x K + bias along the last of `positions` x [inputs]; K is [inputs, outputs]. */
export function dense(kernel: Float64Array, bias: Float64Array | null, inputs: number, positions = 1): Affine {
  const outputs = kernel.length / inputs;
  const size = kernel.map(Math.abs);
  return {
    kind: 'affine',
    inputs: positions * inputs,
    outputs: positions * outputs,
    linear: (x, rows) => product(x, rows * positions, kernel, inputs, outputs),
    absolute: (x, rows) => product(x, rows * positions, size, inputs, outputs),
    transposed: (y, rows) => transposedProduct(y, rows * positions, kernel, inputs, outputs),
    at(output, x, sizes) {
      const position = Math.floor(output / outputs);
      let [value, size] = [0, 0];
      for (let i = 0, at = position * inputs, k = output % outputs; i < inputs; i++, at++, k += outputs) {
        value += x[at] * kernel[k];
        size += Math.abs(sizes[at] * kernel[k]);
      }
      return [value, size];
    },
    crop: positions > 1 ? (wanted) => croppedDense(kernel, bias, inputs, wanted) : undefined,
    madeOf: [kernel, bias ?? NONE],
    bias: bias && repeat(bias, positions),
    multiplyAdds: positions * inputs * outputs,
    meanSquares: positions === 1 ? {weight: meanSquare(kernel), bias: bias ? meanSquare(bias) : 0} : undefined,
  };
}

/** The positions of some outputs. */
function croppedDense(
  kernel: Float64Array,
  bias: Float64Array | null,
  inputs: number,
  wanted: readonly number[],
): Cropped {
  const outputs = kernel.length / inputs;
  const positions = inOrder(wanted.map((output) => Math.floor(output / outputs)));
  return {
    step: dense(kernel, bias, inputs, positions.length),
    inputs: blocks(positions, inputs),
    outputs: blocks(positions, outputs),
  };
}

function meanSquare(values: Float64Array): number {
  return values.reduce((total, value) => total + value * value, 0) / values.length;
}

/** x [rows, n] times k [n, m]. Four rows at a time share each row of k: a large matrix is then read a quarter as often. */
function product(x: Float64Array, rows: number, k: Float64Array, n: number, m: number): Float64Array {
  const y = new Float64Array(rows * m);
  let row = 0;
  for (; row + 4 <= rows; row += 4) {
    const from = row * n;
    const to = row * m;
    for (let i = 0; i < n; i++) {
      const a = x[from + i];
      const b = x[from + n + i];
      const c = x[from + 2 * n + i];
      const d = x[from + 3 * n + i];
      if (a === 0 && b === 0 && c === 0 && d === 0) continue; // most units are off
      for (let j = 0, at = i * m; j < m; j++, at++) {
        const weight = k[at];
        y[to + j] += a * weight;
        y[to + m + j] += b * weight;
        y[to + 2 * m + j] += c * weight;
        y[to + 3 * m + j] += d * weight;
      }
    }
  }
  for (; row < rows; row++) {
    for (let i = 0; i < n; i++) {
      const a = x[row * n + i];
      if (a === 0) continue;
      for (let j = 0, at = i * m; j < m; j++, at++) y[row * m + j] += a * k[at];
    }
  }
  return y;
}

/** y [rows, m] times k^T, k [n, m]. */
function transposedProduct(y: Float64Array, rows: number, k: Float64Array, n: number, m: number): Float64Array {
  const x = new Float64Array(rows * n);
  for (let row = 0; row < rows; row++) {
    const own = y.subarray(row * m, (row + 1) * m);
    const used = [...own.keys()].filter((j) => own[j] !== 0); // bounds of one unit begin with one
    for (let i = 0, at = row * n; i < n; i++, at++) {
      let sum = 0;
      for (const j of used) sum += own[j] * k[i * m + j];
      x[at] = sum;
    }
  }
  return x;
}
