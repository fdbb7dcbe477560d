import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import {exporters, layers} from 'tfjs-piecewise';
import {modelFiles} from 'tfjs-piecewise/files';
import {fileSystem} from 'tfjs-piecewise/node';
import {disturb} from '../interop/support/every_layer';
import {useBackend, values} from '../support/backend';
import {uniform} from '../support/random';

useBackend();

const {quantize, toGraphModel} = exporters;
const TYPES = ['uint8', 'uint16', 'float16'] as const;
const BYTES = {uint8: 1, uint16: 2, float16: 2};

/** A projection, its slopes, a kernel and a bias of 3. */
function network(): tf.Sequential {
  const model = tf.sequential({
    layers: [
      layers.whtProjection({units: 64, seed: 1, inputShape: [64], activation: 'reluPair', name: 'wide'}),
      tf.layers.dense({units: 3, name: 'end'}),
    ],
  });
  disturb(model);
  return model;
}

/** The weights of a model by their names. */
async function numbersOf(model: tf.LayersModel): Promise<Map<string, Float32Array>> {
  const entries = model.weights.map(async (weight) => [weight.originalName, await values(weight.read())] as const);
  return new Map(await Promise.all(entries));
}

const dispose = (...models: tf.LayersModel[]) => {
  for (const model of models) model.dispose();
};

/** Gives the first weight of a model these numbers. */
const set = (model: tf.LayersModel, numbers: Float32Array) =>
  tf.tidy(() => {
    const [first] = model.layers[0].weights;
    model.layers[0].setWeights([tf.tensor(numbers, first.shape as number[])]);
  });

const largest = (a: Float32Array, b: Float32Array) =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);

describe.each(TYPES)('%s', (dtype) => {
  it('is loaded by tfjs with weights as far away as the report says, and no farther than the format allows', async () => {
    const model = network();
    const before = await numbersOf(model);
    const {artifacts, weights, bytes} = await quantize(model, {dtype});
    const copy = await tf.loadLayersModel(tf.io.fromMemory(artifacts));
    const after = await numbersOf(copy);
    expect(weights.map(({name}) => name)).toEqual([...before.keys()]);
    for (const {name, error, dtype: stored, kept} of weights) {
      const own = before.get(name)!;
      expect(largest(own, after.get(name)!)).toBe(error);
      expect(stored).toBe(own.length < 64 ? 'float32' : dtype);
      expect(kept).toBe(own.length < 64 ? 'it has fewer than 64 numbers' : null);
      const [low, high] = [own.reduce((a, b) => Math.min(a, b)), own.reduce((a, b) => Math.max(a, b))];
      const limit = {uint8: (high - low) / 507, uint16: (high - low) / 130000, float16: 2 ** -11 * 2};
      expect(error).toBeLessThanOrEqual(limit[dtype]);
      if (kept === null) expect(error).toBeGreaterThan(0);
    }
    expect(bytes).toBe(BYTES[dtype] * (64 + 64 + 64 * 3) + 4 * 3);
    dispose(model, copy);
  });

  it('is read from the disk and from picked files', async () => {
    const model = network();
    const {artifacts} = await quantize(model, {dtype});
    const folder = mkdtempSync(join(tmpdir(), 'quantize-'));
    await fileSystem(folder).save(artifacts);
    const files = ['model.json', 'weights.bin'].map(
      (name) => new File([new Uint8Array(readFileSync(join(folder, name)))], name),
    );
    const expected = await tf.loadLayersModel(tf.io.fromMemory(artifacts));
    for (const handler of [fileSystem(folder), modelFiles(files)]) {
      const copy = await tf.loadLayersModel(handler);
      expect(await numbersOf(copy)).toEqual(await numbersOf(expected));
      copy.dispose();
    }
    rmSync(folder, {recursive: true});
    dispose(model, expected);
  });

  it('tells the largest difference of outputs for samples, keeps no tensor and changes nothing', async () => {
    const model = network();
    const samples = tf.tensor(uniform(10 * 64, 7, -1, 1), [10, 64]);
    const before = tf.memory().numTensors;
    const {artifacts, difference} = await quantize(model, {dtype, samples});
    expect(tf.memory().numTensors).toBe(before);
    const copy = await tf.loadLayersModel(tf.io.fromMemory(artifacts));
    const ys = [model, copy].map((one) => one.predict(samples) as tf.Tensor);
    const [y, z] = await Promise.all(ys.map(values));
    expect(Math.abs(difference! - largest(y, z))).toBeLessThanOrEqual(1e-5);
    expect(difference).toBeGreaterThan(0);
    expect(difference).toBeLessThan(dtype === 'uint8' ? 0.5 : 0.02);
    tf.dispose([samples, ...ys]);
    dispose(model, copy);
  });

  it('zero stays zero, and a weight of one number exact', async () => {
    const model = tf.sequential({
      layers: [
        tf.layers.dense({units: 8, useBias: false, inputShape: [32], name: 'sparse'}),
        tf.layers.dense({units: 64, kernelInitializer: tf.initializers.constant({value: 0.25}), name: 'constant'}),
      ],
    });
    const sparse = uniform(256, 3, -0.7, 1.3).map((value, i) => (i % 3 ? value : 0));
    set(model, sparse);
    const {artifacts} = await quantize(model, {dtype});
    const copy = await tf.loadLayersModel(tf.io.fromMemory(artifacts));
    const [kernel, constant] = await Promise.all(copy.weights.map((weight) => values(weight.read())));
    for (const [i, value] of kernel.entries()) if (i % 3 === 0) expect(value).toBe(0);
    expect(new Set(constant)).toEqual(new Set([0.25]));
    dispose(model, copy);
  });
});

it('images, volumes of weights and waves lose little in two bytes, and moving variances stay', async () => {
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({filters: 16, kernelSize: 3, strides: 2, inputShape: [9, 9, 3], activation: 'relu'}),
      tf.layers.batchNormalization(),
      tf.layers.flatten(),
      layers.regionDense({units: 16, depth: 3, subnets: 32}),
      layers.blockDense({size: 8, activation: 'tanh'}),
      layers.triangleWave({depth: 4, curvature: 'dc'}),
    ],
  });
  disturb(model);
  const samples = tf.tensor(uniform(4 * 243, 1, -1, 1), [4, 9, 9, 3]);
  const {difference, weights} = await quantize(model, {dtype: 'uint16', samples});
  expect(difference).toBeGreaterThan(0);
  expect(difference).toBeLessThan(1e-3);
  expect(weights.filter(({kept}) => kept === null).length).toBeGreaterThan(3);
  samples.dispose();
  model.dispose();

  const normalized = tf.sequential({layers: [tf.layers.batchNormalization({inputShape: [64], name: 'norm'})]});
  const kept = async (dtype: (typeof TYPES)[number]) =>
    (await quantize(normalized, {dtype})).weights.filter((weight) => weight.kept).map(({name}) => name);
  expect(await kept('uint8')).toEqual(['norm/moving_variance']);
  expect(await kept('float16')).toEqual([]);
  normalized.dispose();
});

it('takes a graph model, whose signs are bytes already', async () => {
  const model = network();
  const graph = await toGraphModel(model);
  const samples = tf.tensor(uniform(10 * 64, 7, -1, 1), [10, 64]);
  const {artifacts, weights, difference} = await quantize(graph, {dtype: 'float16', samples});
  expect(weights.filter(({kept}) => kept === 'it is quantized already, as uint8').length).toBeGreaterThan(0);
  expect(weights.filter(({kept}) => kept === 'its dtype is int32').length).toBeGreaterThan(0);
  expect(weights.filter(({kept}) => kept === null).length).toBe(3);
  expect(difference).toBeGreaterThan(0);
  expect(difference).toBeLessThan(0.02);
  expect((artifacts.weightData as ArrayBuffer).byteLength).toBeLessThan((graph.weightData as ArrayBuffer).byteLength);
  samples.dispose();
  model.dispose();
});

it('keeps what does not fit, and says why', async () => {
  const kept = async (values: Float32Array, dtype: (typeof TYPES)[number]) => {
    const model = tf.sequential({layers: [tf.layers.dense({units: 8, useBias: false, inputShape: [8]})]});
    set(model, values);
    const {weights, artifacts} = await quantize(model, {dtype});
    const copy = await tf.loadLayersModel(tf.io.fromMemory(artifacts));
    const [same] = await Promise.all(copy.weights.map((weight) => weight.read().data()));
    if (weights[0].kept) expect(same).toEqual(values);
    dispose(model, copy);
    return weights[0].kept;
  };
  const start = (odd: number) => Float32Array.from(uniform(64, 1, -1, 1), (value, i) => (i === 3 ? odd : value));
  expect(await kept(start(Number.NaN), 'uint8')).toBe('its numbers are not all finite');
  expect(await kept(start(Infinity), 'float16')).toBe('its numbers are not all finite');
  expect(await kept(start(1e6), 'float16')).toBe('a number is beyond the range of float16, 65504');
  expect(await kept(start(1e6), 'uint16')).toBe(null);
});

it('refuses what is no model, and unknown options', async () => {
  const model = network();
  const {artifacts} = await quantize(model, {dtype: 'uint8'});
  const cases: [() => Promise<unknown>, string][] = [
    [() => quantize(model, {} as never), "quantize: dtype must be one of 'uint8', 'uint16', 'float16', but received"],
    [() => quantize(model, {dtype: 'int8'} as never), "but received 'int8'. Did you mean 'uint8'?"],
    [() => quantize(model, {dtype: 'uint8', sample: 1} as never), "but received 'sample'. Did you mean 'samples'?"],
    [() => quantize({} as never, {dtype: 'uint8'}), 'quantize: model must be a tf.LayersModel, or artifacts with'],
    [() => quantize(null as never, {dtype: 'uint8'}), 'but received null. Pass a model'],
    [
      () => quantize({...artifacts, weightData: new ArrayBuffer(5)}, {dtype: 'float16'}),
      'weightData must have at least',
    ],
    [
      () => quantize({...artifacts, weightSpecs: [{name: 'text', shape: [1], dtype: 'string'}]}, {dtype: 'float16'}),
      'quantize, weight text: the dtype must be one of float32, int32, bool',
    ],
  ];
  for (const [run, message] of cases) await expect(run()).rejects.toThrow(message);
  model.dispose();
});
