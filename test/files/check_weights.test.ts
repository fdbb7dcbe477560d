import * as tf from '@tensorflow/tfjs';
import {missingWeights, numbersNeeded} from '../../src/files/topology/check_weights';
import {everyLayer} from '../interop/support/every_layer';
import {HONEST} from './support/honest_models';

beforeAll(() => tf.setBackend('cpu'));

const topology = (model: tf.LayersModel): object => model.toJSON(null, false) as object;

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
  ['a layer after a projection', model(['WHTProjection', {units: 2 ** 24, ...input}], ['Dense', {units: 10}])],
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
    `${name} and what comes after it`,
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
