/** What runs in the page: LiteRT.js, TensorFlow.js on wasm, and the module, on the same image. */

import * as tf from '@tensorflow/tfjs';
import {setWasmPaths} from '@tensorflow/tfjs-backend-wasm';
import 'tfjs-piecewise';
import {compare, type Effort} from '../compare';

type Predict = (x: Float32Array) => Float32Array;

interface LiteRTTensor {
  toTypedArray(): Float32Array;
  delete(): void;
}

interface LiteRTModel {
  run(inputs: LiteRTTensor[]): Promise<LiteRTTensor[]>;
  delete(): void;
}

/** What the page uses of @litertjs/core, which is not among the packages of the project. */
interface LiteRT {
  loadLiteRt(folder: string): Promise<unknown>;
  loadAndCompile(url: string, options: {accelerator: 'wasm'}): Promise<LiteRTModel>;
  readonly Tensor: new (data: Float32Array, shape: number[]) => LiteRTTensor;
}

let litert: LiteRT;

export async function startPage(package_: LiteRT): Promise<void> {
  litert = package_;
  tf.enableProdMode();
  setWasmPaths('/');
  await tf.setBackend('wasm');
  await litert.loadLiteRt('/wasm/');
  Object.assign(globalThis, {page});
}

const load = (url: string) => litert.loadAndCompile(url, {accelerator: 'wasm'});

async function run(model: LiteRTModel, x: Float32Array, shape: number[]): Promise<Float32Array> {
  const input = new litert.Tensor(x, shape);
  const [output] = await model.run([input]);
  const y = output.toTypedArray().slice();
  output.delete();
  input.delete();
  return y;
}

const page = {
  async latencies(folder: string, image: number[], effort: Effort) {
    const x = Float32Array.from(image);
    const shape = [1, x.length];
    const [plain, simd] = await Promise.all(
      ['float32', 'float32_simd'].map(
        (file): Promise<{predict: Predict}> => import(/* @vite-ignore */ `${folder}/${file}.mjs`),
      ),
    );
    const layers = await tf.loadLayersModel(`${folder}/layers/model.json`);
    const compiled = await load(`${folder}/float32.tflite`);
    const timings = await compare(
      {
        javascript: {run: () => plain.predict(x)},
        simd: {run: () => simd.predict(x)},
        litert: {run: () => run(compiled, x, shape)},
        tfjs: {run: () => tf.tidy(() => (layers.predict(tf.tensor(x, shape)) as tf.Tensor).dataSync())},
      },
      effort,
    );
    compiled.delete();
    return timings;
  },

  /** The class of each image. */
  async classes(file: string, images: string, size: number): Promise<number[]> {
    const x = new Float32Array(await (await fetch(images)).arrayBuffer());
    const model = await load(file);
    const all: number[] = [];
    for (let at = 0; at < x.length; at += size) {
      const y = await run(model, x.slice(at, at + size), [1, size]);
      all.push(y.indexOf(Math.max(...y)));
    }
    model.delete();
    return all;
  },
};
export type Page = typeof page;
