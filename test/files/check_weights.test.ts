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
  expect(missingWeights(topology(everyLayer()), [])).toBeNull();
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
