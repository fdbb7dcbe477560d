import * as tf from '@tensorflow/tfjs';
import {fail} from '../../errors';
import type {ReLUPair} from '../../layers/relu_pair';
import type {Shape} from '../../tfjs_internals';
import {copyOf, probe, weightsOf} from '../source';
import {type Converter, densePart, type Part, requireKernelSize} from './part';

/** Two dense ReLU units for each unit, `relu(x)` and `relu(-x)`, and a linear layer that weighs them by the slopes. */
export const convertReLUPair: Converter<ReLUPair> = (layer, inputShape) =>
  pairParts(layer, weightsOf(layer), inputShape);

/** As for a layer, with weights that another layer may hold for it. */
export function pairParts(pair: ReLUPair, weights: {[name: string]: tf.Tensor}, inputShape: Shape): Part[] {
  const {name} = pair;
  const unitShape = inputShape.slice(1).map((size, i) => (pair.sharedAxes?.includes(i + 1) ? 1 : size!));
  const isLastAxis = unitShape.every((size, i) => size === 1 || i === unitShape.length - 1);
  const full = isLastAxis ? inputShape.slice(-1) : inputShape.slice(1);
  const units = full.reduce<number>((product, size) => product * size!, 1);
  if (full.includes(null)) {
    fail(
      `toDense, layer ${name}`,
      'the sizes of all axes must be known, or all but the last axis shared',
      `input shape [${inputShape.map((size) => size ?? 'null')}]`,
      'Give them in inputShape.',
    );
  }
  requireKernelSize(units, 2 * units, pair);

  const {negative, positive, bias} = weights;
  const slopes = probe(
    copyOf(pair, {useBias: false}),
    negative ? [negative, positive] : [],
    tf.ones([1, ...unitShape]),
    tf.fill([1, ...unitShape], -1),
  );
  const perUnit = (t: tf.Tensor) => tf.reshape(tf.mul(t, tf.ones([1, ...(full as number[])])), [units]) as tf.Tensor1D;
  const shift = pair.useBias ? perUnit(bias) : tf.zeros([units]);
  const both = tf.concat([tf.eye(units), tf.neg(tf.eye(units))], 1) as tf.Tensor2D;
  const weighed = tf.concat(slopes.map((slope) => tf.mul(tf.eye(units), perUnit(slope)))) as tf.Tensor2D;
  const dense = [
    densePart(`${name}_hidden`, {kernel: both, bias: tf.concat([shift, tf.neg(shift)]) as tf.Tensor1D}, 'relu'),
    densePart(`${name}_output`, {kernel: weighed, bias: tf.zeros([units])}),
  ];
  if (isLastAxis) return dense;
  return [
    {layer: tf.layers.flatten({name: `${name}_flatten`}), weights: []},
    ...dense,
    {layer: tf.layers.reshape({targetShape: full, name: `${name}_reshape`}), weights: []},
  ];
}
