import * as tf from '@tensorflow/tfjs';
import type {Problem} from './problem';
import {type Run, setWeights} from './train_network';

/**
 * The network of a run as a model of raw inputs: they are standardized by a `batchNormalization` of fixed numbers before it, and
 * after it comes a softmax, or the scale of the target in the last layer.
 */
export function wholeModel(
  {network, seed, weights}: Run,
  {moments, ends, scale, table, columns}: Problem,
): tf.Sequential {
  const isClassifier = table.target.task === 'classification';
  const model = tf.sequential({
    name: 'table_model', // or the number of models made before would be in its name
    layers: [
      tf.layers.inputLayer({inputShape: [ends.inputs], name: 'columns'}),
      // Where somebody trains further, momentum 1 keeps the numbers as they are.
      tf.layers.batchNormalization({center: false, scale: false, epsilon: 0, momentum: 1, name: 'standardize'}),
      ...network.layers(seed),
      ...(isClassifier ? [tf.layers.softmax({name: 'probabilities'})] : []),
    ],
  });
  setWeights(model, weights);
  tf.tidy(() => {
    const output = model.getLayer('output');
    if (!isClassifier) output.setWeights(inUnits(output.getWeights(), scale));
    model.getLayer('standardize').setWeights([tf.tensor1d(moments.mean), tf.tensor1d(moments.variance)]);
  });
  model.setUserDefinedMetadata({table: columns});
  return model;
}

/** Kernel and bias of a dense layer, so that its output is that of before times the deviation plus the mean. */
const inUnits = ([kernel, bias]: tf.Tensor[], {mean, deviation}: Problem['scale']) => [
  kernel.mul(deviation),
  bias.mul(deviation).add(mean),
];
