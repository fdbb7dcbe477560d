/**
 * Loads the models that the Keras bridge has saved and says how far their outputs are from what they should be:
 * `read_back.ts <folder>` reads check.json beside each model.json and prints {name of the folder: largest difference}.
 */

import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import 'tfjs-piecewise';
import {fileSystem} from 'tfjs-piecewise/node';

interface Numbers {
  shape: number[];
  values: number[];
}

async function difference(folder: string): Promise<number> {
  const {inputs, outputs} = JSON.parse(readFileSync(join(folder, 'check.json'), 'utf8')) as {[key: string]: Numbers[]};
  const model = await tf.loadLayersModel(fileSystem(folder));
  const given = inputs.map(({shape, values}) => tf.tensor(values, shape));
  const made = [model.predict(given)].flat();
  const sizes = made.map(
    (y, i) => tf.max(tf.abs(tf.sub(y, tf.tensor(outputs[i].values, outputs[i].shape)))).dataSync()[0],
  );
  return Math.max(...sizes, made.length === outputs.length ? 0 : Infinity);
}

async function main(folder: string): Promise<void> {
  await tf.setBackend('cpu');
  const result: {[name: string]: number | string} = {};
  for (const name of readdirSync(folder)) {
    result[name] = await difference(join(folder, name)).catch((error: Error) => error.message);
  }
  process.stdout.write(`\n${JSON.stringify(result)}\n`);
}

void main(process.argv[2]);
