import * as tf from '@tensorflow/tfjs';
import {exporters} from 'tfjs-piecewise';
import {disturb} from '../interop/support/every_layer';
import {LAYER_ROWS, type LayerRow, modelOf, RESIZING_ROWS} from '../interop/support/layer_rows';
import {backendName, useBackend, values} from '../support/backend';
import {expectClose} from '../support/close';
import {uniform} from '../support/random';

useBackend();

const {toDense, toGraphModel} = exporters;

async function output(model: tf.LayersModel | tf.GraphModel, x: tf.Tensor): Promise<Float32Array> {
  const y = model.predict(x) as tf.Tensor;
  const read = await values(y);
  y.dispose();
  return read;
}

const titled = (rows: readonly LayerRow[]) => rows.map((row) => [row.title, row] as const);

/** 3 samples for a model of a row. */
function samples({inputShape}: LayerRow): tf.Tensor {
  const shape = [3, ...inputShape];
  return tf.tensor(uniform(tf.util.sizeFromShape(shape), 1, -1, 2), shape);
}

/** What tfjs has wrong on a backend, so that it is no reference there; the rows are held on the others. */
const NO_REFERENCE: {[backend: string]: RegExp} = {
  // The kernel of wasm leaves most of its output as the memory was.
  wasm: /^Conv3DTranspose/,
  // TensorFlow has no such kernel for CPUs.
  tensorflow: /^Conv3D, dilated/,
};
const known = LAYER_ROWS.filter(({title}) => !NO_REFERENCE[backendName]?.test(title));

it.each(titled(known))('toGraphModel and toDense keep %s', async (_, row) => {
  const model = modelOf(row);
  disturb(model);
  const x = samples(row);
  const expected = await output(model, x);
  const graph = await tf.loadGraphModel(tf.io.fromMemory(await toGraphModel(model)));
  const dense = toDense(model);
  expectClose(await output(graph, x), expected, {relative: 1e-5});
  expectClose(await output(dense, x), expected, {relative: 1e-6});
  x.dispose();
  for (const one of [graph, dense, model]) one.dispose();
});

it.each(titled(RESIZING_ROWS))('toGraphModel computes what tf.image does: %s', async (_, row) => {
  const model = modelOf(row);
  const x = samples(row);
  const y = model.layers[1].apply(x) as tf.Tensor;
  const graph = await tf.loadGraphModel(tf.io.fromMemory(await toGraphModel(model)));
  expectClose(await output(graph, x), await values(y), {relative: 1e-6});
  expect(() => model.predict(x)).toThrow();
  tf.dispose([x, y]);
  for (const one of [graph, model]) one.dispose();
});

/** cpu and wasm take the numbers of other channels, so the layer of tfjs is no reference. */
it.each([1, 2, -2])('batch normalization along axis %d is what Keras defines', async (axis) => {
  const shape = [3, 4, 2];
  const channels = shape[((axis + 4) % 4) - 1];
  const model = tf.sequential({layers: [tf.layers.batchNormalization({axis, inputShape: shape})]});
  disturb(model);
  const [gamma, beta, mean, variance] = await Promise.all(model.getWeights().map(values));
  const x = tf.tensor(uniform(48, 1, -1, 2), [2, ...shape]);
  const inner = tf.util.sizeFromShape(shape.slice((axis + 4) % 4));
  const expected = (await values(x)).map((v, i) => {
    const c = Math.floor(i / inner) % channels;
    return (gamma[c] * (v - mean[c])) / Math.sqrt(variance[c] + 1e-3) + beta[c];
  });
  const graph = await tf.loadGraphModel(tf.io.fromMemory(await toGraphModel(model)));
  expectClose(await output(graph, x), expected, {relative: 1e-6});
  x.dispose();
  for (const one of [graph, model]) one.dispose();
});
