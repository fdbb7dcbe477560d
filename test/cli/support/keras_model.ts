import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

interface Weight {
  name: string;
  shape: number[];
  values: number[];
}

/** Writes a folder as `tensorflowjs_converter --input_format keras` does: names in snake_case, one shard. */
export function writeKerasModel(folder: string, layers: object[], weights: Weight[]): void {
  mkdirSync(folder, {recursive: true});
  const manifest = weights.map(({name, shape}) => ({name, shape, dtype: 'float32'}));
  const document = {
    format: 'layers-model',
    generatedBy: 'keras v2.15.0',
    convertedBy: 'TensorFlow.js Converter v4.22.0',
    modelTopology: {
      keras_version: '2.15.0',
      backend: 'tensorflow',
      model_config: {class_name: 'Sequential', config: {name: 'sequential', layers}},
    },
    weightsManifest: [{paths: ['group1-shard1of1.bin'], weights: manifest}],
  };
  writeFileSync(join(folder, 'model.json'), JSON.stringify(document));
  writeFileSync(join(folder, 'group1-shard1of1.bin'), Float32Array.from(weights.flatMap(({values}) => values)));
}

const initializers = {
  kernel_initializer: {class_name: 'GlorotUniform', config: {seed: null}},
  bias_initializer: {class_name: 'Zeros', config: {}},
  kernel_regularizer: null,
  bias_regularizer: null,
  activity_regularizer: null,
  kernel_constraint: null,
  bias_constraint: null,
};

const dense = (name: string, units: number, activation: string, more = {}) => ({
  class_name: 'Dense',
  config: {name, trainable: true, dtype: 'float32', units, activation, use_bias: true, ...initializers, ...more},
});

/** relu(x) - 2 relu(x - 1/2): breakpoints at 0 and 1/2. */
export function writeTent(folder: string): void {
  const layers = [dense('hidden', 2, 'relu', {batch_input_shape: [null, 1]}), dense('tent', 1, 'linear')];
  writeKerasModel(folder, layers, [
    {name: 'hidden/kernel', shape: [1, 2], values: [1, 1]},
    {name: 'hidden/bias', shape: [2], values: [0, -0.5]},
    {name: 'tent/kernel', shape: [2, 1], values: [1, -2]},
    {name: 'tent/bias', shape: [1], values: [0]},
  ]);
}

const nonNegative = {class_name: 'NonNeg', config: {}};

/** Images of 3 x 3: a convolution with 2 filters of 2 x 2, ReLU, normalization, and a sum. */
export function writeConvolution(folder: string): void {
  const conv = {
    class_name: 'Conv2D',
    config: {
      name: 'conv',
      trainable: true,
      batch_input_shape: [null, 3, 3, 1],
      dtype: 'float32',
      filters: 2,
      kernel_size: [2, 2],
      strides: [1, 1],
      padding: 'valid',
      data_format: 'channels_last',
      dilation_rate: [1, 1],
      groups: 1,
      activation: 'relu',
      use_bias: true,
      ...initializers,
    },
  };
  const ones = {class_name: 'Ones', config: {}};
  const normalization = {
    class_name: 'BatchNormalization',
    config: {
      name: 'normal',
      trainable: true,
      dtype: 'float32',
      axis: [3],
      momentum: 0.99,
      epsilon: 0.001,
      center: true,
      scale: true,
      beta_initializer: initializers.bias_initializer,
      gamma_initializer: ones,
      moving_mean_initializer: initializers.bias_initializer,
      moving_variance_initializer: ones,
      beta_regularizer: null,
      gamma_regularizer: null,
      beta_constraint: null,
      gamma_constraint: null,
    },
  };
  const flatten = {class_name: 'Flatten', config: {name: 'flatten', trainable: true, data_format: 'channels_last'}};
  writeKerasModel(
    folder,
    [conv, normalization, flatten, dense('sum', 1, 'linear', {kernel_constraint: nonNegative})],
    [
      {name: 'conv/kernel', shape: [2, 2, 1, 2], values: [1, -1, 0.5, 2, -0.25, 1, 0.75, -0.5]},
      {name: 'conv/bias', shape: [2], values: [0.1, -0.1]},
      {name: 'normal/gamma', shape: [2], values: [0.5, 2]},
      {name: 'normal/beta', shape: [2], values: [0.25, -1]},
      {name: 'normal/moving_mean', shape: [2], values: [0.125, -0.5]},
      {name: 'normal/moving_variance', shape: [2], values: [1.5, 0.75]},
      {name: 'sum/kernel', shape: [8, 1], values: [1, 2, 3, 4, 5, 6, 7, 8]},
      {name: 'sum/bias', shape: [1], values: [0]},
    ],
  );
}
