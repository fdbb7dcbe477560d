/** @slow */

import * as tf from '@tensorflow/tfjs';
import {analysis, layers} from 'tfjs-piecewise';
import {useBackend} from '../../support/backend';
import {normal, uniform} from '../../support/random';

useBackend();

const {dense, batchNormalization, layerNormalization, prelu, leakyReLU, conv2d, flatten, globalAveragePooling2d} =
  tf.layers;
const {depthwiseConv2d, separableConv2d, zeroPadding2d} = tf.layers;

/** Weights in general position; variances and slopes stay positive. */
function randomize(model: tf.LayersModel, seed: number): void {
  const values = model.weights.map(({shape, originalName}, i) => {
    const size = tf.util.sizeFromShape(shape as number[]);
    const positive = /variance|gamma|alpha|negative|positive/.test(originalName);
    // Small constants, so that units bend among the samples.
    const factor = /bias|beta|mean/.test(originalName) ? 0.1 : 1;
    const numbers = positive ? uniform(size, seed + i, 0.5, 1.5) : normal(size, 17 * seed + 100 * i);
    return tf.tensor(
      numbers.map((value) => factor * value),
      shape as number[],
    );
  });
  model.setWeights(values);
  tf.dispose(values);
}

/**
 * The rank of the derivatives of the outputs by the trainable weights: eigenvalues of J J' in doubles, of derivatives of float32.
 * Null if there is no clear gap.
 */
function rankOf(model: tf.LayersModel, samples: number): number | null {
  const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const shape = [samples, ...(model.inputs[0].shape.slice(1) as number[])];
  const x = tf.tensor(normal(tf.util.sizeFromShape(shape), 7), shape);
  const rows: Float64Array[] = [];
  const size = tf.tidy(() => (model.predict(x) as tf.Tensor).size) / samples;
  for (let sample = 0; sample < samples; sample++) {
    for (let output = 0; output < size; output++) {
      const row = tf.tidy((): Float32Array => {
        const one = tf.slice(x, sample, 1);
        const value = () => tf.slice(tf.reshape(model.apply(one) as tf.Tensor, [size]), output, 1).asScalar();
        const {grads} = tf.variableGrads(value, variables);
        return Float32Array.from(variables.flatMap(({name}) => [...grads[name].dataSync()]));
      });
      rows.push(Float64Array.from(row));
    }
  }
  x.dispose();
  return gapped(singularValues(rows));
}

/** Lengths of what is left of the rows, by Gram-Schmidt with the largest remainder first: close enough to tell 0 from a number. */
function singularValues(rows: Float64Array[]): number[] {
  const left = rows.map((row) => {
    const length = Math.hypot(...row) || 1;
    return row.map((value) => value / length);
  });
  const values: number[] = [];
  const count = Math.min(left.length, left[0].length);
  for (let k = 0; k < count; k++) {
    const lengths = left.map((row) => Math.hypot(...row));
    const best = lengths.indexOf(Math.max(...lengths));
    values.push(lengths[best]);
    if (lengths[best] < 1e-12) break;
    const pivot = left[best].map((value) => value / lengths[best]);
    for (const row of left) {
      for (let pass = 0; pass < 2; pass++) {
        const along = row.reduce((sum, value, i) => sum + value * pivot[i], 0);
        for (let i = 0; i < row.length; i++) row[i] -= along * pivot[i];
      }
    }
  }
  return values;
}

/** How many are numbers, if the others are a hundred times smaller. */
function gapped(values: number[]): number | null {
  const rank = values.findIndex((value) => value < 1e-5);
  if (rank < 0) return values.length;
  return values[rank - 1] > 100 * values[rank] ? rank : null;
}

const sequential = (...all: tf.layers.Layer[]) => tf.sequential({layers: all});
const first = (units: number, inputs: number, activation?: string, useBias = true) =>
  dense({units, activation: activation as 'relu', useBias, inputShape: [inputs]});

const apply = (layer: tf.layers.Layer, ...values: tf.SymbolicTensor[]) =>
  layer.apply(values.length === 1 ? values[0] : values) as tf.SymbolicTensor;
function branching(build: (x: tf.SymbolicTensor) => tf.SymbolicTensor): tf.LayersModel {
  const inputs = tf.input({shape: [3]});
  return tf.model({inputs, outputs: build(inputs)});
}

/** Models, and whether the count may say that it is not exact. */
const MODELS: [title: string, make: () => tf.LayersModel, open?: boolean][] = [
  ['relu', () => sequential(first(4, 3, 'relu'), dense({units: 2}))],
  ['relu, two layers', () => sequential(first(4, 3, 'relu'), dense({units: 3, activation: 'relu'}), dense({units: 2}))],
  ['tanh', () => sequential(first(4, 3, 'tanh'), dense({units: 2}))],
  ['sigmoid', () => sequential(first(3, 2, 'sigmoid'), dense({units: 2, activation: 'sigmoid'}))],
  ['leaky', () => sequential(first(4, 3), leakyReLU(), dense({units: 2}))],
  ['prelu', () => sequential(first(4, 3), prelu(), dense({units: 2}))],
  ['pairs', () => sequential(first(4, 3), layers.reluPair(), dense({units: 2}))],
  ['pairs with a bias', () => sequential(first(4, 3), layers.reluPair({useBias: true}), dense({units: 2}))],
  [
    'a pair of numbers that only the pair trains',
    () => sequential(first(4, 3, 'relu'), layers.reluPair(), dense({units: 2})),
    true,
  ],
  ['linear 1-5-1', () => sequential(first(5, 1), dense({units: 1}))],
  ['linear 3-5-2', () => sequential(first(5, 3), dense({units: 2}))],
  ['linear 3-2-3', () => sequential(first(2, 3), dense({units: 3}))],
  ['linear without biases', () => sequential(first(4, 3, undefined, false), dense({units: 2, useBias: false}))],
  ['linear, first bias alone', () => sequential(first(4, 3), dense({units: 2, useBias: false}))],
  ['linear, second bias alone', () => sequential(first(4, 3, undefined, false), dense({units: 2}))],
  ['three linear layers', () => sequential(first(4, 3), dense({units: 5}), dense({units: 2})), true],
  ['softmax at the end', () => sequential(first(4, 3, 'relu'), dense({units: 3, activation: 'softmax'}))],
  ['softmax inside', () => sequential(first(4, 3, 'softmax'), dense({units: 3}))],
  [
    'softmax inside, no bias after it',
    () => sequential(first(4, 3, 'softmax'), dense({units: 3, useBias: false})),
    true,
  ],
  [
    'dense, normalization, relu',
    () => sequential(first(4, 3), batchNormalization(), tf.layers.reLU(), dense({units: 2})),
  ],
  ['dense, relu, normalization', () => sequential(first(4, 3, 'relu'), batchNormalization(), dense({units: 2}))],
  [
    'normalization, dense, tanh',
    () => sequential(batchNormalization({inputShape: [3]}), dense({units: 4, activation: 'tanh'}), dense({units: 2})),
  ],
  ['normalization at the end', () => sequential(first(4, 3, 'relu'), dense({units: 2}), batchNormalization())],
  ['normalization between linear maps', () => sequential(first(4, 3), batchNormalization(), dense({units: 2})), true],
  [
    'normalization, no bias before it',
    () => sequential(first(4, 3, undefined, false), batchNormalization(), tf.layers.reLU(), dense({units: 2})),
  ],
  [
    'depthwise convolution between bends',
    () =>
      sequential(
        conv2d({filters: 3, kernelSize: 2, activation: 'relu', inputShape: [5, 5, 1]}),
        depthwiseConv2d({kernelSize: 2, activation: 'relu'}),
        conv2d({filters: 2, kernelSize: 1, activation: 'relu'}),
        flatten(),
        dense({units: 2}),
      ),
  ],
  [
    'depthwise convolutions with normalization and padding, as in MobileNet',
    () =>
      sequential(
        conv2d({filters: 3, kernelSize: 2, useBias: false, inputShape: [4, 4, 1]}),
        batchNormalization(),
        tf.layers.reLU(),
        zeroPadding2d({padding: 1}),
        depthwiseConv2d({kernelSize: 2, useBias: false}),
        batchNormalization(),
        tf.layers.reLU(),
        conv2d({filters: 2, kernelSize: 1, useBias: false}),
        batchNormalization(),
        tf.layers.reLU(),
        globalAveragePooling2d({dataFormat: 'channelsLast'}), // at corners some units bend for no input
        dense({units: 2}),
      ),
  ],
  [
    'windows that see zeros of a padding alone',
    () =>
      sequential(
        conv2d({filters: 2, kernelSize: 2, activation: 'relu', inputShape: [3, 3, 1]}),
        zeroPadding2d({padding: 1}),
        conv2d({filters: 2, kernelSize: 1, activation: 'relu'}),
        flatten(),
        dense({units: 2}),
      ),
    true,
  ],
  [
    'constants before zeros of a padding',
    () =>
      sequential(
        conv2d({filters: 2, kernelSize: 2, activation: 'relu', inputShape: [4, 4, 1]}),
        batchNormalization(),
        zeroPadding2d({padding: 1}),
        depthwiseConv2d({kernelSize: 2, activation: 'relu'}),
        flatten(),
        dense({units: 2}),
      ),
    true,
  ],
  [
    'separable convolution after tanh',
    () =>
      sequential(
        conv2d({filters: 2, kernelSize: 2, activation: 'tanh', inputShape: [4, 4, 1]}),
        separableConv2d({filters: 3, kernelSize: 2, activation: 'tanh', depthMultiplier: 1}),
        flatten(),
        dense({units: 2}),
      ),
  ],
  [
    'depthwise convolution in a line',
    () =>
      sequential(
        conv2d({filters: 2, kernelSize: 2, inputShape: [4, 4, 1]}),
        depthwiseConv2d({kernelSize: 2}),
        flatten(),
        dense({units: 2}),
      ),
    true,
  ],
  ['layer normalization', () => sequential(first(4, 3), layerNormalization(), dense({units: 2})), true],
  [
    'convolution, relu',
    () =>
      sequential(
        conv2d({filters: 3, kernelSize: 2, activation: 'relu', inputShape: [3, 3, 1]}),
        flatten(),
        dense({units: 2}),
      ),
  ],
  [
    'convolution, normalization, leaky, largest',
    () =>
      sequential(
        conv2d({filters: 2, kernelSize: 2, inputShape: [4, 4, 1]}),
        batchNormalization(),
        leakyReLU(),
        tf.layers.maxPooling2d({poolSize: 2, strides: 1}),
        conv2d({filters: 2, kernelSize: 1, activation: 'relu'}),
        flatten(),
        dense({units: 2}),
      ),
  ],
  [
    'blocks',
    () =>
      sequential(first(4, 3, 'relu'), layers.blockDense({size: 2}), layers.blockDense({size: 2}), dense({units: 2})),
    true,
  ],
  ['blocks at the end', () => sequential(first(4, 3, 'tanh'), layers.blockDense({size: 2, activation: 'linear'}))],
  [
    'two layers of blocks at the end',
    () =>
      sequential(
        first(4, 3, 'tanh'),
        layers.blockDense({size: 4, activation: 'tanh'}),
        layers.blockDense({size: 2, activation: 'tanh'}),
      ),
  ],
  [
    'linear blocks',
    () => sequential(first(4, 3), layers.blockDense({size: 2, activation: 'linear'}), dense({units: 2})),
    true,
  ],
  [
    'blocks before softmax',
    () => sequential(first(4, 3, 'tanh'), layers.blockDense({size: 2, activation: 'softmax'}), dense({units: 2})),
    true,
  ],
  [
    'reshaped images',
    () =>
      sequential(
        conv2d({filters: 2, kernelSize: 2, activation: 'relu', inputShape: [3, 3, 1]}),
        tf.layers.reshape({targetShape: [4, 2]}),
        tf.layers.conv1d({filters: 2, kernelSize: 2, activation: 'relu'}),
        tf.layers.reshape({targetShape: [6]}),
        dense({units: 2}),
      ),
  ],
  [
    'images on their side',
    () =>
      sequential(
        conv2d({filters: 2, kernelSize: 2, activation: 'relu', inputShape: [4, 3, 1]}),
        tf.layers.permute({dims: [2, 1, 3]}),
        conv2d({filters: 2, kernelSize: [2, 1], activation: 'relu'}),
        flatten(),
        tf.layers.alphaDropout({rate: 0.1}),
        dense({units: 2}),
      ),
  ],
  [
    'units that become an image',
    () =>
      sequential(
        first(4, 3, 'relu'),
        tf.layers.reshape({targetShape: [2, 2, 1]}),
        conv2d({filters: 2, kernelSize: 2, activation: 'relu'}),
        flatten(),
        dense({units: 2}),
      ),
    true,
  ],
  [
    'channels that become positions',
    () =>
      sequential(
        tf.layers.conv1d({filters: 3, kernelSize: 1, activation: 'relu', inputShape: [4, 2]}),
        tf.layers.permute({dims: [2, 1]}),
        dense({units: 2, activation: 'relu'}),
        flatten(),
        dense({units: 2}),
      ),
    true,
  ],
  [
    'convolution and mean',
    () =>
      sequential(
        conv2d({filters: 2, kernelSize: 2, inputShape: [3, 3, 1]}),
        globalAveragePooling2d({}),
        dense({units: 2}),
      ),
    true,
  ],
  ['pairs of more units than inputs', () => sequential(first(4, 2), layers.reluPair(), dense({units: 1}))],
  ['slopes of more units than inputs', () => sequential(first(4, 2), prelu(), dense({units: 1}))],
  [
    'pairs of more units than inputs, after a transform',
    () => sequential(layers.whtProjection({units: 4, seed: 1, inputShape: [2]}), layers.reluPair(), dense({units: 1})),
    true,
  ],
  [
    'largest of a convolution',
    () =>
      sequential(
        tf.layers.conv1d({filters: 3, kernelSize: 2, inputShape: [6, 1]}),
        tf.layers.globalMaxPooling1d({}),
        dense({units: 2}),
      ),
  ],
  [
    'largest of one number',
    () =>
      sequential(
        tf.layers.conv1d({filters: 3, kernelSize: 1, inputShape: [6, 1]}),
        tf.layers.globalMaxPooling1d({}),
        dense({units: 2}),
      ),
    true,
  ],
  ['relu of one number, without biases', () => sequential(first(3, 1, 'relu', false), dense({units: 1})), true],
  [
    'two transforms with biases',
    () =>
      sequential(
        layers.whtProjection({units: 4, seed: 1, useBias: true, inputShape: [4]}),
        layers.whtProjection({units: 4, seed: 2, useBias: true}),
        dense({units: 2}),
      ),
    true,
  ],
  [
    'relu, normalization, relu',
    () => sequential(first(3, 2, 'relu'), batchNormalization(), tf.layers.reLU(), dense({units: 2})),
    true,
  ],
  [
    'a stream with normalization',
    () =>
      branching((x) => {
        const stream = apply(dense({units: 3}), x);
        const bent = apply(tf.layers.reLU(), apply(batchNormalization(), stream));
        return apply(dense({units: 2}), apply(tf.layers.add(), stream, apply(dense({units: 3}), bent)));
      }),
    true,
  ],
  [
    'normalized branches side by side',
    () =>
      branching((x) => {
        const branches = (['relu', 'tanh'] as const).map((activation) => apply(dense({units: 2, activation}), x));
        return apply(dense({units: 2}), apply(batchNormalization(), apply(tf.layers.concatenate(), ...branches)));
      }),
    true,
  ],
  [
    'one branch twice',
    () =>
      branching((x) => {
        const bent = apply(dense({units: 2, activation: 'relu'}), x);
        return apply(dense({units: 2}), apply(tf.layers.concatenate(), bent, bent));
      }),
    true,
  ],
  [
    'a bent and a linear branch, added',
    () =>
      branching((x) => {
        const bent = apply(dense({units: 3, activation: 'relu'}), x);
        return apply(dense({units: 2}), apply(tf.layers.add(), bent, apply(dense({units: 3}), x)));
      }),
    true,
  ],
  [
    'two constants in the outputs',
    () =>
      branching((x) => {
        const branches = (['relu', 'tanh'] as const).map((activation) =>
          apply(dense({units: 3}), apply(dense({units: 2, activation}), x)),
        );
        return apply(tf.layers.average(), ...branches);
      }),
    true,
  ],
  [
    'pairs beside what they are made of',
    () =>
      branching((x) => {
        const bent = apply(leakyReLU(), apply(dense({units: 3}), x));
        const pairs = apply(layers.reluPair(), apply(dense({units: 2}), bent));
        return apply(dense({units: 2}), apply(tf.layers.concatenate(), pairs, bent));
      }),
    true,
  ],
];

it.each(MODELS)(
  'the continuous symmetries of %s are the weights less the rank of the derivatives',
  async (_, make, open = false) => {
    const found: [count: number, known: number | null][] = [];
    let isExact = true;
    for (const seed of [1, 2, 3, 4]) {
      const model = make();
      randomize(model, seed);
      const parameters = model.trainableWeights.reduce(
        (sum, {shape}) => sum + tf.util.sizeFromShape(shape as number[]),
        0,
      );
      const outputs = tf.util.sizeFromShape(model.outputs[0].shape.slice(1) as number[]);
      const rank = rankOf(model, Math.ceil((2 * parameters) / outputs));
      const {continuous, exact} = analysis.countEquivalentMinima(model);
      isExact &&= exact;
      found.push([continuous, rank === null ? null : parameters - rank]);
      model.dispose();
    }
    const known = found.map(([, dimensions]) => dimensions).filter((dimensions) => dimensions !== null);
    expect(known.length).toBeGreaterThan(0);
    const truth = Math.min(...known);
    if (isExact) expect(found.map(([count]) => count)).toEqual(found.map(() => truth));
    else {
      expect(open).toBe(true);
      for (const [count] of found) expect(count).toBeLessThanOrEqual(truth);
    }
  },
);
