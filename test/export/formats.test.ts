import * as tf from '@tensorflow/tfjs';
import {exporters, layers} from 'tfjs-piecewise';
import {disturb} from '../interop/support/every_layer';
import {useBackend, values} from '../support/backend';
import {expectClose} from '../support/close';
import {uniform} from '../support/random';
import {through} from '../support/through';

useBackend();

const {toC, toDense, toGraphModel, toJavaScript, toLiteRT, toOnnx} = exporters;
const {whtProjection, reluPair, triangleWave} = layers;

/** The outputs of a layers model or a graph model for the same 6 samples of each input. */
async function outputs(model: tf.LayersModel | tf.GraphModel, shapes: number[][]): Promise<Float32Array[]> {
  const xs = shapes.map((shape, i) => {
    const full = [6, ...shape];
    return tf.tensor(uniform(tf.util.sizeFromShape(full), i + 1, -1, 2), full);
  });
  const ys = [model.predict(xs) as tf.Tensor | tf.Tensor[]].flat();
  const read = await Promise.all(ys.map(values));
  tf.dispose([...xs, ...ys]);
  return read;
}

/** Two inputs, a layer used twice on one shape and once on another, one value read by three, three outputs. */
function branches(): tf.LayersModel {
  const inputs = [tf.input({shape: [4], name: 'left'}), tf.input({shape: [2, 4], name: 'right'})];
  const shared = whtProjection({units: 4, seed: 1, trainableSigns: true, activation: 'reluPair', name: 'shared'});
  const once = through(inputs[0], shared);
  const twice = through(once, shared);
  const inner = tf.input({shape: [4]});
  const wave = through(inner, triangleWave({depth: 2, name: 'shared_1'}));
  const nested = tf.model({inputs: inner, outputs: tf.layers.add().apply([wave, inner]) as tf.SymbolicTensor});
  const sum = tf.layers.add().apply([once, twice, nested.apply(once)] as tf.SymbolicTensor[]) as tf.SymbolicTensor;
  const tokens = through(inputs[1], whtProjection({units: 3, axis: 1}), tf.layers.flatten());
  const joined = tf.layers.concatenate({name: 'joined'}).apply([sum, tokens]) as tf.SymbolicTensor;
  const kept = tf.layers.dropout({rate: 0.5, name: 'kept'}).apply(joined) as tf.SymbolicTensor;
  const model = tf.model({inputs, outputs: [joined, kept, once], name: 'branches'});
  disturb(model);
  return model;
}

/** A model counts one use of each layer when it is disposed; a layer counts every use. */
function disposeShared(...models: tf.LayersModel[]): void {
  for (const model of models) {
    for (const layer of model.layers.filter((one) => !(one instanceof tf.LayersModel))) {
      for (let uses = layer.inboundNodes.length; uses > 1; uses--) layer.dispose();
    }
    model.dispose();
  }
}

it('toDense and toGraphModel keep branches, shared layers, models in models, inputs and outputs', async () => {
  const model = branches();
  const shapes = [[4], [2, 4]];
  const expected = await outputs(model, shapes);
  const dense = toDense(model);
  const artifacts = await toGraphModel(model);
  const graph = await tf.loadGraphModel(tf.io.fromMemory(artifacts));
  const results = [await outputs(dense, shapes), await outputs(graph, shapes)];
  for (const result of results) for (const [i, y] of result.entries()) expectClose(y, expected[i], {relative: 1e-6});
  expect(Object.keys((artifacts.signature as {inputs: object}).inputs)).toEqual(['left', 'right']);
  expect(Object.keys((artifacts.signature as {outputs: object}).outputs)).toEqual(['joined', 'kept', 'shared']);
  expect(new Set(dense.layers.map(({name}) => name)).size).toBe(dense.layers.length);
  graph.dispose();
  disposeShared(dense, model);
});

it('toDense gives a sequential model for a sequential one, also around branches, and shares what was shared', () => {
  const input = tf.input({shape: [2]});
  const twice = tf.layers.dense({units: 2, name: 'twice'});
  const first = twice.apply(input) as tf.SymbolicTensor;
  const sum = tf.layers.add().apply([first, twice.apply(first) as tf.SymbolicTensor]) as tf.SymbolicTensor;
  const model = tf.sequential({layers: [tf.model({inputs: input, outputs: sum})]});
  const dense = toDense(model);
  expect(dense).toBeInstanceOf(tf.Sequential);
  expect(dense.countParams()).toBe(6);
  for (const outer of [dense, model]) disposeShared(outer.layers[0] as tf.LayersModel);
});

it('a network of 4 blocks of 1024 units is at most 1.31 times its parameters as ONNX, and smaller as a graph', async () => {
  const blocks = [1, 2, 3, 4].flatMap((seed) => [
    whtProjection({units: 1024, seed, ...(seed === 1 && {inputShape: [1024]})}),
    reluPair(),
  ]);
  const model = tf.sequential({layers: blocks});
  disturb(model);
  const bytes = 4 * model.countParams();
  expect(bytes).toBe(4 * 2 * 4 * 1024);
  expect((await toOnnx(model)).length / bytes).toBeLessThanOrEqual(1.31);
  const {weightData, modelTopology} = await toGraphModel(model);
  expect((weightData as ArrayBuffer).byteLength / bytes).toBeLessThan(1.2);
  const {node} = modelTopology as {
    node: {
      op: string;
      attr: {dtype?: {type: string | number}; value?: {tensor: {tensorShape: {dim: {size: string}[]}}}};
    }[];
  };
  const sizes = node.flatMap(({attr}) => attr.value?.tensor.tensorShape.dim.map(({size}) => Number(size)) ?? []);
  expect(Math.max(...sizes)).toBe(1024); // the slopes and signs
  const matrices = node.filter(
    ({attr}) => attr.value?.tensor.tensorShape.dim.length === 2 && attr.dtype?.type !== 'DT_INT32',
  );
  expect(matrices.map(({attr}) => attr.value!.tensor.tensorShape.dim.map(({size}) => size))).toEqual([['32', '32']]);
  model.dispose();
});

it('toGraphModel computes the size that a reshape leaves open, for any batch', async () => {
  const model = tf.sequential({
    layers: [tf.layers.reshape({targetShape: [-1, 4], batchInputShape: [6, 2, 6]}), whtProjection({units: 3, seed: 1})],
  });
  const graph = await tf.loadGraphModel(tf.io.fromMemory(await toGraphModel(model)));
  expectClose((await outputs(graph, [[2, 6]]))[0], (await outputs(model, [[2, 6]]))[0], {relative: 1e-6});
  const x = tf.zeros([2, 2, 6]);
  const y = graph.predict(x) as tf.Tensor;
  expect(y.shape).toEqual([2, 3, 3]);
  tf.dispose([x, y]);
  graph.dispose();
  model.dispose();
});

it('takes and gives back every tensor', async () => {
  const model = branches();
  const before = tf.memory().numTensors;
  for (const convert of [toOnnx, toLiteRT, toGraphModel, toJavaScript, toC]) await convert(model);
  expect(tf.memory().numTensors).toBe(before);
  disposeShared(model);
});

describe.each([
  ['toLiteRT', (model: tf.LayersModel) => toLiteRT(model)],
  ['toOnnx', toOnnx],
  ['toGraphModel', toGraphModel],
  ['toJavaScript', toJavaScript],
  ['toC', toC],
] as const)('%s refuses', (who, convert) => {
  const {simpleRNN, gru, bidirectional, timeDistributed, embedding, separableConv2d, conv1d} = tf.layers;
  const {concatenate, softmax, flatten, averagePooling3d, conv3dTranspose} = tf.layers;
  const gaps = {poolSize: [2, 1, 1], strides: [3, 1, 1], padding: 'same'};
  const windows = {filters: 2, kernelSize: 1};
  const one = (layer: tf.layers.Layer) => tf.sequential({layers: [layer]});
  const integers = () => {
    const input = tf.input({shape: [2], dtype: 'int32', name: 'ids'});
    return tf.model({
      inputs: input,
      outputs: flatten().apply(tf.layers.reshape({targetShape: [2, 1]}).apply(input)) as tf.SymbolicTensor,
    });
  };
  const batches = () => {
    const inputs = [1, 2].map(() => tf.input({shape: [2]}));
    return tf.model({inputs, outputs: concatenate({axis: 0, name: 'stacked'}).apply(inputs) as tf.SymbolicTensor});
  };
  const cases: [string, () => tf.LayersModel, string][] = [
    [
      'no model',
      () => ({}) as tf.LayersModel,
      ': model must be a tf.Sequential or tf.LayersModel, but received object',
    ],
    ['nothing', () => undefined as unknown as tf.LayersModel, ': model must be a tf.Sequential or tf.LayersModel'],
    ['an empty model', () => tf.sequential(), ': the model must have layers, but received an empty model'],
    [
      'an unknown class',
      () => one(gru({units: 2, name: 'loop', inputShape: [3, 2]})),
      ', layer loop: the class must be one of',
    ],
    [
      'an embedding',
      () => one(embedding({inputDim: 3, outputDim: 2, name: 'words', inputShape: [2]})),
      ', layer words: the class must be',
    ],
    ['integers', integers, ', input ids: the dtype must be float32, but received int32'],
    [
      'an unknown class inside another',
      () => one(timeDistributed({layer: gru({units: 2, name: 'inner'}), inputShape: [2, 3, 2]})),
      ', layer inner: the class must be one of',
    ],
    [
      'a bias where tfjs adds it along the height',
      () => one(separableConv2d({...windows, dataFormat: 'channelsFirst', name: 's', inputShape: [2, 3, 4]})),
      ", layer s (SeparableConv2D): dataFormat must be 'channelsLast' where there is a bias, but received 'channelsFirst'.",
    ],
    [
      'volumes with values between windows',
      () => one(averagePooling3d({...gaps, name: 'p', inputShape: [6, 1, 1, 1]} as never)),
      ", layer p (AveragePooling3D): windows of padding 'same' must cover volumes from end to end, but received windows 2,1,1 for strides 3,1,1.",
    ],
    [
      'volumes with values between the windows of a transposed convolution',
      () => one(conv3dTranspose({filters: 1, kernelSize: 1, ...gaps, name: 't', inputShape: [3, 1, 1, 1]} as never)),
      ', layer t (Conv3DTranspose): windows of padding',
    ],
    [
      'sequences whose channels come first',
      () => one(conv1d({...windows, dataFormat: 'channelsFirst', name: 'c', inputShape: [3, 4]})),
      ", layer c (Conv1D): dataFormat must be 'channelsLast', but received 'channelsFirst'.",
    ],
    [
      'a sequence of open length',
      () => one(simpleRNN({units: 2, name: 'r', inputShape: [null as unknown as number, 2]})),
      ', layer r (SimpleRNN): all sizes but that of the batch must be known, but received shape [null,null,2].',
    ],
    [
      'states kept between calls',
      () => {
        const layer = simpleRNN({units: 2, name: 'r', stateful: true, batchInputShape: [1, 3, 2]}) as tf.RNN;
        const model = one(layer);
        tf.dispose(layer.getStates()); // tfjs would keep them
        return model;
      },
      ', layer r (SimpleRNN): stateful must be false, but received true.',
    ],
    [
      'states as outputs',
      () => {
        const input = tf.input({shape: [3, 2]});
        const [y] = simpleRNN({units: 2, name: 'r', returnState: true}).apply(input) as tf.SymbolicTensor[];
        return tf.model({inputs: input, outputs: y});
      },
      ', layer r (SimpleRNN): returnState must be false, but received true.',
    ],
    [
      'a state as input',
      () => {
        const inputs = [tf.input({shape: [3, 2]}), tf.input({shape: [2]})];
        const y = simpleRNN({units: 2, name: 'r'}).apply(inputs) as tf.SymbolicTensor;
        return tf.model({inputs, outputs: y});
      },
      ', layer r (SimpleRNN): the state must start at zero, but received 2 inputs.',
    ],
    [
      'two outputs of both directions',
      () => {
        const input = tf.input({shape: [3, 2]});
        const both = bidirectional({layer: simpleRNN({units: 2}) as tf.RNN, mergeMode: null as never, name: 'b'});
        return tf.model({inputs: input, outputs: both.apply(input) as tf.SymbolicTensor[]});
      },
      ", layer b (Bidirectional): mergeMode must be 'concat', 'sum', 'ave' or 'mul', but received null.",
    ],
    [
      'a length that is left open',
      () => one(whtProjection({units: 4, name: 'p', inputShape: [null as unknown as number, 4]})),
      ', layer p (WHTProjection): all sizes but that of the batch must be known, but received shape [null,null,4].',
    ],
    ['samples joined', batches, ', layer stacked (Concatenate): axis must not be that of the batch, but received 0'],
    [
      'another axis of softmax',
      () => one(softmax({axis: 1, name: 's', inputShape: [3, 4]})),
      ', layer s (Softmax): axis must be the last one',
    ],
  ];
  it.each(cases)('%s', async (_, make, message) => {
    const model = make();
    await expect(convert(model)).rejects.toThrow(who + message);
    if (model?.outputs?.length) model.dispose();
  });
});

describe('toLiteRT refuses', () => {
  const one = (layer: tf.layers.Layer) => tf.sequential({layers: [layer]});
  const open = null as unknown as number;
  const notFinite = () => {
    const model = one(tf.layers.dense({units: 8, useBias: false, inputShape: [8], name: 'd'}));
    tf.tidy(() => model.setWeights([tf.fill([8, 8], Number.NaN)]));
    return model;
  };
  const six = () =>
    tf.sequential({
      layers: [tf.layers.activation({activation: 'linear', inputShape: [1, 2, 1, 2, 3]}), tf.layers.leakyReLU()],
    });
  const short = () =>
    one(tf.layers.maxPooling2d({poolSize: 1, strides: 2, padding: 'same', inputShape: [open, open, 1]}));

  it.each<[title: string, make: () => tf.LayersModel, options: object | undefined, message: string]>([
    [
      'an unknown option',
      notFinite,
      {weight: 'int8'},
      "toLiteRT: options must have known names, but received 'weight'.",
    ],
    [
      'other weights',
      notFinite,
      {weights: 'uint8'},
      "weights must be one of 'float32', 'float16', 'int8', but received",
    ],
    ['NaN in a byte', notFinite, {weights: 'int8'}, "weight d/kernel: numbers must be finite for weights 'int8'"],
    [
      'NaN in two bytes',
      notFinite,
      {weights: 'float16'},
      "numbers must be finite for weights 'float16', but received NaN",
    ],
    ['slopes along six axes', six, undefined, 'there must be at most 5 axes where slopes differ beside zero'],
    ['short windows on images of open size', short, undefined, 'the sizes of images must be known where windows of'],
  ])('%s', async (_, make, options, message) => {
    const model = make();
    await expect(toLiteRT(model, options)).rejects.toThrow(message);
    model.dispose();
  });
});
