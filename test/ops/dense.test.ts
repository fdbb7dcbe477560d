import * as tf from '@tensorflow/tfjs';
import {exporters, layers} from 'tfjs-piecewise';
import {backendName, useBackend, values} from '../support/backend';
import {expectClose} from '../support/close';
import {uniform} from '../support/random';

useBackend();

type Factory = (args: layers.DenseArgs) => tf.layers.Layer;

/** Outputs, the derivatives by input and weights, and the derivative of the squares of those by the input. */
async function derivatives(factory: Factory, args: layers.DenseArgs, shape: number[]): Promise<Float32Array[]> {
  const layer = factory({...args, kernelInitializer: tf.initializers.glorotNormal({seed: 3})});
  const size = tf.util.sizeFromShape(shape);
  const results = tf.tidy(() => {
    const x = tf.tensor(uniform(size, 1, -1, 1), shape);
    const y = layer.apply(x) as tf.Tensor;
    const loss = (input: tf.Tensor) => tf.sum(tf.square(layer.apply(input) as tf.Tensor)) as tf.Scalar;
    const {grads} = tf.variableGrads(() => loss(x));
    const second = tf.grad((input) => tf.sum(tf.square(tf.grad(loss)(input))))(x);
    return [y, tf.grad(loss)(x), ...Object.values(grads), second];
  });
  const found = await Promise.all(results.map(values));
  tf.dispose(results);
  layer.dispose();
  return found;
}

const CASES: [string, Omit<layers.DenseArgs, 'kernelInitializer'>, number[]][] = [
  ['rows', {units: 3}, [7, 5]],
  ['more units than inputs', {units: 9}, [2, 4]],
  ['rows of rows, without a bias', {units: 3, useBias: false}, [2, 3, 4]],
  ['an activation', {units: 4, activation: 'tanh'}, [3, 2]],
];

it.each(CASES)('computes and differentiates %s as the layer of tfjs does', async (_, args, shape) => {
  const ours = await derivatives(layers.dense, args as layers.DenseArgs, shape);
  const theirs = await derivatives(tf.layers.dense, args as layers.DenseArgs, shape);
  expect(ours.length).toBe(theirs.length);
  for (const [i, expected] of theirs.entries()) expectClose(ours[i], expected, {relative: 1e-5, absolute: 1e-6});
});

it('multiplies by no transposed matrix where that is slow, and by no op of tfjs where few calls count', () => {
  const layer = layers.dense({units: 3});
  const run = jest.spyOn(tf.engine(), 'runKernel');
  tf.tidy(() => {
    const x = tf.ones([4, 5]);
    layer.apply(x);
    run.mockClear();
    tf.grad((input) => layer.apply(input) as tf.Tensor)(x);
  });
  const calls = run.mock.calls.map(([name, , attrs]) => ({name, ...(attrs as {transposeA?: boolean})}));
  run.mockRestore();
  expect(calls.map(({name}) => name)).toContain('TransposedMatMul');
  const slow = calls.filter((each) => each.transposeA || (each as {transposeB?: boolean}).transposeB);
  if (backendName === 'wasm' || backendName === 'tensorflow') expect(slow).toEqual([]);
  layer.dispose();
});

it('is saved as a dense layer of tfjs, and exported as one', async () => {
  const model = tf.sequential({layers: [layers.dense({units: 2, inputShape: [3], name: 'read_out'})]});
  let saved: tf.io.ModelArtifacts | undefined;
  await model.save(
    tf.io.withSaveHandler(async (artifacts) => {
      saved = artifacts;
      return {modelArtifactsInfo: {dateSaved: new Date(0), modelTopologyType: 'JSON'}};
    }),
  );
  expect(JSON.stringify(saved!.modelTopology)).toContain('"class_name":"Dense"');
  const loaded = await tf.loadLayersModel(tf.io.fromMemory(saved!));
  const dense = exporters.toDense(model);
  const x = tf.ones([2, 3]);
  const outputs = [model, loaded, dense].map((one) => one.predict(x) as tf.Tensor);
  const [ours, ...others] = await Promise.all(outputs.map(values));
  for (const other of others) expectClose(other, ours, {relative: 1e-6, absolute: 1e-6});
  tf.dispose([x, ...outputs]);
  for (const one of [model, loaded, dense]) one.dispose();
});

it('refuses an option that it does not know, and another dtype', () => {
  expect(() => layers.dense({units: 3, unit: 4} as layers.DenseArgs)).toThrow("'unit'. Did you mean 'units'?");
  for (const option of ['kernelInitializer', 'biasInitializer']) {
    expect(() => layers.dense({units: 3, [option]: 'glorotNorml'})).toThrow(
      /^layer Dense: an initializer must be one of 'constant'.*received 'glorotNorml'. Did you mean 'glorotNormal'\?$/,
    );
    expect(() => layers.dense({units: 3, [option]: 'GlorotNormal'})).not.toThrow(); // by its class, as configs have it
  }
  const layer = layers.dense({units: 2});
  const x = tf.zeros([2, 3], 'int32');
  expect(() => layer.apply(x)).toThrow('must be of dtype float32');
  x.dispose();
  layer.dispose();
});
