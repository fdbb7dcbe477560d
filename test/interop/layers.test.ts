/** @needs onnx */

import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import {expectClose} from '../support/close';
import {type Case, runAll, writeCase, written} from './support/cases';
import {disturb} from './support/every_layer';
import {LAYER_ROWS, modelOf, RESIZING_ROWS} from './support/layer_rows';

const folder = mkdtempSync(join(tmpdir(), 'interop-'));
const cases = new Map<string, Case>();

beforeAll(async () => {
  for (const [i, row] of [...LAYER_ROWS, ...RESIZING_ROWS].entries()) {
    const model = modelOf(row);
    disturb(model);
    const alone = ([x]: tf.Tensor[]) => [model.layers[1].apply(x) as tf.Tensor];
    const run = RESIZING_ROWS.includes(row) ? alone : undefined;
    const {inputs, ...one} = await writeCase(row.title, join(folder, `row${i}`), model, 3, run);
    tf.dispose(inputs);
    cases.set(row.title, one);
  }
  runAll(process.execPath, 'run_onnx.cjs', 'node', [...cases.values()]);
}, 120_000);

afterAll(() => rmSync(folder, {recursive: true}));

it.each([...LAYER_ROWS, ...RESIZING_ROWS])('onnxruntime-node gives the outputs of $title', ({title}) => {
  const one = cases.get(title)!;
  expectClose(written(one, 'node')[0], one.outputs[0], {relative: 1e-5});
});
