import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import * as pw from 'tfjs-piecewise';
import {compare} from '../compare';
import {property, tensorOf} from '../property';
import {blocksOf, reluPair, sumsByUnit, walshHadamard} from '../reference';
import {anyNumbers, plainNumbers, transformShape} from '../values';
import {slopeTerms} from './relu_pair';

/** `pw.whtReLUPair` and the gradients of its slopes. */
export const whtReLUPairProperty = property({
  name: 'whtReLUPair',
  weight: 3,
  cases: fc.record({
    place: transformShape,
    normalize: fc.boolean(),
    x: anyNumbers,
    signs: plainNumbers,
    slopes: plainNumbers,
    dy: plainNumbers,
    isView: fc.boolean(),
  }),
  async check({place: {shape, axis}, normalize, x, signs, slopes, dy, isView}) {
    const blocks = blocksOf(shape, axis);
    const [, n, inner] = blocks;
    const scale = normalize ? 1 / Math.sqrt(n) : 1;
    const input = tensorOf(x, shape, isView);
    const upstream = tensorOf(dy, shape);
    const diagonal = tensorOf(signs, [n]);
    const negative = tensorOf(slopes, [n]);
    const positive = tensorOf({...slopes, seed: slopes.seed + 1}, [n]);
    const args = {axis, normalize, signs: diagonal.tensor};
    const unitOf = (k: number) => Math.floor(k / inner) % n;
    const z = walshHadamard(input.values, blocks, scale, {before: diagonal.values});
    const y = pw.whtReLUPair(input.tensor, negative.tensor, positive.tensor, args);
    await compare('y', y, shape, reluPair(z, [negative.values, positive.values], unitOf));

    const run = (a: tf.Tensor, b: tf.Tensor) => pw.whtReLUPair(input.tensor, a, b, args);
    const dslopes = tf.grads(run)([negative.tensor, positive.tensor], upstream.tensor);
    for (const [i, below] of [true, false].entries()) {
      const terms = slopeTerms(z, upstream.values, below);
      await compare(`d${below ? 'negative' : 'positive'}`, dslopes[i], [n], sumsByUnit(terms, n, unitOf));
    }
  },
});
