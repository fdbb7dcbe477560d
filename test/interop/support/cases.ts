import {execFileSync} from 'node:child_process';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import {exporters} from 'tfjs-piecewise';
import {fileSystem} from 'tfjs-piecewise/node';
import {pythonEnv} from '../../support/python';
import {uniform} from '../../support/random';

/** A model, and what it gives for some inputs; its files are in a folder of its own. */
export interface Case {
  readonly title: string;
  readonly folder: string;
  readonly outputs: readonly Float32Array[];
}

/** Writes model.onnx, model.tflite, graph/model.json, the inputs, and a list of them in inputs.json. `run` is for what no model can run. */
export async function writeCase(
  title: string,
  folder: string,
  model: tf.LayersModel,
  samples: number,
  run = (inputs: tf.Tensor[]) => [model.predict(inputs) as tf.Tensor | tf.Tensor[]].flat(),
): Promise<Case & {inputs: tf.Tensor[]}> {
  mkdirSync(folder, {recursive: true});
  writeFileSync(join(folder, 'model.onnx'), await exporters.toOnnx(model));
  writeFileSync(join(folder, 'model.tflite'), await exporters.toLiteRT(model));
  const graph = await exporters.toGraphModel(model);
  await fileSystem(join(folder, 'graph')).save(graph);
  const inputs = model.inputs.map(({shape}, i) => {
    const full = [samples, ...(shape.slice(1) as number[])];
    return tf.tensor(uniform(tf.util.sizeFromShape(full), i + 1, -1, 2), full);
  });
  const names = Object.keys((graph.signature as {inputs: object}).inputs);
  for (const [i, x] of inputs.entries()) writeFileSync(join(folder, `input${i}.bin`), x.dataSync());
  writeFileSync(join(folder, 'inputs.json'), JSON.stringify(inputs.map(({shape}, i) => ({name: names[i], shape}))));
  return {title, folder, inputs, outputs: dataOf(() => run(inputs))};
}

export function outputsOf(model: tf.LayersModel, inputs: tf.Tensor[]): Float32Array[] {
  return dataOf(() => [model.predict(inputs) as tf.Tensor | tf.Tensor[]].flat());
}

const dataOf = (run: () => tf.Tensor[]): Float32Array[] =>
  tf.tidy(() => run().map((y) => y.dataSync<'float32'>().slice()));

/** Lets a program of this folder run all cases in a process of its own, where it writes <name><number of output>.bin. */
export function runAll(command: string, program: string, name: string, cases: readonly Case[]): void {
  const args = [join(__dirname, program), name, ...cases.map(({folder}) => folder)];
  execFileSync(command, args, {stdio: 'pipe', cwd: __dirname, env: pythonEnv(), maxBuffer: 2 ** 26});
}

export function written({folder, outputs}: Case, name: string): Float32Array[] {
  return outputs.map((_, i) => {
    const bytes = readFileSync(join(folder, `${name}${i}.bin`));
    return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  });
}
