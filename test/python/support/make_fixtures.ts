/** Saves the models that the Keras bridge is compared with, and what tfjs makes of them: `make_fixtures.ts <folder>`. */

import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import {fileSystem} from 'tfjs-piecewise/node';
import {uniform} from '../../support/random';
import {disturb, FIXTURES, samples} from './models';

type Numbers = {shape: number[]; values: number[]};

const numbers = (t: tf.Tensor): Numbers => ({shape: t.shape, values: Array.from(t.dataSync())});

const all = (y: tf.Tensor | tf.Tensor[]) => [y].flat();

/** The derivatives of a weighted sum of all outputs by every input and every trainable weight. */
function gradients(model: tf.LayersModel, inputs: tf.Tensor[], factors: tf.Tensor[]) {
  const value = (x: tf.Tensor[]) =>
    tf.addN(all(model.apply(x) as tf.Tensor[]).map((y, i) => tf.sum(tf.mul(y, factors[i])))) as tf.Scalar;
  const weights = model.trainableWeights;
  const byName: {[name: string]: Numbers} = {};
  if (weights.length > 0) {
    const read = weights.map((weight) => weight.read() as tf.Variable);
    const {grads} = tf.variableGrads(() => value(inputs), read);
    weights.forEach((weight, i) => {
      byName[weight.originalName] = numbers(grads[read[i].name]);
    });
  }
  return {
    weights: byName,
    inputs: tf
      .grads((...x: tf.Tensor[]) => value(x))(inputs)
      .map(numbers),
  };
}

async function main(folder: string): Promise<void> {
  await tf.setBackend('cpu');
  for (const {name, title, make, integers} of FIXTURES) {
    const model = make();
    disturb(model);
    const inputs = samples(model, integers);
    const outputs = all(model.predict(inputs) as tf.Tensor | tf.Tensor[]);
    const factors = outputs.map((y, i) => tf.tensor(uniform(y.size, 20 + i, -1, 1), y.shape));
    await model.save(fileSystem(join(folder, name)));
    const check = {
      title,
      integers: integers !== undefined,
      inputs: inputs.map(numbers),
      outputs: outputs.map(numbers),
      factors: factors.map(numbers),
      gradients: integers === undefined ? gradients(model, inputs, factors) : null,
    };
    writeFileSync(join(folder, name, 'check.json'), JSON.stringify(check));
  }
}

void main(process.argv[2]);
