/** @needs onnx python
 *  @slow */

import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import {fileSystem} from 'tfjs-piecewise/node';
import {expectClose} from '../support/close';
import {pythonPath} from '../support/python';
import {type Case, runAll, writeCase, written} from './support/cases';
import {randomWindows} from './support/random_windows';

const MODELS = 300;

const folder = mkdtempSync(join(tmpdir(), 'windows-'));
const cases: Case[] = [];

beforeAll(async () => {
  const randomModel = randomWindows(20261130);
  for (let i = 0; i < MODELS; i++) {
    const {model, title} = randomModel();
    const {inputs, ...written} = await writeCase(title, join(folder, `${i}`), model, 2);
    await model.save(fileSystem(join(written.folder, 'layers')));
    cases.push(written);
    tf.dispose(inputs);
    model.dispose();
  }
}, 120_000);

afterAll(() => rmSync(folder, {recursive: true}));

const python = pythonPath();
const RUNTIMES: [title: string, command: string, program: string, name: string][] = [
  ['a graph model', process.execPath, 'run_graph.cjs', 'graph'],
  ['onnxruntime-node', process.execPath, 'run_onnx.cjs', 'node'],
  ['onnxruntime-web', process.execPath, 'run_onnx.cjs', 'web'],
  ['onnxruntime of Python', python, 'run_onnx.py', 'python'],
  ["TensorFlow's interpreter of LiteRT", python, 'run_litert.py', 'tflite'],
  ['Keras', python, 'run_keras.py', 'tensorflow'],
];

it.each(RUNTIMES)(
  `${MODELS} random models of windows give the same in %s`,
  (_, command, program, name) => {
    runAll(command, program, name, cases);
    const differing = cases.filter((one) => {
      try {
        for (const [i, y] of written(one, name).entries()) {
          expectClose(y, one.outputs[i], {relative: 1e-5, absolute: 1e-5});
        }
        return false;
      } catch {
        return true;
      }
    });
    expect(differing.map(({title}) => title)).toEqual([]);
  },
  240_000,
);
