import {join, resolve} from 'node:path';
import {pathToFileURL} from 'node:url';
import {Worker} from 'node:worker_threads';
import * as tf from '@tensorflow/tfjs';
import {fileSystem} from '../../node';
import type {Format} from '../export_options';
import {findCompiler, runC} from './c_program';
import {findPython, runPython} from './python';

/** What runs exported models. */
export interface Runtime {
  /** With its version. */
  readonly name: string;
  /** The outputs for samples of a shape, one after the other, from the export in a folder. */
  run(folder: string, x: Float32Array, shape: readonly number[]): Promise<Float32Array>;
}

/**
 * What runs a format on this machine.
 *
 * @throws If there is nothing, with what to install.
 */
export async function findRuntime(to: Format): Promise<Runtime> {
  return FIND[to]();
}

const FIND: {readonly [format in Format]: () => Promise<Runtime>} = {
  js: async () => ({name: `Node ${process.versions.node}`, run: runModule}),
  c: async () => {
    const {command, version} = await findCompiler();
    return {name: version, run: (folder, x) => runC(command, folder, x)};
  },
  litert: () => inPython('litert', 'model.tflite'),
  onnx: () => inPython('onnx', 'model.onnx'),
  keras: () => inPython('keras', ''),
  graph: async () => inTfjs((folder) => tf.loadGraphModel(fileSystem(folder))),
  dense: async () => inTfjs((folder) => tf.loadLayersModel(fileSystem(folder))),
  quantized: async () => inTfjs((folder) => tf.loadLayersModel(fileSystem(folder))),
};

async function inPython(kind: 'litert' | 'onnx' | 'keras', file: string): Promise<Runtime> {
  const {python, name} = await findPython(kind);
  return {name, run: (folder, x, shape) => runPython(python, kind, resolve(folder, file), x, shape)};
}

function inTfjs(load: (folder: string) => Promise<tf.LayersModel | tf.GraphModel>): Runtime {
  return {
    name: `TensorFlow.js ${tf.version.tfjs}`,
    run: async (folder, x, shape) => {
      const model = await load(folder);
      const y = outputsOf(model, x, shape);
      model.dispose();
      return y;
    },
  };
}

const NUMBERS_AT_ONCE = 2 ** 20;

/** What a model gives for samples. */
export function outputsOf(
  model: tf.LayersModel | tf.GraphModel,
  x: Float32Array,
  shape: readonly number[],
): Float32Array {
  const size = tf.util.sizeFromShape([...shape]);
  const atOnce = Math.max(1, Math.floor(NUMBERS_AT_ONCE / size));
  const parts: Float32Array[] = [];
  for (let start = 0; start < x.length; start += atOnce * size) {
    const part = x.slice(start, start + atOnce * size);
    parts.push(
      tf.tidy(() => {
        const y = model.predict(tf.tensor(part, [part.length / size, ...shape])) as tf.Tensor;
        return y.dataSync<'float32'>().slice();
      }),
    );
  }
  const all = new Float32Array(parts.reduce((sum, {length}) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** In a thread of its own, as text: a bundler or transpiler would turn an import of a file that is not there yet into something else. */
const WORKER = `const {parentPort, workerData: {url, x}} = require('node:worker_threads');
import(url).then(({predict}) => parentPort.postMessage(predict(x)));`;

function runModule(folder: string, x: Float32Array): Promise<Float32Array> {
  const url = pathToFileURL(join(resolve(folder), 'model.mjs')).href;
  return new Promise((done, refuse) => {
    const worker = new Worker(WORKER, {eval: true, workerData: {url, x}});
    worker.once('message', done);
    worker.once('error', refuse);
  });
}
