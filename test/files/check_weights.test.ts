import * as tf from '@tensorflow/tfjs';
import {layers} from 'tfjs-piecewise';
import {missingWeights, numbersNeeded} from '../../src/files/check_weights';
import {everyLayer} from '../interop/support/every_layer';

beforeAll(() => tf.setBackend('cpu'));

const topology = (model: tf.LayersModel): object => model.toJSON(null, false) as object;
const sequential = (...list: tf.layers.Layer[]) => tf.sequential({layers: list});
const {dense} = tf.layers;

/** Nearly all of these weights are in kernels, whose sizes follow from the options and the shapes before. */
const HONEST: [string, () => tf.LayersModel][] = [
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

it.each(HONEST)('%s: at most the weights that there are, and most of them', (_, make) => {
  const model = make();
  const {total} = numbersNeeded(topology(model));
  expect(total).toBeLessThanOrEqual(model.countParams());
  expect(total).toBeGreaterThan(0.45 * model.countParams());
});

it('takes every layer', () => {
  const model = everyLayer();
  const shape = [model.countParams()];
  expect(missingWeights(topology(model), [{paths: [], weights: [{name: 'all', shape, dtype: 'float32'}]}])).toBeNull();
});

const layer = (class_name: string, config: object, ...before: string[]) => ({
  class_name,
  name: (config as {name?: string}).name,
  config,
  inbound_nodes: [before.map((name) => [name, 0, 0, {}])],
});
const model = (...list: [string, object][]) => ({
  class_name: 'Sequential',
  config: {layers: list.map(([class_name, config]) => ({class_name, config}))},
});
const input = {batch_input_shape: [null, 64]};

const HOSTILE: [string, object][] = [
  ['a layer behind a projection', model(['WHTProjection', {units: 2 ** 24, ...input}], ['Dense', {units: 10}])],
  ['units of many inputs', model(['Dense', {units: 2 ** 24, ...input}])],
  ['two wide ones', model(['Dense', {units: 2 ** 16, ...input}], ['ReLU', {}], ['Dense', {units: 2 ** 16}])],
  [
    'an image',
    model(
      ['Conv2D', {filters: 1, kernel_size: [1, 1], batch_input_shape: [null, 4096, 4096, 1]}],
      ['Flatten', {}],
      ['Dense', {units: 10}],
    ),
  ],
  [
    'an input',
    model(
      ['InputLayer', {batch_input_shape: [null, 4096, 4096]}],
      ['Reshape', {target_shape: [-1]}],
      ['Dense', {units: 10}],
    ),
  ],
  ['signs of many rounds', model(['WHTProjection', {units: 2 ** 20, rounds: 1000, ...input}])],
  [
    'many layers',
    model(
      ['WHTProjection', {units: 2 ** 24, ...input}],
      ...Array.from({length: 9}, (): [string, object] => ['ReLUPair', {}]),
    ),
  ],
  [
    'a layer in a layer',
    model([
      'TimeDistributed',
      {layer: {class_name: 'Dense', config: {units: 2 ** 22}}, batch_input_shape: [null, 3, 64]},
    ]),
  ],
  ['a model in a model', model(['Sequential', model(['Dense', {units: 2 ** 22, ...input}]).config])],
  ['a list as the model in a model', model(['Sequential', model(['Dense', {units: 2 ** 22, ...input}]).config.layers])],
  ...(
    [
      ['ZeroPadding2D', {padding: [1000, 1000]}],
      ['UpSampling2D', {size: [2000, 2000]}],
      ['Resizing', {height: 4000, width: 4000}],
      ['Conv2DTranspose', {filters: 1, kernel_size: [1, 1], strides: [3000, 3000]}],
      ['ConvLSTM2D', {filters: 2 ** 13, kernel_size: [2, 2], batch_input_shape: [null, 2, 4, 4, 4]}],
      ['SeparableConv2D', {filters: 2 ** 14, kernel_size: [1, 1], depth_multiplier: 2 ** 14}],
      ['DepthwiseConv2D', {kernel_size: [1, 1], depth_multiplier: 2 ** 24}],
      ['Bidirectional', {layer: {class_name: 'LSTM', config: {units: 6000}}, batch_input_shape: [null, 3, 2]}],
      ['GlobalAveragePooling2D', {batch_input_shape: [null, 1, 1, 2 ** 24]}],
      ['Cropping2D', {cropping: 0, batch_input_shape: [null, 4096, 4096, 1]}],
      ['Permute', {dims: [2, 1], batch_input_shape: [null, 1, 2 ** 24]}],
      ['CategoryEncoding', {num_tokens: 2 ** 24, batch_input_shape: [null, 1]}],
      ['WHTProjection', {units: 2 ** 20, axis: 1, batch_input_shape: [null, 2, 64]}],
      ['PReLU', {batch_input_shape: [null, 2 ** 12, 2 ** 13]}],
      ['MaxPooling2D', {pool_size: 1, data_format: 'channels_first', batch_input_shape: [null, 1, 4096, 4096]}],
    ] as [string, object][]
  ).map(([name, config]): [string, object] => [
    `${name} and what is behind it`,
    model([name, {batch_input_shape: [null, 1, 1, 4], ...config}], ['Flatten', {}], ['Dense', {units: 10}]),
  ]),
  [
    'a cell of cells',
    model([
      'RNN',
      {
        cell: {
          class_name: 'StackedRNNCells',
          config: {cells: [1, 2].map(() => ({class_name: 'LSTMCell', config: {units: 6000}}))},
        },
        batch_input_shape: [null, 3, 2],
      },
    ]),
  ],
  [
    'layers in the wrong order, in a model of Keras',
    {
      model_config: {
        class_name: 'Functional',
        config: {
          layers: [
            layer('Dense', {name: 'c', units: 10}, 'b'),
            layer('WHTProjection', {name: 'b', units: 2 ** 24}, 'a'),
            {...layer('InputLayer', {name: 'a', ...input}), inbound_nodes: []},
          ],
        },
      },
    },
  ],
];

it.each(HOSTILE)('refuses %s, if the file has fewer weights', (_, hostile) => {
  const small = [{paths: [], weights: [{name: 'a', shape: [64, 10], dtype: 'float32'}]}];
  expect(missingWeights(hostile, small)).toMatch(
    /^its layers need at least \d{8,} numbers, .* the weightsManifest has 640$/,
  );
  const {total} = numbersNeeded(hostile);
  expect(missingWeights(hostile, [{paths: [], weights: [{name: 'a', shape: [total], dtype: 'float32'}]}])).toBeNull();
});

it('takes no weights from seeds but those of layers that draw them', () => {
  const small = [{paths: [], weights: [{name: 'l/kernel', shape: [64, 9], dtype: 'float32'}]}];
  const kernel = model(['Dense', {units: 10, ...input}]);
  expect(missingWeights(kernel, small)).toMatch(/at least 640 numbers/);
  expect(missingWeights(kernel, undefined)).toBeNull(); // a model without weights
  expect(missingWeights(model(['WHTProjection', {units: 2 ** 20, ...input}]), small)).toBeNull();
});

it('goes through 20,000 layers in a row, listed from the last to the first', () => {
  const row = Array.from({length: 20_000}, (_, i) => layer('Dense', {name: `d${i}`, units: 2}, `d${i - 1}`));
  const first = {...layer('InputLayer', {name: 'd-1', ...input}), inbound_nodes: []};
  const {total} = numbersNeeded({class_name: 'Model', config: {layers: [...row.reverse(), first]}});
  expect(total).toBe(64 * 2 + 4 * 19_999);
});

it('goes round no circle, and over no nonsense', () => {
  const circle = {
    class_name: 'Model',
    config: {layers: [layer('Dense', {name: 'a', units: 3}, 'b'), layer('ReLU', {name: 'b'}, 'a')]},
  };
  expect(numbersNeeded(circle).total).toBe(3);
  for (const value of [
    null,
    3,
    [],
    {config: null},
    {config: {layers: [null, 3, {config: [1]}]}},
    {config: [{inbound_nodes: 3}]},
  ]) {
    expect(numbersNeeded(value).total).toBe(0);
  }
});
