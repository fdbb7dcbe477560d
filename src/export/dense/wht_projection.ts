import * as tf from '@tensorflow/tfjs';
import {fail} from '../../errors';
import {ReLUPair, type ReLUPairArgs} from '../../layers/relu_pair';
import type {WHTProjection} from '../../layers/wht_projection';
import type {ActivationIdentifier, Shape} from '../../tfjs_internals';
import {copyOf, probe, weightsOf} from '../source';
import {type Converter, densePart, type Part, requireKernelSize} from './part';
import {pairParts} from './relu_pair';

/** One dense layer, whose kernel is what the projection makes of the identity, and whose bias what it makes of zeros. */
export const convertWHTProjection: Converter<WHTProjection> = (layer, inputShape) => {
  const {name, units} = layer;
  const axis = layer.axis < 0 ? layer.axis + inputShape.length : layer.axis;
  const inputs = inputShape[axis]!;
  requireKernelSize(inputs, units, layer);
  if (layer.inputNorm === 'sphere') {
    fail(
      `toDense, layer ${name}`,
      "inputNorm must be 'none'",
      "'sphere'",
      'No standard layer divides by the length: train without it, or divide the data.',
    );
  }
  const {activation} = layer.getConfig();
  const weights = weightsOf(layer);
  const affine = {axis: -1, useBias: false, activation: null};
  const signs = weights.signs ? [weights.signs] : [];
  const [kernel] = probe(copyOf(layer, {...affine, randomBias: 0}), signs, tf.eye(inputs));
  const [offset] = probe(copyOf(layer, affine), signs, tf.zeros([1, inputs]));
  const bias = layer.useBias ? tf.add(offset, weights.bias) : offset;
  const pair = pairOf(activation, `${name}_activation`);
  const dense = densePart(
    name,
    {kernel: kernel as tf.Tensor2D, bias: tf.reshape(bias, [units])},
    pair ? undefined : (activation as ActivationIdentifier),
  );
  const outputShape = layer.computeOutputShape(inputShape) as Shape;
  return [
    ...swapped(axis, inputShape, `${name}_before`),
    dense,
    ...swapped(axis, inputShape, `${name}_after`),
    ...(pair ? pairParts(pair, weights, outputShape) : []),
  ];
};

function pairOf(activation: tf.serialization.ConfigDictValue, name: string): ReLUPair | null {
  const {className, config} = (activation ?? {}) as {className?: string; config?: ReLUPairArgs};
  return className === ReLUPair.className ? new ReLUPair({...config, name}) : null;
}

/** The layer that swaps the axis with the last one; none if it is the last one. */
function swapped(axis: number, {length}: Shape, name: string): Part[] {
  if (axis === length - 1) return [];
  const dims = Array.from({length: length - 1}, (_, i) => i + 1);
  [dims[axis - 1], dims[length - 2]] = [length - 1, axis];
  return [{layer: tf.layers.permute({dims, name}), weights: []}];
}
