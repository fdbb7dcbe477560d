/** The linear maps of layers, on rows of doubles. */

import type {Affine, Cropped} from './steps';

/** Numbers without repetitions. */
export const inOrder = (numbers: Iterable<number>): Int32Array => Int32Array.from(new Set(numbers)).sort();

/** The units of places of some size. */
export const blocks = (places: Int32Array, size: number): Int32Array =>
  Int32Array.from({length: places.length * size}, (_, k) => places[Math.floor(k / size)] * size + (k % size));

/** y = scale * x + bias, by units. */
export function diagonal(scale: Float64Array, bias: Float64Array | null): Affine {
  const n = scale.length;
  const times = (factors: Float64Array) => (x: Float64Array, rows: number) => {
    const y = new Float64Array(x.length);
    for (let row = 0, k = 0; row < rows; row++) for (let i = 0; i < n; i++, k++) y[k] = x[k] * factors[i];
    return y;
  };
  return {
    kind: 'affine',
    inputs: n,
    outputs: n,
    linear: times(scale),
    absolute: times(scale.map(Math.abs)),
    transposed: times(scale),
    scale,
    pointwise: (units) => diagonal(pick(scale, units), bias && pick(bias, units)),
    madeOf: [scale, bias ?? NONE],
    bias,
    multiplyAdds: n,
  };
}

/** No numbers. */
export const NONE: ArrayLike<number> = [];

const pick = (numbers: Float64Array, units: Int32Array) => Float64Array.from(units, (unit) => numbers[unit]);

/** x + bias. */
export const shift = (bias: Float64Array): Affine => diagonal(new Float64Array(bias.length).fill(1), bias);

/** Each output is the mean of the inputs of its window; with windows of one place a selection. */
export function means(windows: readonly Int32Array[], inputs: number): Affine {
  const outputs = windows.length;
  const linear = (x: Float64Array, rows: number) => {
    const y = new Float64Array(rows * outputs);
    for (let row = 0; row < rows; row++) {
      for (let i = 0; i < outputs; i++) {
        let sum = 0;
        for (const j of windows[i]) sum += x[row * inputs + j];
        y[row * outputs + i] = sum / windows[i].length;
      }
    }
    return y;
  };
  const transposed = (y: Float64Array, rows: number) => {
    const x = new Float64Array(rows * inputs);
    for (let row = 0, k = 0; row < rows; row++) {
      for (const window of windows) {
        const share = y[k++] / window.length;
        for (const j of window) x[row * inputs + j] += share;
      }
    }
    return x;
  };
  const multiplyAdds = windows.reduce((sum, {length}) => sum + (length > 1 ? length : 0), 0);
  const crop = (wanted: readonly number[]): Cropped => {
    const own = inOrder(wanted);
    const seen = inOrder(Array.from(own, (output) => [...windows[output]]).flat());
    const places = placesIn(seen);
    const cropped = Array.from(own, (output) => windows[output].map((input) => places.get(input)!));
    return {step: means(cropped, seen.length), inputs: seen, outputs: own};
  };
  const common = {inputs, outputs, transposed, crop, madeOf: windows, bias: null, multiplyAdds};
  return {kind: 'affine', linear, absolute: linear, ...common};
}

/** Where numbers stand in a list. */
export const placesIn = (numbers: Int32Array): Map<number, number> =>
  new Map(Array.from(numbers, (number, place) => [number, place]));

/** Each output is the input at its place, or 0 at the place -1. */
export function selection(places: Int32Array, inputs: number): Affine {
  const linear = (x: Float64Array, rows: number) => {
    const y = new Float64Array(rows * places.length);
    for (let row = 0, k = 0; row < rows; row++) {
      for (const place of places) {
        if (place >= 0) y[k] = x[row * inputs + place];
        k++;
      }
    }
    return y;
  };
  const transposed = (y: Float64Array, rows: number) => {
    const x = new Float64Array(rows * inputs);
    for (let row = 0, k = 0; row < rows; row++) {
      for (const place of places) {
        if (place >= 0) x[row * inputs + place] += y[k];
        k++;
      }
    }
    return x;
  };
  const outputs = places.length;
  const crop = (wanted: readonly number[]): Cropped => {
    const own = inOrder(wanted);
    const seen = inOrder(Array.from(own, (output) => places[output]).filter((place) => place >= 0));
    const at = placesIn(seen);
    return {
      step: selection(
        own.map((output) => at.get(places[output]) ?? -1),
        seen.length,
      ),
      inputs: seen,
      outputs: own,
    };
  };
  const common = {inputs, outputs, transposed, crop, madeOf: [places], bias: null, multiplyAdds: 0};
  return {kind: 'affine', linear, absolute: linear, ...common};
}

/** Some units that follow one another. */
export const run = (start: number, size: number, inputs: number): Affine =>
  selection(
    Int32Array.from({length: size}, (_, i) => start + i),
    inputs,
  );

/** The outputs as sums of a few inputs times weights. */
export function sparse(
  rows: readonly {places: readonly number[]; weights: readonly number[]}[],
  inputs: number,
  bias: Float64Array | null,
): Affine {
  const outputs = rows.length;
  const places = rows.map((row) => Int32Array.from(row.places));
  const weights = rows.map((row) => Float64Array.from(row.weights));
  const apply = (factors: readonly Float64Array[]) => (x: Float64Array, count: number) => {
    const y = new Float64Array(count * outputs);
    for (let row = 0, k = 0; row < count; row++) {
      for (let i = 0; i < outputs; i++, k++) {
        let sum = 0;
        for (let j = 0; j < places[i].length; j++) sum += x[row * inputs + places[i][j]] * factors[i][j];
        y[k] = sum;
      }
    }
    return y;
  };
  const transposed = (y: Float64Array, count: number) => {
    const x = new Float64Array(count * inputs);
    for (let row = 0, k = 0; row < count; row++) {
      for (let i = 0; i < outputs; i++, k++) {
        for (let j = 0; j < places[i].length; j++) x[row * inputs + places[i][j]] += y[k] * weights[i][j];
      }
    }
    return x;
  };
  const multiplyAdds = places.reduce((sum, {length}) => sum + (length > 1 ? length : 0), 0);
  const absolute = apply(weights.map((row) => row.map(Math.abs)));
  return {kind: 'affine', inputs, outputs, linear: apply(weights), absolute, transposed, bias, multiplyAdds};
}

/** The sum of `count` vectors that are concatenated. */
export function sum(count: number, outputs: number): Affine {
  const linear = (x: Float64Array, rows: number) => {
    const y = new Float64Array(rows * outputs);
    for (let row = 0, k = 0; row < rows; row++) {
      for (let part = 0; part < count; part++) {
        for (let i = 0; i < outputs; i++) y[row * outputs + i] += x[k++];
      }
    }
    return y;
  };
  const inputs = count * outputs;
  const transposed = (y: Float64Array, rows: number) =>
    Float64Array.from({length: rows * inputs}, (_, k) => y[Math.floor(k / inputs) * outputs + (k % outputs)]);
  const multiplyAdds = inputs - outputs;
  const pointwise = (units: Int32Array) => sum(count, units.length);
  const common = {inputs, outputs, transposed, pointwise, madeOf: [], bias: null, multiplyAdds};
  return {kind: 'affine', linear, absolute: linear, ...common};
}

/** A map of some of the inputs, in their places. */
export function onSelection(places: Int32Array, inputs: number, step: Affine): Affine {
  const chosen = selection(places, inputs);
  return {
    kind: 'affine',
    inputs,
    outputs: step.outputs,
    linear: (x, rows) => step.linear(chosen.linear(x, rows), rows),
    absolute: (x, rows) => step.absolute(chosen.linear(x, rows), rows),
    transposed: (y, rows) => chosen.transposed(step.transposed(y, rows), rows),
    madeOf: step.madeOf && [places, ...step.madeOf],
    bias: step.bias,
    multiplyAdds: step.multiplyAdds,
  };
}

export function repeat(values: Float64Array, times: number): Float64Array {
  const all = new Float64Array(times * values.length);
  for (let i = 0; i < times; i++) all.set(values, i * values.length);
  return all;
}
