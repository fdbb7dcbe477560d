import * as tf from '@tensorflow/tfjs';
import {layers} from 'tfjs-piecewise';

const sequential = (...list: tf.layers.Layer[]) => tf.sequential({layers: list});
const {dense} = tf.layers;

/** Nearly all of these weights are in kernels, whose sizes follow from the options and the shapes before. */
export const HONEST: [string, () => tf.LayersModel][] = [
  ['dense', () => sequential(dense({units: 50, inputShape: [20]}), dense({units: 30}))],
  [
    'images',
    () =>
      sequential(
        tf.layers.conv2d({filters: 8, kernelSize: [3, 2], strides: 2, padding: 'same', inputShape: [15, 14, 3]}),
        tf.layers.maxPooling2d({poolSize: 2}),
        tf.layers.conv2d({filters: 6, kernelSize: 3, dilationRate: 1}),
        tf.layers.flatten(),
        dense({units: 40}),
      ),
  ],
  [
    'channels first',
    () =>
      sequential(tf.layers.conv2d({filters: 30, kernelSize: 3, dataFormat: 'channelsFirst', inputShape: [30, 90, 90]})),
  ],
  [
    'a sequence',
    () =>
      sequential(
        tf.layers.embedding({inputDim: 100, outputDim: 8, inputLength: 5}),
        tf.layers.bidirectional({layer: tf.layers.gru({units: 6}) as tf.RNN, mergeMode: 'concat'}),
      ),
  ],
  ['lstm', () => sequential(tf.layers.lstm({units: 9, inputShape: [5, 7]}))],
  [
    'a cell',
    () => sequential(tf.layers.rnn({cell: tf.layers.simpleRNNCell({units: 9}), inputShape: [5, 7]}) as tf.RNN),
  ],
  [
    'in time',
    () => sequential(tf.layers.timeDistributed({layer: dense({units: 9}), inputShape: [5, 7]}), dense({units: 20})),
  ],
  ['a model in a model', () => sequential(sequential(dense({units: 30, inputShape: [10]})), dense({units: 40}))],
  [
    'branches',
    () => {
      const x = tf.input({shape: [10]});
      const both = [40, 50].map((units) => dense({units}).apply(x) as tf.SymbolicTensor);
      const y = dense({units: 30}).apply(tf.layers.concatenate().apply(both)) as tf.SymbolicTensor;
      return tf.model({inputs: x, outputs: y});
    },
  ],
  [
    'images, larger and smaller',
    () =>
      sequential(
        tf.layers.zeroPadding2d({
          padding: [
            [1, 2],
            [0, 3],
          ],
          inputShape: [9, 8, 3],
        }),
        tf.layers.conv2dTranspose({filters: 5, kernelSize: 4, strides: 2}),
        tf.layers.depthwiseConv2d({kernelSize: 3, depthMultiplier: 4}),
        tf.layers.upSampling2d({size: [2, 3]}),
        tf.layers.cropping2D({
          cropping: [
            [1, 2],
            [3, 4],
          ],
        }),
        tf.layers.separableConv2d({filters: 20, kernelSize: 2, strides: 3}),
        tf.layers.prelu({sharedAxes: [1, 2]}),
        tf.layers.permute({dims: [3, 1, 2]}),
        tf.layers.flatten(),
        dense({units: 9}),
      ),
  ],
  [
    'layers that are used on two shapes',
    () => {
      const [small, large] = [2, 50].map((length) => tf.input({shape: [length, 6]}));
      const flatten = tf.layers.flatten();
      const [first, second] = [large, small].map((x) => flatten.apply(x) as tf.SymbolicTensor);
      const outputs = [dense({units: 3}).apply(second), dense({units: 7}).apply(first)] as tf.SymbolicTensor[];
      return tf.model({inputs: [small, large], outputs});
    },
  ],
  [
    'sequences, merges and a functional model inside',
    () => {
      const inner = tf.input({shape: [4, 6]});
      const both = tf.layers.bidirectional({
        layer: tf.layers.lstm({units: 5, returnSequences: true}) as tf.RNN,
        mergeMode: 'concat',
      });
      const core = tf.model({inputs: inner, outputs: both.apply(inner) as tf.SymbolicTensor});
      const x = tf.input({shape: [4, 6]});
      const y = core.apply(x) as tf.SymbolicTensor;
      const pooled = tf.layers.globalMaxPooling1d({}).apply(y) as tf.SymbolicTensor;
      const dot = tf.layers.dot({axes: 2}).apply([y, y]) as tf.SymbolicTensor;
      const joined = tf.layers.concatenate({axis: 1}).apply([y, y]) as tf.SymbolicTensor;
      const flat = [dot, joined].map((each) => tf.layers.flatten().apply(each) as tf.SymbolicTensor);
      const ends = [pooled, ...flat].map((each) => dense({units: 8}).apply(each) as tf.SymbolicTensor);
      return tf.model({inputs: x, outputs: ends});
    },
  ],
  [
    'ours',
    () =>
      sequential(
        layers.whtProjection({units: 64, trainableSigns: true, inputShape: [64]}),
        layers.reluPair(),
        layers.regionDense({units: 16, subnets: 16, depth: 2}),
        layers.blockDense({size: 4}),
        layers.triangleWave({depth: 4}),
      ),
  ],
];
