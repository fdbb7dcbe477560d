import * as tf from '@tensorflow/tfjs';
import {layers, optimizers, softmaxCrossEntropy} from 'tfjs-piecewise';

/** The network of the digits in layers of this package, ready to be trained on `x` and `y`. */
export function digitsNetwork({labelSmoothing}: {labelSmoothing: number}) {
  const model = tf.sequential({
    layers: [
      layers.whtProjection({units: 256, seed: 1, randomBias: 0, activation: 'reluPair', inputShape: [64]}),
      layers.whtProjection({units: 256, seed: 2, randomBias: 0, activation: 'reluPair'}),
      layers.whtProjection({units: 16, seed: 3, randomBias: 0}),
      layers.dense({units: 10}),
    ],
  });
  const optimizer = optimizers.adamW();
  model.compile({optimizer, loss: (labels, logits) => softmaxCrossEntropy(labels, logits, {labelSmoothing})});
  const [x, y] = [tf.ones([64, 64]), tf.ones([64, 10])];
  const dispose = () => {
    optimizer.dispose();
    tf.dispose([x, y]);
    model.dispose();
  };
  return {model, x, y, dispose};
}
