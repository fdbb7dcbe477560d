import * as tf from '@tensorflow/tfjs';
import {layers} from 'tfjs-piecewise';
import {uniform} from '../../support/random';
import {WAVE_MODELS} from './wave_models';

/** Gives every weight of a model a value of its own; variances stay positive. */
export function shuffled<T extends tf.LayersModel>(model: T, seed = 1, size = 0.8): T {
  tf.tidy(() => {
    const values = model.weights.map(({shape, name}, i) => {
      const [low, high] = /variance|gamma/.test(name) ? [0.5, 1.5] : [-size, size];
      const numbers = uniform(tf.util.sizeFromShape(shape as number[]), 100 * seed + i, low, high);
      return tf.tensor(numbers, shape as number[]);
    });
    model.setWeights(values);
  });
  return model;
}

const {dense, conv2d, maxPooling2d, averagePooling2d, batchNormalization, flatten} = tf.layers;

/** Models whose layers are tested against their own predictions. */
export const MODELS: [title: string, make: () => tf.LayersModel][] = [
  ['dense, relu', () => sequential(dense({units: 6, activation: 'relu', inputShape: [3]}), dense({units: 2}))],
  ['dense on the last of two axes', () => sequential(dense({units: 3, activation: 'relu', inputShape: [2, 3]}))],
  ['relu6', () => sequential(dense({units: 5, activation: 'relu6', inputShape: [3]}), dense({units: 1}))],
  ['hardSigmoid', () => sequential(dense({units: 5, activation: 'hardSigmoid', inputShape: [3]}))],
  [
    'activation layers',
    () => sequential(tf.layers.activation({activation: 'relu', inputShape: [3]}), tf.layers.reLU()),
  ],
  ['a bounded reLU', () => sequential(tf.layers.reLU({maxValue: 0.5, inputShape: [4]}), dense({units: 2}))],
  ['leakyReLU', () => sequential(tf.layers.leakyReLU({alpha: -0.5, inputShape: [4]}), dense({units: 2}))],
  ['prelu', () => sequential(dense({units: 5, inputShape: [3]}), tf.layers.prelu(), dense({units: 2}))],
  ['shared prelu', () => sequential(tf.layers.prelu({sharedAxes: [1], inputShape: [2, 3]}), flatten())],
  [
    'reshape, dropout, noise',
    () =>
      sequential(
        tf.layers.reshape({targetShape: [2, 3], inputShape: [6]}),
        tf.layers.dropout({rate: 0.5}),
        tf.layers.gaussianNoise({stddev: 1}),
        dense({units: 2, activation: 'relu'}),
      ),
  ],
  [
    'conv2d and maxPooling2d',
    () =>
      sequential(
        conv2d({filters: 3, kernelSize: [3, 2], activation: 'relu', inputShape: [5, 4, 2]}),
        maxPooling2d({poolSize: 2}),
        flatten(),
        dense({units: 2}),
      ),
  ],
  [
    'conv2d with strides and padding',
    () =>
      sequential(
        conv2d({filters: 2, kernelSize: 3, strides: [2, 1], padding: 'same', useBias: false, inputShape: [5, 4, 1]}),
        tf.layers.reLU(),
        averagePooling2d({poolSize: 2, strides: 1, padding: 'same'}),
      ),
  ],
  [
    'dilated conv2d',
    () =>
      sequential(
        conv2d({filters: 2, kernelSize: 2, dilationRate: [2, 1], activation: 'relu', inputShape: [4, 4, 1]}),
        maxPooling2d({poolSize: [2, 3], strides: [1, 2], padding: 'same'}),
      ),
  ],
  [
    'maxPooling2d on a segment of many cells, after and before a conv2d',
    () =>
      sequential(
        conv2d({filters: 4, kernelSize: 3, activation: 'relu', inputShape: [6, 6, 1]}),
        maxPooling2d({poolSize: 2}),
        conv2d({filters: 3, kernelSize: 2}),
        tf.layers.prelu(),
        flatten(),
        dense({units: 2, activation: 'relu'}),
      ),
  ],
  [
    'global pooling',
    () => sequential(conv2d({filters: 2, kernelSize: 1, inputShape: [2, 2, 1]}), tf.layers.globalMaxPooling2d({})),
  ],
  [
    'global average pooling',
    () =>
      sequential(
        conv2d({filters: 2, kernelSize: 1, activation: 'relu', inputShape: [2, 2, 1]}),
        tf.layers.globalAveragePooling2d({}),
      ),
  ],
  [
    'batchNormalization',
    () =>
      sequential(
        dense({units: 5, inputShape: [3]}),
        batchNormalization(),
        tf.layers.reLU(),
        batchNormalization({center: false, scale: false}),
      ),
  ],
  [
    'batchNormalization of channels',
    () =>
      sequential(
        conv2d({filters: 2, kernelSize: 2, inputShape: [3, 3, 1]}),
        batchNormalization({epsilon: 0.1}),
        tf.layers.reLU(),
        batchNormalization({axis: 3}),
      ),
  ],
  [
    'conv3d and pooling of volumes',
    () =>
      sequential(
        tf.layers.conv3d({filters: 2, kernelSize: 2, activation: 'relu', inputShape: [3, 4, 3, 1]}),
        tf.layers.maxPooling3d({poolSize: [1, 2, 1], strides: 1}),
        tf.layers.averagePooling3d({poolSize: 2, strides: 1, padding: 'same'}),
        flatten(),
      ),
  ],
  [
    'conv2dTranspose',
    () =>
      sequential(
        tf.layers.conv2dTranspose({filters: 2, kernelSize: [3, 2], strides: 2, padding: 'same', inputShape: [2, 3, 2]}),
        tf.layers.reLU(),
        tf.layers.conv2dTranspose({filters: 1, kernelSize: 2, strides: [1, 3], padding: 'valid', activation: 'relu'}),
        flatten(),
      ),
  ],
  [
    'conv3dTranspose',
    () =>
      sequential(
        tf.layers.conv3dTranspose({
          filters: 2,
          kernelSize: 2,
          strides: 2,
          activation: 'relu',
          inputShape: [1, 2, 1, 2],
        }),
        flatten(),
        dense({units: 2}),
      ),
  ],
  [
    'timeDistributed dense, blockDense, conv2d and pooling',
    () =>
      sequential(
        tf.layers.timeDistributed({layer: dense({units: 4, activation: 'relu'}), inputShape: [3, 2]} as never),
        tf.layers.timeDistributed({layer: layers.blockDense({size: 2, activation: 'relu'})}),
        tf.layers.reshape({targetShape: [3, 2, 2, 1]}),
        tf.layers.timeDistributed({layer: conv2d({filters: 2, kernelSize: 2, padding: 'same', activation: 'relu'})}),
        tf.layers.timeDistributed({layer: maxPooling2d({poolSize: 2})}),
        flatten(),
      ),
  ],
  [
    'simpleRNN, forward and back',
    () =>
      sequential(
        tf.layers.simpleRNN({units: 3, activation: 'relu', returnSequences: true, inputShape: [4, 2]}),
        tf.layers.simpleRNN({units: 2, activation: 'relu', goBackwards: true, useBias: false}),
      ),
  ],
  ...[true, false].flatMap((returnSequences) =>
    (['concat', 'sum', 'ave'] as const).map((mergeMode): [string, () => tf.LayersModel] => [
      `bidirectional simpleRNN, ${mergeMode}, sequences ${returnSequences}`,
      () => {
        const layer = tf.layers.simpleRNN({units: 2, activation: 'relu', returnSequences}) as tf.RNN;
        return sequential(tf.layers.bidirectional({layer, mergeMode, inputShape: [4, 2]} as never));
      },
    ]),
  ),
  [
    'bidirectional simpleRNN, the first from the end',
    () => {
      const options = {units: 2, useBias: false, returnSequences: true, goBackwards: true};
      const layer = tf.layers.simpleRNN({...options, activation: 'relu6'}) as tf.RNN;
      return sequential(
        tf.layers.bidirectional({layer, mergeMode: 'concat', inputShape: [3, 2]} as never),
        dense({units: 2}),
      );
    },
  ],
  [
    'channelsFirst',
    () =>
      sequential(
        conv2d({
          filters: 3,
          kernelSize: 2,
          activation: 'relu',
          dataFormat: 'channelsFirst',
          inputShape: [2, 4, 3],
        }),
        maxPooling2d({poolSize: 2, strides: 1, dataFormat: 'channelsFirst'}),
        tf.layers.globalAveragePooling2d({dataFormat: 'channelsFirst'}),
      ),
  ],
  [
    'bilinear upSampling2d',
    () =>
      sequential(
        tf.layers.upSampling2d({size: [2, 3], interpolation: 'bilinear', inputShape: [2, 3, 2]}),
        conv2d({filters: 2, kernelSize: 2, activation: 'relu'}),
        flatten(),
      ),
  ],
  [
    'whtProjection',
    () =>
      sequential(
        layers.whtProjection({units: 6, rounds: 2, seed: 1, useBias: true, activation: 'relu', inputShape: [5]}),
        layers.whtProjection({units: 3, seed: 2, expand: 'pad', contract: 'head', trainableSigns: true}),
      ),
  ],
  [
    'whtProjection on another axis',
    () =>
      sequential(
        layers.whtProjection({
          units: 8,
          axis: 1,
          seed: 3,
          activation: layers.reluPair({sharedAxes: 2}),
          inputShape: [3, 2],
        }),
        layers.whtProjection({units: 5, axis: -2, seed: 4, useBias: true, activation: 'reluPair'}),
      ),
  ],
  [
    'reluPair',
    () =>
      sequential(
        layers.whtProjection({units: 8, seed: 1, activation: 'reluPair', inputShape: [3]}),
        layers.reluPair({parametricFraction: 0.5, fixedGain: 1.4, useBias: true, seed: 2}),
        layers.whtProjection({units: 8, seed: 5}),
        layers.reluPair({parametricFraction: 0, seed: 2}),
        dense({units: 2}),
      ),
  ],
  [
    'reluPair on an image',
    () => sequential(layers.reluPair({sharedAxes: [1, 2], useBias: true, inputShape: [2, 2, 3]}), flatten()),
  ],
  [
    'blockDense',
    () => sequential(layers.blockDense({blocks: 2, size: 3, seed: 1, inputShape: [6]}), dense({units: 2})),
  ],
  [
    'depthwiseConv2d with strides, after a zero padding',
    () =>
      sequential(
        tf.layers.zeroPadding2d({
          padding: [
            [1, 0],
            [0, 2],
          ],
          inputShape: [4, 3, 2],
        }),
        tf.layers.depthwiseConv2d({kernelSize: [3, 2], depthMultiplier: 2, strides: [2, 2], activation: 'relu'}),
        flatten(),
        dense({units: 2}),
      ),
  ],
  [
    'separableConv2d, dilated and padded',
    () =>
      sequential(
        tf.layers.separableConv2d({
          filters: 3,
          kernelSize: 2,
          depthMultiplier: 2,
          dilationRate: [2, 2],
          padding: 'same',
          activation: 'relu',
          inputShape: [4, 4, 2],
        }),
        tf.layers.separableConv2d({filters: 2, kernelSize: 2, strides: [1, 1], useBias: false}),
        tf.layers.reLU(),
      ),
  ],
  [
    'conv1d and poolings of sequences',
    () =>
      sequential(
        tf.layers.conv1d({
          filters: 3,
          kernelSize: 3,
          strides: 2,
          padding: 'same',
          activation: 'relu',
          inputShape: [9, 2],
        }),
        tf.layers.maxPooling1d({poolSize: 2, strides: 1}),
        tf.layers.conv1d({filters: 2, kernelSize: 2, dilationRate: 2}),
        tf.layers.reLU(),
        tf.layers.averagePooling1d({poolSize: 2, strides: 1, padding: 'same'}),
      ),
  ],
  [
    'global pooling of sequences',
    () =>
      sequential(
        tf.layers.conv1d({filters: 3, kernelSize: 2, activation: 'relu', inputShape: [5, 2]}),
        tf.layers.globalMaxPooling1d({}),
      ),
  ],
  [
    'global average pooling of sequences, spatial dropout',
    () =>
      sequential(
        tf.layers.conv1d({filters: 3, kernelSize: 2, activation: 'relu', inputShape: [5, 2]}),
        tf.layers.spatialDropout1d({rate: 0.5}),
        tf.layers.globalAveragePooling1d({}),
      ),
  ],
  [
    'upSampling2d and cropping2D',
    () =>
      sequential(
        conv2d({filters: 2, kernelSize: 2, activation: 'relu', inputShape: [3, 3, 1]}),
        tf.layers.upSampling2d({size: [2, 3]}),
        tf.layers.cropping2D({
          cropping: [
            [1, 0],
            [2, 1],
          ],
        }),
        conv2d({filters: 1, kernelSize: 2}),
        tf.layers.reLU(),
      ),
  ],
  [
    'permute and repeatVector',
    () =>
      sequential(
        dense({units: 3, inputShape: [2]}),
        tf.layers.repeatVector({n: 2}),
        dense({units: 4, activation: 'relu'}),
        tf.layers.reshape({targetShape: [2, 2, 2]}),
        tf.layers.permute({dims: [3, 1, 2]}),
        layers.reluPair(),
      ),
  ],
  [
    'rescaling',
    () => {
      const {rescaling} = tf.layers as unknown as {rescaling(args: object): tf.layers.Layer};
      return sequential(rescaling({scale: 2, offset: -0.5, inputShape: [3]}), dense({units: 3, activation: 'relu'}));
    },
  ],
  ['average, maximum and minimum', merged],
  ['a residual block', residual],
  ['concatenated branches', branches],
  ['a layer used twice', twice],
  ['the second output of a model in a model', secondOutput],
  [
    'a model in a model',
    () => sequential(sequential(dense({units: 3, activation: 'relu', inputShape: [2]})), dense({units: 2})),
  ],
  ...WAVE_MODELS,
];

function sequential(...all: tf.layers.Layer[]): tf.Sequential {
  return tf.sequential({layers: all});
}

type Symbolic = tf.SymbolicTensor;

function residual(): tf.LayersModel {
  const input = tf.input({shape: [3]});
  const bent = dense({units: 3, activation: 'relu'}).apply(input);
  const sum = tf.layers.add().apply([input, bent as Symbolic, bent as Symbolic]);
  return tf.model({inputs: input, outputs: tf.layers.reLU().apply(sum) as Symbolic});
}

function branches(): tf.LayersModel {
  const input = tf.input({shape: [2, 3]});
  const one = dense({units: 2, activation: 'relu'}).apply(input) as Symbolic;
  const two = layers.reluPair().apply(input) as Symbolic;
  const last = tf.layers.concatenate().apply([one, two, input]) as Symbolic;
  const first = tf.layers.concatenate({axis: 1}).apply([last, last]) as Symbolic;
  return tf.model({inputs: input, outputs: dense({units: 1, activation: 'relu'}).apply(first) as Symbolic});
}

function merged(): tf.LayersModel {
  const input = tf.input({shape: [3]});
  const parts = () => [1, 2, 3].map(() => dense({units: 2, activation: 'relu'}).apply(input) as Symbolic);
  const merges = [tf.layers.average(), tf.layers.maximum(), tf.layers.minimum()];
  const all = merges.map((merge) => merge.apply(parts()) as Symbolic);
  return tf.model({inputs: input, outputs: tf.layers.concatenate().apply(all) as Symbolic});
}

function twice(): tf.LayersModel {
  const shared = dense({units: 3, activation: 'relu'});
  const input = tf.input({shape: [3]});
  const outputs = shared.apply(shared.apply(input)) as Symbolic;
  return tf.model({inputs: input, outputs});
}

function secondOutput(): tf.LayersModel {
  const inner = tf.input({shape: [3]});
  const outputs = [1, 2].map((units) => dense({units, activation: 'relu'}).apply(inner) as Symbolic);
  const nested = tf.model({inputs: inner, outputs});
  const input = tf.input({shape: [3]});
  const [, second] = nested.apply(input) as Symbolic[];
  return tf.model({inputs: input, outputs: dense({units: 2}).apply(second) as Symbolic});
}
