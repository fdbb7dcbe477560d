import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import * as pw from 'tfjs-piecewise';
import {compare} from '../compare';
import {property, tensorOf} from '../property';
import {type Expected, HUGE, noValues, reluPair, sumsByUnit, TINY, U} from '../reference';
import {anyNumbers, anyShape, plainNumbers, sizeOf} from '../values';

/** Which axes of x a slope has: of the others it has none (at the front), or one element. */
const spread = fc.record({kept: fc.array(fc.boolean(), {minLength: 4, maxLength: 4}), drop: fc.nat({max: 4})});

function slopeShape(shape: readonly number[], {kept, drop}: {kept: boolean[]; drop: number}): number[] {
  return shape.map((size, i) => (kept[i] ? size : 1)).slice(Math.min(drop, shape.length));
}

/** The place in a slope, row by row, that serves a place of x. */
function placesOf(shape: readonly number[], slope: readonly number[]): (k: number) => number {
  const lead = shape.length - slope.length;
  return (k) => {
    let [rest, place, stride] = [k, 0, 1];
    for (let axis = shape.length - 1; axis >= lead; axis--) {
      const i = rest % shape[axis];
      rest = Math.floor(rest / shape[axis]);
      const size = slope[axis - lead];
      if (size > 1) place += i * stride;
      stride *= size;
    }
    return place;
  };
}

/** Exact numbers, but that a backend may take a denormal one for 0. */
const exactly = (values: Float32Array): Expected => ({
  values: Float64Array.from(values),
  bound: Float64Array.from(values, (value) => (value !== 0 && Math.abs(value) < TINY ? TINY : 0)),
});

/** `dy` times the slope on the side of x. */
function byInput(
  {values, bound}: Expected,
  [negative, positive]: readonly [Float32Array, Float32Array],
  dy: Float32Array,
): Expected {
  const result = noValues(values.length);
  values.forEach((x, k) => {
    const slope = x < 0 ? negative[k] : positive[k];
    const product = dy[k] * slope;
    result.values[k] = product;
    result.bound[k] = Number.isFinite(product) ? 2 * U * Math.abs(product) + TINY * (1 + Math.abs(dy[k])) : 0;
    const open = bound[k] > 0 && Math.abs(x) <= bound[k];
    if (open || (Number.isFinite(product) && Math.abs(product) > HUGE)) result.bound[k] = Number.NaN;
  });
  return result;
}

/** `dy x` where the side of 0 is the wanted one, else 0: what a slope's derivative sums up. */
export function slopeTerms({values, bound}: Expected, dy: ArrayLike<number>, below: boolean): Expected {
  const terms = noValues(values.length);
  values.forEach((x, k) => {
    const counts = x < 0 === below;
    const product = dy[k] * x;
    // Within the bound of 0 the side cannot be told. NaN is not below 0.
    const open = bound[k] > 0 && Math.abs(x) <= bound[k];
    if (counts) terms.values[k] = product;
    if (counts || open) {
      terms.bound[k] = Number.isFinite(product)
        ? Math.abs(dy[k]) * bound[k] + 2 * U * Math.abs(product) + TINY * (1 + Math.abs(dy[k]))
        : bound[k];
    }
    if (Number.isNaN(bound[k])) terms.bound[k] = Number.NaN;
  });
  return terms;
}

/** `pw.reluPair` and its gradients, slopes of any shape that can be broadcast. */
export const reluPairProperty = property({
  name: 'reluPair',
  weight: 4,
  cases: fc.record({
    shape: anyShape,
    negative: fc.record({spread, numbers: anyNumbers}),
    positive: fc.record({spread, numbers: anyNumbers}),
    x: anyNumbers,
    dy: plainNumbers,
    isView: fc.boolean(),
  }),
  async check({shape, negative, positive, x, dy, isView}) {
    const input = tensorOf(x, shape, isView);
    const upstream = tensorOf(dy, shape);
    const shapes = [negative, positive].map(({spread}) => slopeShape(shape, spread));
    const slopes = [negative, positive].map(({numbers}, i) => tensorOf(numbers, shapes[i]));
    const places = shapes.map((own) => placesOf(shape, own));
    const size = sizeOf(shape);
    // A slope for each place of x.
    const each = slopes.map(({values}, i) => Float32Array.from({length: size}, (_, k) => values[places[i](k)]));
    const wide = [each[0], each[1]] as const;
    const expected = reluPair(exactly(input.values), wide, (k) => k);
    await compare('y', pw.reluPair(input.tensor, slopes[0].tensor, slopes[1].tensor), shape, expected);

    const run = (t: tf.Tensor, n: tf.Tensor, p: tf.Tensor) => pw.reluPair(t, n, p);
    const [dx, ...dslopes] = tf.grads(run)([input.tensor, slopes[0].tensor, slopes[1].tensor], upstream.tensor);
    await compare('dx', dx, shape, byInput(exactly(input.values), wide, upstream.values));
    for (const [i, below] of [true, false].entries()) {
      const terms = slopeTerms(exactly(input.values), upstream.values, below);
      await compare(
        `d${below ? 'negative' : 'positive'}`,
        dslopes[i],
        shapes[i],
        sumsByUnit(terms, sizeOf(shapes[i]), places[i]),
      );
    }
  },
});
