import * as tf from '@tensorflow/tfjs';
import {layers} from 'tfjs-piecewise';
import {backendName, useBackend} from '../support/backend';
import {expectClose} from '../support/close';
import {ROWS} from './layer_cases';
import {copyOf, inputs, nameOf, outputs, weightsOf, withReadout} from './models';

useBackend();

const EPOCHS = backendName === 'webgpu' ? 4 : 10; // WebGPU runs on a software driver here

type LayerClass = tf.serialization.SerializableConstructor<tf.layers.Layer>;

const built = (layer: tf.layers.Layer, shape: (number | null)[]) => {
  layer.apply(tf.input({shape}));
  return layer;
};

const applied = (layer: tf.layers.Layer, x: tf.Tensor) => {
  try {
    return tf.tidy(() => (layer.apply(x) as tf.Tensor).shape);
  } finally {
    x.dispose();
  }
};

// Layers are made of ops, each of which is compared on every backend: a third of them serves where shaders compile for seconds.
const rows = ROWS.filter((_, i) => backendName !== 'webgpu' || i % 3 === 0);

describe.each(rows)('$title', ({make, inputShape, outputShape, weights}) => {
  it('says the shape of its output, before and after it is built, and keeps to it', async () => {
    const layer = make();
    expect(layer.computeOutputShape([null, ...inputShape])).toEqual([null, ...outputShape]);
    const symbolic = layer.apply(tf.input({shape: inputShape})) as tf.SymbolicTensor;
    expect(symbolic.shape).toEqual([null, ...outputShape]);
    const actual = applied(layer, inputs(2, inputShape));
    expect(actual).toEqual([2, ...outputShape]);
    layer.dispose();
  });

  it('has an output of the right shape for no samples', () => {
    const layer = make();
    expect(applied(layer, tf.zeros([0, ...inputShape]))).toEqual([0, ...outputShape]);
    layer.dispose();
  });

  it('reports all its weights, and counts their numbers', () => {
    const layer = built(make(), inputShape);
    expect(Object.fromEntries(layer.weights.map((weight) => [nameOf(weight), weight.shape]))).toEqual(weights);
    const sizes = Object.values(weights).map((shape) => shape.reduce((product, size) => product * size, 1));
    expect(layer.countParams()).toBe(sizes.reduce((sum, size) => sum + size, 0));
    layer.dispose();
  });

  it('comes back from its config, also when that went through JSON', () => {
    const layer = make({name: 'a_name'});
    const config = layer.getConfig();
    const {fromConfig} = layer.constructor as LayerClass & {
      fromConfig(cls: LayerClass, config: tf.serialization.ConfigDict): tf.layers.Layer;
    };
    const copy = fromConfig(layer.constructor as LayerClass, JSON.parse(JSON.stringify(config)));
    expect(copy).toBeInstanceOf(layer.constructor);
    expect(copy.getConfig()).toEqual(config);
    expect(copy.name).toBe('a_name');
  });

  it('trains inside tf.sequential, leaves no tensor behind, and is saved and loaded bit for bit', async () => {
    const layer = make({inputShape, name: 'tested'});
    const model = withReadout(layer);
    const start = await weightsOf(layer);
    const x = inputs(32, inputShape);
    const y = tf.tidy(() => tf.add(tf.mean(tf.square(tf.reshape(x, [32, -1])), 1, true), 1));
    model.compile({optimizer: tf.train.adam(0.03), loss: 'meanSquaredError'});
    const train = async (epochs: number) =>
      (await model.fit(x, y, {epochs, batchSize: 32, shuffle: false, verbose: 0})).history.loss as number[];
    const losses = await train(EPOCHS);
    expect(losses.at(-1)).toBeLessThan(0.9 * losses[0]);

    const trained = await weightsOf(layer);
    for (const weight of layer.trainableWeights) expect(trained[nameOf(weight)]).not.toEqual(start[nameOf(weight)]);
    const fixed = layer.nonTrainableWeights.map(nameOf).filter((name) => !/^norm_(mean|variance)$/.test(name));
    for (const name of fixed) expect(trained[name]).toEqual(start[name]);

    const {numTensors} = tf.memory();
    await train(1);
    expect(tf.memory().numTensors).toBe(numTensors);

    const last = await weightsOf(layer);
    const copy = await copyOf(model);
    const probe = () => inputs(7, inputShape, 2);
    const [expected, actual] = [await outputs(model, probe), await outputs(copy, probe)];
    // With weights fresh from a file webgpu computes small tensors in JavaScript, which rounds otherwise.
    expectClose(actual, expected, {relative: backendName === 'webgpu' ? 1e-6 : 0, absolute: 0});
    expect(await weightsOf(copy.layers[0])).toEqual(last);
    expect(copy.layers.map((other) => other.getConfig())).toEqual(model.layers.map((own) => own.getConfig()));
    copy.dispose();
    model.optimizer.dispose();
    model.dispose();
    tf.dispose([x, y]);
  });

  it('refuses inputs of another width than it was built for', () => {
    const layer = built(make(), inputShape);
    const shared = layer instanceof layers.ReLUPair ? (layer.sharedAxes ?? []) : [];
    const axis = layer instanceof layers.WHTProjection && layer.axis === 1 ? 0 : inputShape.length - 1;
    expect(shared).not.toContain(axis + 1);
    const wrong = inputShape.map((size, i) => (i === axis ? size + 1 : size));
    expect(() => applied(layer, inputs(2, wrong))).toThrow(/expected axis .* to have/i);
    layer.dispose();
  });
});

describe('every layer', () => {
  const simple: [string, (name: string) => tf.layers.Layer][] = [
    ['whtProjection', (name) => layers.whtProjection({units: 4, name})],
    ['reluPair', (name) => layers.reluPair({name})],
    ['triangleWave', (name) => layers.triangleWave({name})],
    ['regionDense', (name) => layers.regionDense({units: 4, name})],
    ['blockDense', (name) => layers.blockDense({name})],
  ];

  it.each(simple)('of %s wants to know the size of its last axis, and says so', (_, make) => {
    const build = () => make('mine').build([null, null]);
    expect(build).toThrow(
      /^layer mine: the (size|input) .*must .*received input shape \[null,null\]. Give it in inputShape/,
    );
  });

  it.each(simple)('of %s says how to convert inputs that are not float32', (_, make) => {
    const layer = built(make('mine'), [4]);
    const apply = () => applied(layer, tf.zeros([2, 4], 'int32'));
    expect(apply).toThrow(
      'layer mine: the input must be of dtype float32, but received int32. Convert the data first: x.toFloat().',
    );
    layer.dispose();
  });

  it.each(simple)('of %s is registered under the name of its class', (_, make) => {
    const layer = make('mine');
    const {className} = layer.constructor as unknown as {className: string};
    expect(className).toBe(layer.constructor.name);
    expect(layer.getClassName()).toBe(className);
    const map = tf.serialization.SerializationMap.getMap().classNameMap;
    expect(map[className][0]).toBe(layer.constructor);
  });
});
