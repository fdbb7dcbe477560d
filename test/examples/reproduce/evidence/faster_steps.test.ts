import * as tf from '@tensorflow/tfjs';
import {buildImageNetwork} from '../../../../examples/node/image_networks';
import {speedUp} from '../../../../examples/reproduce/evidence/faster_steps';

/** Both kinds of activation, so that scales are trained and not. */
const build = (activation: 'relu' | 'pair') =>
  buildImageNetwork(
    {
      side: 6,
      classes: 3,
      stem: 3,
      channels: 4,
      blocks: [{channels: 4, mixing: 'learned', residual: true}],
      activation,
    },
    1,
  );

it.each(['relu', 'pair'] as const)('trains as tfjs does: %s', async (activation) => {
  const x = tf.randomNormal([8, 36], 1, 2, 'float32', 1);
  const y = tf.oneHot(tf.tensor1d([0, 1, 2, 0, 1, 2, 0, 1], 'int32'), 3);
  const weights = async (fast: boolean) => {
    const model = build(activation);
    if (fast) speedUp(model);
    model.compile({optimizer: tf.train.sgd(0.3), loss: (a, b) => tf.losses.softmaxCrossEntropy(a, b)});
    for (let step = 0; step < 3; step++) await model.trainOnBatch(x, y);
    const values = model.getWeights().map((weight) => Array.from(weight.dataSync()));
    const outputs = Array.from((model.predict(x) as tf.Tensor).dataSync());
    return {values: values.flat(), outputs};
  };
  const [slow, fast] = [await weights(false), await weights(true)];
  const start = build(activation).getWeights();
  expect(slow.values).not.toEqual(start.flatMap((weight) => Array.from(weight.dataSync())));
  expect(fast.values).toHaveLength(slow.values.length);
  for (const [i, value] of fast.values.entries()) expect(value).toBeCloseTo(slow.values[i], 4);
  for (const [i, value] of fast.outputs.entries()) expect(value).toBeCloseTo(slow.outputs[i], 4);
});
