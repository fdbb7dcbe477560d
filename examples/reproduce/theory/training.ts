/** What training reaches: only inequalities are safe, for the theory is of infinitely wide networks. */

import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {type Check, within} from './check';

const {divisionOfLabor} = pw.analysis;
const {coverProbability, estimateCapacity, storageCapacity} = pw.theory;

const normal = (seed: number, stddev: number) => tf.initializers.randomNormal({seed, stddev});

export async function trainingChecks(): Promise<Check[]> {
  return [await oneUnit(), ...(await manyUnits())];
}

async function oneUnit(): Promise<Check> {
  const inputs = 20;
  const {points} = await estimateCapacity(
    ({seed}) => {
      const kernelInitializer = normal(seed, 1);
      return tf.sequential({
        layers: [tf.layers.dense({units: 1, inputShape: [inputs], useBias: false, kernelInitializer})],
      });
    },
    {inputs, loads: [1.6], trials: 20, steps: 1000, seed: 1},
  );
  const [{success, patterns}] = points;
  const expected = coverProbability(patterns, inputs);
  const error = 3 * Math.sqrt((expected * (1 - expected)) / 20);
  const place = {
    topic: 'training',
    what: `one unit learns ${patterns} patterns of 20 inputs`,
    source: 'bound' as const,
  };
  return within(place, [Number((expected - error).toFixed(3)), 1], success);
}

/** Wide enough that the units can share the work, and small enough for seconds. */
const UNITS = 16;
const INPUTS = 20;
const LOAD = 1.5;

async function manyUnits(): Promise<Check[]> {
  const checks: Check[] = [];
  for (const name of ['relu', 'tanh', 'abs'] as const) {
    const seeds = [1, 2, 3];
    let sum = 0;
    for (const seed of seeds) {
      const model = committee(name, INPUTS, seed);
      await learn(model, seed);
      sum += divisionOfLabor(model).correlation;
      model.dispose();
    }
    const range: [number, number] = name === 'abs' ? [-0.3, 0.3] : [-1, -0.8];
    const what = `division of labor, ${name}, load ${LOAD}, mean of 3`;
    checks.push(within({topic: 'training', what, source: 'bound'}, range, sum / seeds.length));
  }
  const load = Number(storageCapacity('abs').capacity.toFixed(2));
  const {points} = await estimateCapacity(({inputs, seed}) => committee('abs', inputs, seed), {
    inputs: INPUTS,
    loads: [load],
    weights: INPUTS * UNITS,
    trials: 3,
    steps: 300,
    seed: 1,
  });
  const what = `abs learns at its theoretical capacity ${load}`;
  checks.push(within({topic: 'training', what, source: 'bound'}, [0, 0], points[0].success));
  return checks;
}

/** sum_k v_k f(w_k x) with balanced fixed signs v. */
function committee(name: 'relu' | 'tanh' | 'abs', inputs: number, seed: number): tf.Sequential {
  const first = {units: UNITS, useBias: false, inputShape: [inputs], kernelInitializer: normal(seed, inputs ** -0.5)};
  const hidden =
    name === 'abs'
      ? [tf.layers.dense(first), tf.layers.leakyReLU({alpha: -1})]
      : [tf.layers.dense({...first, activation: name})];
  const readout = tf.layers.dense({units: 1, useBias: false, trainable: false});
  const model = tf.sequential({layers: [...hidden, readout]});
  const signs = tf.tensor2d(
    Array.from({length: UNITS}, (_, k) => (k % 2 === 0 ? 1 : -1) / Math.sqrt(UNITS)),
    [UNITS, 1],
  );
  readout.setWeights([signs]);
  signs.dispose();
  return model;
}

/** Trains on random patterns with a logistic loss. */
async function learn(model: tf.Sequential, seed: number): Promise<void> {
  const patterns = LOAD * UNITS * INPUTS;
  const x = tf.tensor2d(pw.randomSigns(patterns * INPUTS, {seed}), [patterns, INPUTS]);
  const y = tf.tensor2d(pw.randomSigns(patterns, {seed, round: 1}), [patterns, 1]);
  const loss = (label: tf.Tensor, output: tf.Tensor) => tf.softplus(tf.mul(tf.mul(label, output), -10)).mean();
  model.compile({optimizer: tf.train.adam(0.03), loss});
  await model.fit(x, y, {epochs: 500, batchSize: patterns, verbose: 0});
  tf.dispose([x, y]);
}
