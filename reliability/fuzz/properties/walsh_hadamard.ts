import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import * as pw from 'tfjs-piecewise';
import {compare} from '../compare';
import {property, tensorOf} from '../property';
import {blocksOf, sumsByUnit, TINY, walshHadamard} from '../reference';
import {anyNumbers, plainNumbers, transformShape} from '../values';

/** `pw.walshHadamard` and its gradients, with and without signs. */
export const walshHadamardProperty = property({
  name: 'walshHadamard',
  weight: 4,
  cases: fc.record({
    place: transformShape,
    normalize: fc.boolean(),
    x: anyNumbers,
    signs: fc.option(anyNumbers),
    dy: plainNumbers,
    isView: fc.boolean(),
  }),
  async check({place: {shape, axis}, normalize, x, signs, dy, isView}) {
    const blocks = blocksOf(shape, axis);
    const [, n, inner] = blocks;
    const scale = normalize ? 1 / Math.sqrt(n) : 1;
    const input = tensorOf(x, shape, isView);
    const upstream = tensorOf(dy, shape);
    const diagonal = signs ? tensorOf(signs, [n]) : null;
    const args = {axis, normalize, ...(diagonal && {signs: diagonal.tensor})};
    const y = pw.walshHadamard(input.tensor, args);
    await compare('y', y, shape, walshHadamard(input.values, blocks, scale, {before: diagonal?.values}));

    const run = (t: tf.Tensor, d?: tf.Tensor) => pw.walshHadamard(t, {axis, normalize, ...(d && {signs: d})});
    if (!diagonal) {
      const dx = tf.grad((t) => run(t))(input.tensor, upstream.tensor);
      return compare('dx', dx, shape, walshHadamard(upstream.values, blocks, scale));
    }
    const [dx, dsigns] = tf.grads(run)([input.tensor, diagonal.tensor], upstream.tensor);
    await compare('dx', dx, shape, walshHadamard(upstream.values, blocks, scale, {after: diagonal.values}));
    const unitOf = (k: number) => Math.floor(k / inner) % n;
    // The sums of x * H dy, x as the factor after the transform of each row.
    const terms = walshHadamard(upstream.values, blocks, scale);
    terms.values.forEach((value, k) => {
      const factor = Math.abs(input.values[k]);
      terms.values[k] = value * input.values[k];
      terms.bound[k] = Number.isFinite(factor) ? terms.bound[k] * factor + TINY * (1 + factor + Math.abs(value)) : 0;
      // What the transform makes of 0, another order of additions may not: infinity times that may be NaN or not.
      if (!Number.isFinite(factor) && Math.abs(value) < 1e-3) terms.bound[k] = Number.NaN;
    });
    await compare('dsigns', dsigns, [n], sumsByUnit(terms, n, unitOf));
  },
});
