import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import type {Task} from './tasks';

/** A constant 1 as one more input. */
class AppendOne extends tf.layers.Layer {
  static readonly className = 'AppendOne';

  override computeOutputShape(inputShape: tf.Shape): tf.Shape {
    return [inputShape[0], inputShape[1]! + 1];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const [x] = [inputs].flat();
      return tf.concat([x, tf.ones([x.shape[0], 1])], 1);
    });
  }
}

interface Variant {
  one?: boolean;
  randomBias?: number;
  /** A trained bias in the first layer. */
  useBias?: boolean;
}

const projections =
  ({one, randomBias, useBias}: Variant) =>
  ({inputs, classes, width, blocks, cut}: Task, seed: number): tf.Sequential => {
    const model = tf.sequential();
    if (one) model.add(new AppendOne({inputShape: [inputs]}));
    for (let i = 0; i < blocks; i++) {
      const first = {...(!one && {inputShape: [inputs]}), useBias};
      model.add(pw.layers.whtProjection({units: width, seed: 100 * seed + i, randomBias, ...(i === 0 && first)}));
      model.add(pw.layers.reluPair());
    }
    model.add(pw.layers.whtProjection({units: cut, seed: 100 * seed + blocks, randomBias}));
    model.add(readOut(classes, seed));
    return model;
  };

function dense({inputs, classes, dense: widths}: Task, seed: number): tf.Sequential {
  const model = tf.sequential();
  for (const [i, units] of widths.entries()) {
    const kernelInitializer = tf.initializers.heNormal({seed: 100 * seed + i});
    model.add(tf.layers.dense({units, activation: 'relu', kernelInitializer, ...(i === 0 && {inputShape: [inputs]})}));
  }
  model.add(readOut(classes, seed));
  return model;
}

function readOut(classes: number, seed: number): tf.layers.Layer {
  return tf.layers.dense({
    units: classes || 1,
    kernelInitializer: tf.initializers.glorotNormal({seed: 100 * seed + 99}),
  });
}

/** What is compared; random biases of those sizes. */
export const networks = (sizes: number[]): {[name: string]: (task: Task, seed: number) => tf.Sequential} => ({
  'no bias': projections({randomBias: 0}),
  'constant 1': projections({randomBias: 0, one: true}),
  ...Object.fromEntries(sizes.map((randomBias) => [`random bias ${randomBias}`, projections({randomBias})])),
  'trained, first layer': projections({randomBias: 0, useBias: true}),
  dense,
});
