/** Networks for images of 32 x 32 x 3 as people have them: of MobileNet's parts, and of ResNet's. */

import * as tf from '@tensorflow/tfjs';

const {randomNormal, randomUniform, heNormal} = tf.initializers;

/** The seeds of one network, one after the other. */
class Parts {
  private seed = 0;

  convolution(filters: number, kernelSize: number, strides = 1, padding: 'same' | 'valid' = 'same') {
    const kernelInitializer = heNormal({seed: ++this.seed});
    return tf.layers.conv2d({filters, kernelSize, strides, padding, useBias: false, kernelInitializer});
  }

  depthwise(strides: number) {
    const padding = strides === 1 ? 'same' : 'valid';
    const depthwiseInitializer = heNormal({seed: ++this.seed});
    return tf.layers.depthwiseConv2d({kernelSize: 3, strides, padding, useBias: false, depthwiseInitializer});
  }

  /** With averages and scales as training leaves them. */
  normalization() {
    const around = () => randomUniform({minval: 0.5, maxval: 1.5, seed: ++this.seed});
    const beside = () => randomNormal({stddev: 0.2, seed: ++this.seed});
    return tf.layers.batchNormalization({
      gammaInitializer: around(),
      betaInitializer: beside(),
      movingMeanInitializer: beside(),
      movingVarianceInitializer: around(),
    });
  }

  dense(units: number) {
    return tf.layers.dense({units, kernelInitializer: heNormal({seed: ++this.seed})});
  }
}

type Value = tf.SymbolicTensor;

const through = (x: Value, ...layers: tf.layers.Layer[]): Value =>
  layers.reduce((value, layer) => layer.apply(value) as Value, x);

const ended = (x: Value, parts: Parts): Value =>
  through(x, tf.layers.globalAveragePooling2d({dataFormat: 'channelsLast'}), parts.dense(10));

/** Depthwise and pointwise convolutions in turn, 20 layers with weights that are multiplied, normalization and relu6. */
function mobile(): tf.LayersModel {
  const parts = new Parts();
  const active = () => [parts.normalization(), tf.layers.reLU({maxValue: 6})];
  const input = tf.input({shape: [32, 32, 3]});
  let x = through(input, parts.convolution(8, 3), ...active());
  const blocks = [
    [16, 1],
    [32, 2],
    [32, 1],
    [64, 2],
    [64, 1],
    [64, 1],
    [64, 1],
    [128, 2],
    [128, 1],
  ];
  for (const [filters, strides] of blocks) {
    if (strides > 1)
      x = through(
        x,
        tf.layers.zeroPadding2d({
          padding: [
            [0, 1],
            [0, 1],
          ],
        }),
      );
    x = through(x, parts.depthwise(strides), ...active(), parts.convolution(filters, 1), ...active());
  }
  return tf.model({inputs: input, outputs: ended(x, parts)});
}

/** Zero padding, pairs of convolutions, and what is beside them added: 13 convolutions and two of 1x1 beside. */
function residual(): tf.LayersModel {
  const parts = new Parts();
  const input = tf.input({shape: [32, 32, 3]});
  const padding = tf.layers.zeroPadding2d({padding: 1});
  let x = through(input, padding, parts.convolution(16, 3, 1, 'valid'), parts.normalization(), tf.layers.reLU());
  for (const [filters, strides] of [
    [16, 1],
    [16, 1],
    [32, 2],
    [32, 1],
    [64, 2],
    [64, 1],
  ]) {
    const first = [parts.convolution(filters, 3, strides), parts.normalization(), tf.layers.reLU()];
    const inside = through(x, ...first, parts.convolution(filters, 3), parts.normalization());
    const beside = strides > 1 ? through(x, parts.convolution(filters, 1, strides), parts.normalization()) : x;
    x = through(tf.layers.add().apply([inside, beside]) as Value, tf.layers.reLU());
  }
  return tf.model({inputs: input, outputs: ended(x, parts)});
}

export const NETWORKS = {
  'MobileNet-like: depthwise, relu6': mobile,
  'ResNet-like: zero padding, add': residual,
};

export type NetworkName = keyof typeof NETWORKS;
