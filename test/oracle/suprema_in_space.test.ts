import * as tf from '@tensorflow/tfjs';
import {analysis} from 'tfjs-piecewise';
import {Draw} from './random/draw';
import {over, type Rational, ratio, rational} from './rational';
import {type Neurons, supremaInSpace} from './suprema_in_space';

beforeAll(() => tf.setBackend('cpu'));

/** Weights of sizes from 1e-6 to 1e6, as float32 has them; the second layer is mostly below 0, so that some neurons die. */
function randomNeurons(inputs: number, draw: Draw): Neurons {
  const weight = () => Math.fround(draw.normal() * 10 ** draw.real(-6, 6));
  const list = <T>(length: number, entry: () => T) => Array.from({length}, entry);
  const units = draw.integer(1, inputs < 4 ? 6 : 5);
  const lowers = () => (draw.chance(0.7) ? -Math.abs(weight()) : weight());
  return {
    a: list(inputs, () => list(units, weight)),
    b: list(units, weight),
    w: list(units, () => list(3, lowers)),
    c: list(3, weight),
  };
}

function modelOf({a, b, w, c}: Neurons): tf.LayersModel {
  const model = tf.sequential({
    layers: [
      tf.layers.dense({units: b.length, activation: 'relu', inputShape: [a.length]}),
      tf.layers.dense({units: c.length, activation: 'relu', name: 'asked'}),
    ],
  });
  const weights = [a, b, w, c].map((numbers) => tf.tensor(numbers));
  model.setWeights(weights);
  tf.dispose(weights);
  return model;
}

/** Without rounding: a sum of small terms beside large ones has another sign in doubles. */
function signAt({a, b, w, c}: Neurons, k: number, x: number[]): number {
  const add = ([n, d]: Rational, [m, e]: Rational): Rational => [n * e + m * d, d * e];
  const product = (p: Rational, q: Rational): Rational => [p[0] * q[0], p[1] * q[1]];
  const value = b.reduce((sum, offset, i) => {
    const z = a.reduce((total, row, j) => add(total, product(rational(row[i]), rational(x[j]))), rational(offset));
    return z[0] > 0n ? add(sum, product(rational(w[i][k]), z)) : sum;
  }, rational(c[k]));
  return Math.sign(ratio(...value));
}

const CASES = [1, 2, 3, 4].flatMap((inputs) => [
  {inputs, where: 'all of space', box: null},
  {inputs, where: 'a box', box: [-1, 2] as const},
]);

it.each(CASES)('suprema of $inputs inputs in $where, weights over 12 decades', async ({inputs, box}) => {
  const seen = {dead: 0, alive: 0, unknown: 0, none: 0, known: 0};
  for (let seed = 1; seed <= 15; seed++) {
    const neurons = randomNeurons(inputs, new Draw(100 * inputs + seed));
    const highest = supremaInSpace(neurons, box);
    const model = modelOf(neurons);
    const domain = box ? {low: box[0], high: box[1]} : 'all';
    const found = await analysis.stablyUnactivated(model, {domain, layer: 'asked'});
    model.dispose();
    for (const [k, {verdict, supremum, upperBound, witness}] of found.neurons.entries()) {
      seen[verdict]++;
      const highestHere = highest[k];
      const truth = highestHere === 'none' ? Infinity : ratio(...highestHere);
      const where = `seed ${seed}, neuron ${k}: ${verdict}, ${supremum}, at most ${upperBound}; true ${truth}`;
      const holds = (claim: boolean) => expect([where, claim]).toEqual([where, true]);
      if (verdict === 'alive') holds(truth > 0 && signAt(neurons, k, witness!) === 1);
      if (verdict === 'dead') holds(truth < 0);
      if (supremum === 'none') holds(truth === Infinity);
      if (upperBound !== 'none') holds(truth <= upperBound + 1e-12 * Math.abs(truth));
      if (typeof supremum === 'number' && highestHere !== 'none') {
        // Relative to the true number, however small it is beside the terms.
        const [n, d] = over(rational(supremum), highestHere[0] === 0n ? [1n, 1n] : highestHere);
        holds(highestHere[0] === 0n ? supremum === 0 : Math.abs(ratio(n, d) - 1) < 1e-12);
      }
      if (supremum !== null) seen.known++;
      if (supremum === 'none') seen.none++;
    }
  }
  expect(seen.unknown).toBeLessThan(5);
  expect(seen.known).toBeGreaterThan(20);
  if (inputs === 1 || box) expect(seen.dead).toBeGreaterThan(0);
  expect(seen.alive).toBeGreaterThan(5);
  expect(seen.none > 0).toBe(box === null);
});
