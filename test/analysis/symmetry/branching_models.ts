import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';

const {dense, conv2d, add, concatenate, batchNormalization, reLU, flatten} = tf.layers;

type Value = tf.SymbolicTensor;

/** A layer on one value, or on several. */
const on = (layer: tf.layers.Layer, ...values: Value[]) =>
  layer.apply(values.length === 1 ? values[0] : values) as Value;

function model(shape: number[], build: (input: Value) => Value | Value[]): tf.LayersModel {
  const inputs = tf.input({shape});
  return tf.model({inputs, outputs: build(inputs)});
}

type Activation = 'relu' | 'tanh' | 'sigmoid' | 'gelu';

/** Two blocks on a stream of 6 units, with `between` after each sum. */
const residual = (inner: Activation, between: (value: Value) => Value) =>
  model([4], (x) => {
    let stream = on(dense({units: 6}), x);
    for (const units of [5, 3]) {
      const bent = on(dense({units, activation: inner}), stream);
      stream = between(on(add(), stream, on(dense({units: 6}), bent)));
    }
    return on(dense({units: 2}), stream);
  });

const activated = (activation: Activation) => (value: Value) => on(tf.layers.activation({activation}), value);

/** Models with branches by name, and their symmetries: permutations, changes of sign, continuous dimensions, exact. */
export const BRANCHING: [name: string, make: () => tf.LayersModel, bigint, bigint, number, boolean][] = [
  ['residual, relu', () => residual('relu', activated('relu')), 518400n, 1n, 14, false],
  ['residual, tanh', () => residual('tanh', activated('tanh')), 518400n, 2n ** 14n, 0, false],
  ['residual, sigmoid in the blocks', () => residual('sigmoid', activated('gelu')), 518400n, 2n ** 8n, 0, false],
  ['residual, sigmoid in the stream', () => residual('gelu', activated('sigmoid')), 518400n, 1n, 0, false],
  ['residual, a linear stream', () => residual('relu', (value) => value), 518400n, 2n ** 6n, 36 + 8, false],
  [
    'a block on the input',
    () => model([4], (x) => on(add(), x, on(dense({units: 4}), on(dense({units: 5, activation: 'relu'}), x)))),
    120n,
    1n,
    5,
    true,
  ],
  ['convolutions with normalization', convolutions, 24n * 6n, 2n ** 11n, 7 + 6, false],
  ['concatenated branches', concatenated, 24n * 6n * 120n * 2n, 2n ** 16n, 9, false],
  [
    'one space twice in a concatenation',
    () =>
      model([3], (x) => {
        const z = on(dense({units: 4}), x);
        return on(dense({units: 2}), on(concatenate(), on(reLU(), z), z));
      }),
    24n,
    1n,
    4,
    false,
  ],
  [
    'the input among concatenated channels',
    () => model([3], (x) => on(dense({units: 2}), on(concatenate(), x, on(dense({units: 4, activation: 'relu'}), x)))),
    24n,
    1n,
    4,
    false,
  ],
  ['images side by side', sideBySide, 24n, 1n, 4, true],
  ['a pair in a stream', pairs, 24n * 120n, 2n ** (4n + 4n + 10n), 18, false],
  ['a transform in a block', transform, 2n, 1n, 2, false],
  [
    'a chain of the functional kind',
    () => model([3], (x) => on(dense({units: 2}), on(dense({units: 4, activation: 'tanh'}), x))),
    24n,
    16n,
    0,
    true,
  ],
  ['a model in a model', nested, 24n * 120n, 2n ** 9n, 0, true],
  ['two outputs', twoOutputs, 24n, 2n ** 4n, 0, true],
];

function convolutions(): tf.LayersModel {
  return model([5, 5, 2], (image) => {
    const conv = (filters: number) => conv2d({filters, kernelSize: 3, padding: 'same'});
    const stem = on(reLU(), on(batchNormalization(), on(conv(4), image)));
    const inner = on(reLU(), on(batchNormalization(), on(conv(3), stem)));
    const sum = on(add(), stem, on(batchNormalization(), on(conv(4), inner)));
    return on(dense({units: 2}), on(flatten(), on(tf.layers.maxPooling2d({poolSize: 2}), on(reLU(), sum))));
  });
}

function concatenated(): tf.LayersModel {
  return model([3], (x) => {
    const tanh = on(dense({units: 4, activation: 'tanh'}), x);
    const relu = on(dense({units: 3, activation: 'relu'}), x);
    const both = on(batchNormalization(), on(concatenate(), tanh, relu));
    const third = on(dense({units: 5, activation: 'tanh'}), both);
    const all = on(concatenate(), third, both, on(dense({units: 2, activation: 'relu'}), both));
    return on(dense({units: 2}), all);
  });
}

function sideBySide(): tf.LayersModel {
  return model([4, 4, 1], (image) => {
    const [left, right] = [1, 2].map((kernelSize) => on(conv2d({filters: 4, kernelSize, padding: 'same'}), image));
    return on(dense({units: 2}), on(flatten(), on(reLU(), on(concatenate({axis: 2}), left, right))));
  });
}

function pairs(): tf.LayersModel {
  return model([3], (x) => {
    const bent = on(pw.layers.reluPair(), on(dense({units: 4}), x));
    const inner = on(pw.layers.reluPair(), on(dense({units: 5}), bent));
    return on(dense({units: 2}), on(add(), bent, on(dense({units: 4}), inner)));
  });
}

function transform(): tf.LayersModel {
  return model([8], (x) => {
    const bent = on(pw.layers.reluPair(), on(pw.layers.whtProjection({units: 8, seed: 1}), x));
    const sum = on(add(), x, on(pw.layers.whtProjection({units: 8, seed: 2}), bent));
    const joined = on(add(), sum, on(pw.layers.reluPair(), sum));
    return on(dense({units: 2}), on(concatenate(), joined, on(dense({units: 2, activation: 'relu'}), sum)));
  });
}

function nested(): tf.LayersModel {
  const inner = tf.sequential({layers: [dense({units: 4, activation: 'tanh', inputShape: [3]}), dense({units: 5})]});
  return model([3], (x) => on(dense({units: 2}), activated('tanh')(on(inner, x))));
}

function twoOutputs(): tf.LayersModel {
  return model([3], (x) => {
    const shared = on(dense({units: 4, activation: 'tanh'}), x);
    return [on(dense({units: 2}), shared), on(dense({units: 1}), shared)];
  });
}
