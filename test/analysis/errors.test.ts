import * as tf from '@tensorflow/tfjs';
import {analysis, layers} from 'tfjs-piecewise';

const {countLinearRegions, linearRegions2d, regionBounds, parameterReport} = analysis;

const {dense, conv2d} = tf.layers;
const sequential = (...all: tf.layers.Layer[]) => tf.sequential({layers: all});
const relu = () => sequential(dense({units: 4, activation: 'relu', inputShape: [2], name: 'first'}), dense({units: 1}));
const segment = {from: [0, 0], to: [1, 1]};

/** What all instruments say of a model. */
const instruments: [string, (model: tf.LayersModel) => Promise<unknown>][] = [
  ['countLinearRegions', (model) => countLinearRegions(model, segment)],
  ['linearRegions2d', (model) => linearRegions2d(model, {x: [0, 1], y: [0, 1]})],
  ['regionBounds', (model) => regionBounds(model)],
];

describe.each(instruments)('%s refuses', (who, run) => {
  const bad: [string, () => tf.LayersModel, ...string[]][] = [
    ['no model', () => ({}) as tf.LayersModel, `${who}: model must be a tf.Sequential or tf.LayersModel`],
    ['an empty model', () => tf.sequential(), `${who}: the model must have layers, but received an empty model`],
    [
      'a recurrent layer',
      () => sequential(tf.layers.lstm({units: 2, inputShape: [3, 2], name: 'mine'})),
      'layer mine: only piecewise-linear',
      'class LSTM',
      'Supported are Activation,',
    ],
    [
      'a sigmoid in the middle',
      () => sequential(dense({units: 2, activation: 'sigmoid', inputShape: [2], name: 'mine'}), dense({units: 1})),
      "layer mine: only piecewise-linear layers can be analysed, but received the activation 'sigmoid' of class Dense.",
      "Use one of 'linear', 'relu', 'relu6', 'hardSigmoid'.",
    ],
    [
      'a softmax in the middle',
      () => sequential(dense({units: 2, activation: 'softmax', inputShape: [2]}), dense({units: 1})),
      "the activation 'softmax'",
    ],
    [
      'a softmax layer in the middle',
      () => sequential(tf.layers.softmax({inputShape: [2]}), dense({units: 1})),
      'at the end of a model only',
    ],
    [
      'a sphere',
      () => sequential(layers.whtProjection({units: 4, inputNorm: 'sphere', inputShape: [2]})),
      "inputNorm 'sphere'",
    ],
    [
      'bent pieces',
      () => sequential(layers.regionDense({units: 4, inputShape: [2]})),
      "inputNorm 'sigmoid'",
      "use inputNorm 'clip'",
    ],
    [
      'bent pieces after a normalization, which has the offset',
      () => sequential(layers.regionDense({units: 4, inputNorm: 'batchNorm+sigmoid', inputShape: [2], name: 'mine'})),
      "layer mine: only piecewise-linear layers can be analysed, but received inputNorm 'batchNorm+sigmoid'",
      "use inputNorm 'clip'",
    ],
    [
      'a product of two ways through a sequence',
      () => sequential(bothWays({mergeMode: 'mul'})),
      "layer both: only piecewise-linear layers can be analysed, but received the product that mergeMode 'mul' makes",
      "Use mergeMode 'concat', 'sum' or 'ave'.",
    ],
    [
      'a smooth activation in both ways',
      () => sequential(bothWays({layer: tf.layers.simpleRNN({units: 2}) as tf.RNN})),
      "received the activation 'tanh' of class Bidirectional",
    ],
    [
      'gates in both ways',
      () => sequential(bothWays({layer: tf.layers.gru({units: 2}) as tf.RNN})),
      "received a GRU of class Bidirectional. Put a simpleRNN with activation 'relu' into it.",
    ],
    ['two ways that are not merged', () => unmerged(), 'received mergeMode null of class Bidirectional'],
    ['a state that is given', () => startedFrom(), 'received an initial state of class SimpleRNN'],
    [
      'a layer that tfjs does not run',
      () => sequential(tf.layers.resizing({height: 2, width: 2, inputShape: [3, 3, 1], name: 'r'})),
      'layer r: only piecewise-linear layers can be analysed, but received one that TensorFlow.js 4.22 runs in no ' +
        'model, a layer of class Resizing.',
      'Resize the data before the model with tf.image.resizeBilinear, or use upSampling2d or averagePooling2d.',
    ],
    [
      'an unknown size',
      () =>
        sequential(conv2d({filters: 1, kernelSize: 1, inputShape: [null as unknown as number, 2, 1], name: 'mine'})),
      `${who}: all sizes of layer mine`,
      'must be known',
    ],
    ['sums of different shapes', broadcastSum, 'inputs of the shapes [2] and [1]'],
  ];
  it.each(bad)('%s', async (_, make, ...parts) => {
    const model = make();
    const message = await run(model).then(String, ({message}: Error) => message);
    for (const part of parts) expect(message).toContain(part);
    model.dispose?.();
  });

  it.each([Number.NaN, Infinity])('weights with %p', async (value) => {
    const model = relu();
    tf.tidy(() => model.layers[0].setWeights([tf.tensor2d([0, 1, 2, value, 4, 5, 6, 7], [2, 4]), tf.zeros([4])]));
    const message = `${who}: the weights kernel of layer first must be finite, but received ${value} at [3]. Did the`;
    await expect(run(model)).rejects.toThrow(message);
    model.dispose();
  });
});

function bothWays(args: object): tf.layers.Layer {
  const layer = tf.layers.simpleRNN({units: 2, activation: 'relu'}) as tf.RNN;
  return tf.layers.bidirectional({layer, mergeMode: 'concat', name: 'both', inputShape: [2, 1], ...args});
}

function unmerged(): tf.LayersModel {
  const input = tf.input({shape: [2, 1]});
  const [ahead, back] = bothWays({mergeMode: null}).apply(input) as tf.SymbolicTensor[];
  return tf.model({inputs: input, outputs: tf.layers.add().apply([ahead, back]) as tf.SymbolicTensor});
}

function startedFrom(): tf.LayersModel {
  const inputs = [tf.input({shape: [2, 1]}), tf.input({shape: [2]})];
  const layer = tf.layers.simpleRNN({units: 2, activation: 'relu'});
  return tf.model({inputs, outputs: layer.apply(inputs) as tf.SymbolicTensor});
}

function broadcastSum(): tf.LayersModel {
  const input = tf.input({shape: [2]});
  const narrow = dense({units: 1}).apply(input) as tf.SymbolicTensor;
  return tf.model({inputs: input, outputs: tf.layers.add().apply([input, narrow]) as tf.SymbolicTensor});
}

describe('a segment, a window, a plane', () => {
  let model: tf.LayersModel;
  beforeAll(() => {
    model = relu();
  });
  afterAll(() => {
    model.dispose();
  });

  type Bad = [string, () => Promise<unknown>, string];
  const count = (args: object) => () => countLinearRegions(model, args as analysis.CountLinearRegionsArgs);
  const window = (args: object) => () => linearRegions2d(model, {x: [0, 1], y: [0, 1], ...args});
  const line = (args: object) => () => regionBounds(model, args);
  const deep = () => sequential(dense({units: 2, inputShape: [3]}));
  it.each([
    [
      'of no length',
      count({from: [1, 2], to: [1, 2]}),
      'the segment must have a length, but received two equal points',
    ],
    ['without an end', count({from: [1, 2]}), 'to must be a point of the input, of shape [2], but received undefined'],
    [
      'of another size',
      count({from: [1, 2, 3], to: [1, 2]}),
      'from must be a point of the input, of shape [2], but received 3',
    ],
    ['with NaN', count({from: [1, Number.NaN], to: [1, 2]}), 'from must be finite, but received NaN'],
    ['past the budget', count({from: [-9, -9], to: [9, 8], maxBreakpoints: 1}), 'there must be at most 1 breakpoints'],
    ['with no budget', count({...segment, maxBreakpoints: 0}), 'maxBreakpoints must be an integer >= 1'],
    ['of no area', window({x: [1, 1]}), 'x must be two finite numbers [low, high] with low < high, but received [1,1]'],
    [
      'that is missing',
      window({y: undefined}),
      'y must be two finite numbers [low, high] with low < high, but received undefined',
    ],
    ['past its budget', window({x: [-9, 9], y: [-9, 9], maxPolygons: 1}), 'there must be at most 1 polygons'],
    ['that is a line', window({plane: {origin: [0, 0], u: [1, 2], v: [2, 4]}}), 'plane.u and plane.v must point'],
    [
      'of three inputs',
      () => linearRegions2d(deep(), {x: [0, 1], y: [0, 1]}),
      'the model must have two inputs, but received an input of shape [3]',
    ],
    ['of dimension 0', line({dimension: 0}), 'dimension must be an integer >= 1, but received 0'],
    ['with one end', line({from: [0, 1]}), 'regionBounds: to must be a point of the input'],
    ['of dimension 2', line({...segment, dimension: 2}), 'dimension must be 1 along a segment, but received 2'],
  ] as Bad[])('%s is refused', async (_, run, message) => {
    await expect(run()).rejects.toThrow(message);
  });

  it('takes nested numbers and tensors for points', async () => {
    const image = sequential(conv2d({filters: 2, kernelSize: 1, activation: 'relu', inputShape: [2, 1, 1]}));
    const to = tf.ones([2, 1, 1]);
    const nested = await countLinearRegions(image, {from: [[[-1]], [[-2]]], to});
    expect(nested).toEqual(await countLinearRegions(image, {from: [-1, -2], to: [1, 1]}));
    to.dispose();
  });

  it('leaves no tensor behind', async () => {
    const {numTensors} = tf.memory();
    await countLinearRegions(model, segment);
    await parameterReport(model);
    await expect(count({from: [1]})()).rejects.toThrow();
    expect(tf.memory().numTensors).toBe(numTensors);
  });
});
