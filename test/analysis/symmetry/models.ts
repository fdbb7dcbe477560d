import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {normal, uniform} from '../../support/random';

const {dense, conv2d, flatten, batchNormalization, prelu, leakyReLU, maxPooling2d, averagePooling2d} = tf.layers;
const {whtProjection, reluPair, regionDense, triangleWave} = pw.layers;
const wht = (units: number, seed: number) => whtProjection({units, seed, randomBias: 0});

type Activation = Parameters<typeof tf.layers.activation>[0]['activation'];
const mlp = (activation: Activation) =>
  tf.sequential({
    layers: [dense({units: 6, activation, inputShape: [4]}), dense({units: 5, activation}), dense({units: 3})],
  });

/** L layers of transform and slopes, each 16 wide. */
export function waves(depth: number, n: number, readout: boolean): tf.Sequential {
  const layers = Array.from({length: depth}, (_, i) => [
    whtProjection({units: n, seed: i, randomBias: 0, ...(i === 0 && {inputShape: [n]})}),
    reluPair(),
  ]).flat();
  return tf.sequential({layers: readout ? [...layers, dense({units: 2})] : layers});
}

/** Every kind of space, by name. */
export const MODELS: Record<string, () => tf.Sequential> = {
  relu: () => mlp('relu'),
  tanh: () => mlp('tanh'),
  sigmoid: () => mlp('sigmoid'),
  hardSigmoid: () => mlp('hardSigmoid'),
  gelu: () => mlp('gelu'),
  'leaky ReLU': () =>
    tf.sequential({
      layers: [dense({units: 6, inputShape: [4]}), leakyReLU(), dense({units: 2, activation: 'softmax'})],
    }),
  absolute: () =>
    tf.sequential({layers: [dense({units: 6, inputShape: [4]}), leakyReLU({alpha: -1}), dense({units: 2})]}),
  PReLU: () => tf.sequential({layers: [dense({units: 6, inputShape: [4]}), prelu(), dense({units: 2})]}),
  'ReLU pairs': () =>
    tf.sequential({
      layers: [
        dense({units: 6, inputShape: [4]}),
        reluPair({useBias: true}),
        dense({units: 5}),
        reluPair(),
        dense({units: 3}),
      ],
    }),
  convolutions: () =>
    tf.sequential({
      layers: [
        conv2d({filters: 5, kernelSize: 3, padding: 'same', inputShape: [6, 6, 2]}),
        batchNormalization(),
        leakyReLU(),
        maxPooling2d({poolSize: 2}),
        conv2d({filters: 4, kernelSize: 2, activation: 'relu'}),
        flatten(),
        tf.layers.dropout({rate: 0.5}),
        dense({units: 3}),
      ],
    }),
  'convolutions with shifts': () =>
    tf.sequential({
      layers: [
        conv2d({filters: 5, kernelSize: 3, activation: 'sigmoid', inputShape: [6, 6, 2]}),
        averagePooling2d({poolSize: 2}),
        batchNormalization(),
        conv2d({filters: 4, kernelSize: 2}),
        prelu({sharedAxes: [1, 2]}),
        flatten(),
        tf.layers.layerNormalization(),
        dense({units: 3}),
      ],
    }),
  'depthwise convolutions with shifts': () =>
    tf.sequential({
      layers: [
        conv2d({filters: 5, kernelSize: 2, activation: 'sigmoid', inputShape: [7, 7, 2]}),
        tf.layers.depthwiseConv2d({kernelSize: 2, useBias: false}),
        tf.layers.depthwiseConv2d({kernelSize: 2, activation: 'tanh'}),
        tf.layers.separableConv2d({filters: 4, kernelSize: 2, depthMultiplier: 1, activation: 'sigmoid'}),
        tf.layers.depthwiseConv2d({kernelSize: 2, useBias: false}),
        conv2d({filters: 3, kernelSize: 2, activation: 'relu'}),
        flatten(),
        dense({units: 3}),
      ],
    }),
  'depthwise convolutions with padding': () =>
    tf.sequential({
      layers: [
        conv2d({filters: 5, kernelSize: 2, activation: 'sigmoid', inputShape: [5, 5, 2]}),
        tf.layers.zeroPadding2d({padding: 1}),
        tf.layers.depthwiseConv2d({kernelSize: 3}),
        batchNormalization(),
        tf.layers.reLU(),
        tf.layers.depthwiseConv2d({kernelSize: 2, padding: 'same', activation: 'relu'}),
        conv2d({filters: 4, kernelSize: 1, activation: 'relu'}),
        flatten(),
        dense({units: 3}),
      ],
    }),
  'channels that are moved': () =>
    tf.sequential({
      layers: [
        conv2d({filters: 5, kernelSize: 2, activation: 'tanh', inputShape: [4, 3, 2]}),
        tf.layers.permute({dims: [2, 1, 3]}),
        tf.layers.reshape({targetShape: [6, 5]}),
        tf.layers.conv1d({filters: 4, kernelSize: 2, activation: 'relu'}),
        tf.layers.reshape({targetShape: [20]}),
        tf.layers.alphaDropout({rate: 0.2}),
        dense({units: 3}),
      ],
    }),
  'units that become an image': () =>
    tf.sequential({
      layers: [
        dense({units: 12, activation: 'relu', inputShape: [4]}),
        tf.layers.reshape({targetShape: [2, 3, 2]}),
        conv2d({filters: 4, kernelSize: 2, activation: 'relu'}),
        flatten(),
        dense({units: 3}),
      ],
    }),
  blocks: () =>
    tf.sequential({
      layers: [
        dense({units: 12, activation: 'tanh', inputShape: [4]}),
        pw.layers.blockDense({size: 4}),
        pw.layers.blockDense({size: 2, activation: 'sigmoid'}),
        dense({units: 3}),
      ],
    }),
  'regions and waves': () =>
    tf.sequential({
      layers: [
        regionDense({units: 4, subnets: 6, depth: 3, inputShape: [3]}),
        triangleWave({depth: 2}),
        dense({units: 2, activation: 'softmax'}),
      ],
    }),
  'transforms with a read-out': () =>
    tf.sequential({
      layers: [
        whtProjection({units: 16, seed: 1, randomBias: 0, inputShape: [16]}),
        reluPair(),
        whtProjection({units: 16, seed: 2, randomBias: 0, activation: 'reluPair'}),
        whtProjection({units: 16, seed: 3, randomBias: 0, useBias: true}),
        reluPair(),
        dense({units: 2}),
      ],
    }),
  'transforms alone': () => waves(3, 16, false),
  'dense, then transforms': () =>
    tf.sequential({
      layers: [
        dense({units: 8, activation: 'tanh', inputShape: [4]}),
        wht(8, 2),
        reluPair(),
        wht(8, 3),
        reluPair(),
        dense({units: 2}),
      ],
    }),
  'dense with slopes, then a transform': () =>
    tf.sequential({
      layers: [dense({units: 8, inputShape: [4]}), reluPair(), wht(8, 2), reluPair(), dense({units: 2})],
    }),
  'uneven transforms': () =>
    tf.sequential({
      layers: [
        whtProjection({units: 8, seed: 1, randomBias: 0, inputShape: [4]}),
        reluPair(),
        wht(5, 2),
        reluPair(),
        wht(8, 3),
        reluPair({parametricFraction: 0.5}),
        dense({units: 2}),
      ],
    }),
};

/** Weights in general position; variances stay positive. */
export function randomize<M extends tf.LayersModel>(model: M, seed = 1): M {
  const values = model.getWeights().map((weight, i) => {
    const positive = model.weights[i].originalName.endsWith('variance');
    const data = positive ? uniform(weight.size, seed + i, 0.5, 2) : normal(weight.size, seed + 100 * i);
    return tf.tensor(data, weight.shape);
  });
  model.setWeights(values);
  tf.dispose(values);
  return model;
}

/** What a model makes of fixed random inputs. */
export function outputs(model: tf.LayersModel, count = 50): Float32Array {
  const shape = [count, ...(model.inputs[0].shape.slice(1) as number[])];
  return tf.tidy(() => {
    const x = tf.tensor(normal(tf.util.sizeFromShape(shape), 99), shape);
    return (model.predict(x) as tf.Tensor).dataSync() as Float32Array;
  });
}
