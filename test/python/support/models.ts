import * as tf from '@tensorflow/tfjs';
import {layers} from 'tfjs-piecewise';
import {ROWS} from '../../layers/layer_cases';
import {uniform} from '../../support/random';

/** A model of tfjs that the Keras bridge is compared with. */
export interface Fixture {
  name: string;
  title: string;
  make(): tf.LayersModel;
  /** Whole numbers from 0 on, for layers that look them up; otherwise numbers in [-1, 2). */
  integers?: number;
  /** False where tfjs has none, or wrong ones. */
  derivatives?: boolean;
}

const {blockDense, reluPair, regionDense, triangleWave, whtProjection} = layers;
const L = tf.layers;

const sequential = (...stack: tf.layers.Layer[]) => tf.sequential({layers: stack});

/** Every row of the conformance table of the layers. */
const OWN: Fixture[] = ROWS.map(({title, make, inputShape}, i) => ({
  name: `own_${i}`,
  title,
  make: () => sequential(make({inputShape, name: `tested_${i}`})),
}));

const image = {inputShape: [6, 6, 3]};
const rows = {inputShape: [6, 3]};
const flat = {inputShape: [5]};
const solid = {inputShape: [4, 4, 4, 2]};

const STANDARD: {[name: string]: () => tf.layers.Layer | tf.layers.Layer[]} = {
  alphaDropout: () => L.alphaDropout({rate: 0.1, ...flat}),
  averagePooling1d: () => L.averagePooling1d({poolSize: 2, ...rows}),
  averagePooling2d: () => L.averagePooling2d({poolSize: 3, strides: 2, ...image}),
  averagePooling3d: () => L.averagePooling3d({poolSize: [2, 2, 2], ...solid}),
  batchNormalization: () => L.batchNormalization({epsilon: 0.01, ...image}),
  conv1d: () => L.conv1d({filters: 2, kernelSize: 3, padding: 'same', ...rows}),
  conv2d: () =>
    L.conv2d({
      filters: 2,
      kernelSize: [3, 2],
      strides: 2,
      padding: 'same',
      kernelRegularizer: tf.regularizers.l2({l2: 0.01}),
      kernelConstraint: tf.constraints.maxNorm({maxValue: 9}),
      ...image,
    }),
  conv2dTranspose: () => L.conv2dTranspose({filters: 2, kernelSize: 3, strides: 2, ...image}),
  conv3d: () => L.conv3d({filters: 2, kernelSize: 2, ...solid}),
  cropping2D: () => L.cropping2D({cropping: 1, ...image}),
  dense: () => L.dense({units: 4, activation: 'selu', biasInitializer: 'ones', ...rows}),
  depthwiseConv2d: () => L.depthwiseConv2d({kernelSize: 3, depthMultiplier: 2, ...image}),
  dropout: () => L.dropout({rate: 0.5, ...flat}),
  elu: () => L.elu(flat),
  flatten: () => L.flatten(image),
  gaussianDropout: () => L.gaussianDropout({rate: 0.1, ...flat}),
  gaussianNoise: () => L.gaussianNoise({stddev: 0.1, ...flat}),
  globalAveragePooling1d: () => L.globalAveragePooling1d(rows),
  globalAveragePooling2d: () => L.globalAveragePooling2d({dataFormat: 'channelsLast', ...image}),
  globalMaxPooling1d: () => L.globalMaxPooling1d(rows),
  globalMaxPooling2d: () => L.globalMaxPooling2d({dataFormat: 'channelsLast', ...image}),
  gru: () => L.gru({units: 3, returnSequences: true, ...rows}),
  layerNormalization: () => L.layerNormalization(rows),
  leakyReLU: () => L.leakyReLU({alpha: 0.2, ...flat}),
  lstm: () => L.lstm({units: 3, ...rows}),
  maxPooling1d: () => L.maxPooling1d({poolSize: 2, ...rows}),
  maxPooling2d: () => L.maxPooling2d({poolSize: 2, strides: 1, ...image}),
  maxPooling3d: () => L.maxPooling3d({poolSize: [2, 2, 2], ...solid}),
  masking: () => L.masking(rows),
  permute: () => L.permute({dims: [2, 1], ...rows}),
  prelu: () => L.prelu({sharedAxes: [1], ...rows}),
  reLU: () => L.reLU({maxValue: 1, ...flat}),
  repeatVector: () => L.repeatVector({n: 2, ...flat}),
  rescaling: () =>
    (L as unknown as {rescaling(args: object): tf.layers.Layer}).rescaling({scale: 2, offset: 1, ...flat}),
  reshape: () => L.reshape({targetShape: [3, -1], ...rows}),
  separableConv2d: () => L.separableConv2d({filters: 2, kernelSize: 3, ...image}),
  simpleRNN: () => L.simpleRNN({units: 3, ...rows}),
  softmax: () => L.softmax(flat),
  spatialDropout1d: () => L.spatialDropout1d({rate: 0.1, ...rows}),
  upSampling2d: () => L.upSampling2d({size: [2, 3], ...image}),
  zeroPadding2d: () =>
    L.zeroPadding2d({
      padding: [
        [1, 0],
        [2, 1],
      ],
      ...image,
    }),
};

type Activation = NonNullable<Parameters<typeof L.activation>[0]['activation']>;
const ACTIVATIONS = ['elu', 'gelu', 'hardSigmoid', 'linear', 'logSoftmax', 'mish', 'relu', 'relu6', 'selu'];
ACTIVATIONS.push('sigmoid', 'softmax', 'softplus', 'softsign', 'swish', 'tanh');

const standard: Fixture[] = Object.entries(STANDARD).map(([name, make]) => ({
  name: `standard_${name}`,
  title: name,
  // tfjs has none of masking's `any`, and those of its nearest-neighbour resizing miss rows at the edge.
  derivatives: name !== 'masking' && name !== 'upSampling2d',
  make: () => sequential(...[make()].flat()),
}));

/** All activations in one model, side by side. */
function activations(): tf.LayersModel {
  const x = tf.input({shape: [3]});
  const parts = ACTIVATIONS.map((activation) => L.activation({activation: activation as Activation}).apply(x));
  return tf.model({
    inputs: x,
    outputs: L.concatenate({axis: 1}).apply(parts as tf.SymbolicTensor[]) as tf.SymbolicTensor,
  });
}

/** Two inputs and outputs, a layer and a model inside that are called twice, a model in a model, and every merge. */
function branches(): tf.LayersModel {
  const [a, b] = [tf.input({shape: [8], name: 'a'}), tf.input({shape: [8], name: 'b'})];
  const call = (layer: tf.layers.Layer, x: tf.SymbolicTensor | tf.SymbolicTensor[]) =>
    layer.apply(x) as tf.SymbolicTensor;
  const core = sequential(L.dense({units: 6, inputShape: [8], name: 'core_dense'}), reluPair({name: 'core_pair'}));
  const inner = sequential(core, regionDense({units: 6, depth: 2, name: 'inner_region'}));
  const shared = whtProjection({units: 8, activation: 'reluPair', name: 'shared'});
  const [p, q] = [call(shared, a), call(shared, b)];
  const [u, v] = [call(inner, p), call(inner, q)];
  const merged = [L.add(), L.multiply(), L.average(), L.maximum(), L.minimum()].map((layer) => call(layer, [u, v]));
  const dot = call(L.dot({axes: 1}), [u, v]);
  const joined = call(L.concatenate(), [...merged, dot]);
  const head = call(L.dense({units: 2, activation: 'softmax', name: 'head'}), joined);
  return tf.model({inputs: [a, b], outputs: [head, call(triangleWave({depth: 2, name: 'wave'}), u)]});
}

/** A model of two inputs, called on different ones and twice on one. */
function innerOfTwoInputs(): tf.LayersModel {
  const [a, b, p, q] = ['a', 'b', 'p', 'q'].map((name) => tf.input({shape: [5], name: `two_${name}`}));
  const core = tf.model({inputs: [p, q], outputs: L.multiply().apply([p, q]) as tf.SymbolicTensor});
  return tf.model({inputs: [a, b], outputs: [core.apply([a, b]), core.apply([b, b])] as tf.SymbolicTensor[]});
}

function embedding(): tf.LayersModel {
  return sequential(L.embedding({inputDim: 7, outputDim: 4, inputLength: 3}), whtProjection({units: 4, name: 'mix'}));
}

/** Each layer between a mask and one that heeds it, on inputs of 0 and 1. */
const masked: Fixture[] = Object.entries({
  projection: () => whtProjection({units: 4, useBias: true, seed: 1}),
  projection_of_time: () => whtProjection({units: 5, axis: 1, seed: 1}),
  projection_with_pair: () => whtProjection({units: 4, activation: 'reluPair', seed: 1}),
  pair: () => reluPair(),
  wave: () => triangleWave({depth: 2}),
  region: () => regionDense({units: 3, depth: 2}),
  block: () => blockDense({size: 2}),
}).map(([name, make]) => ({
  name: `masked_${name}`,
  title: `a mask before ${name}`,
  integers: 2,
  derivatives: false,
  make: () => sequential(L.masking({inputShape: [6, 2]}), make(), L.lstm({units: 3})),
}));

/** Layers that do not train, wholly or in part. */
const frozen: Fixture[] = Object.entries({
  projection: () =>
    whtProjection({units: 4, useBias: true, trainableSigns: true, activation: 'reluPair', trainable: false, ...flat}),
  pair_in_projection: () =>
    whtProjection({units: 4, useBias: true, activation: reluPair({trainable: false, initializer: 'uniform'}), ...flat}),
  region: () => regionDense({units: 3, inputNorm: 'batchNorm+sigmoid', trainable: false, ...flat}),
  wave: () => triangleWave({base: {trainable: false}, ...flat}),
}).map(([name, make]) => ({
  name: `frozen_${name}`,
  title: `frozen ${name}`,
  make: () => sequential(make(), L.dense({units: 2})),
}));

export const FIXTURES: Fixture[] = [
  ...OWN,
  ...standard,
  ...masked,
  ...frozen,
  {name: 'activations', title: 'all activations', make: activations},
  {name: 'branches', title: 'a functional model with models inside', make: branches},
  {name: 'inner', title: 'a model of two inputs inside', make: innerOfTwoInputs},
  {name: 'embedding', title: 'an embedding', make: embedding, integers: 7, derivatives: false},
];

/** Weights that have moved away from where they start, as training would move them; variances stay positive. */
export function disturb(model: tf.LayersModel): void {
  tf.tidy(() => {
    const names = model.weights.map(({name}) => name);
    const moved = model.getWeights().map((w, i) => {
      const low = names[i].includes('variance') ? 0 : -0.4;
      return tf.add(w, tf.tensor(uniform(w.size, i + 1, low, 0.4), w.shape));
    });
    model.setWeights(moved);
  });
}

/** Eight samples for each input of a model. */
export function samples(model: tf.LayersModel, integers?: number): tf.Tensor[] {
  return model.inputs.map(({shape}, i) => {
    const full = [8, ...(shape.slice(1) as number[])];
    const numbers = uniform(tf.util.sizeFromShape(full), 9 + i, -1, 2);
    const whole = Float32Array.from(numbers, (x) => Math.floor(((x + 1) / 3) * (integers ?? 0)));
    return tf.tensor(integers ? whole : numbers, full);
  });
}
