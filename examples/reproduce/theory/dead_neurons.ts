/**
 * Neurons that no input activates, after Brownlowe, Cornwell, Montes, Quijano, Stulman and Zhang, arXiv 2412.06829; the
 * probabilities beyond their theorem are longer runs of independent code.
 */

import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {type Check, near, same, within} from './check';

const {stablyUnactivated} = pw.analysis;
const {estimateStablyUnactivated, stablyUnactivatedProbability} = pw.theory;

const topic = 'dead neurons';

export async function deadNeuronChecks(): Promise<Check[]> {
  return [...theorem(), ...estimates(), ...zeroBiases(), ...(await fixtures()), ...(await agreement())];
}

function theorem(): Check[] {
  const values: [n0: number, n1: number, numerator: number, denominator: number][] = [
    [1, 1, 1, 4],
    [3, 3, 1, 16],
    [1, 2, 3, 16],
    [2, 3, 5, 64],
    [3, 4, 9, 256],
    [4, 5, 17, 1024],
    [5, 6, 33, 4096],
    [6, 7, 65, 16384],
  ];
  return values.flatMap(([n0, n1, numerator, denominator]) => {
    const {fraction} = stablyUnactivatedProbability(n0, n1);
    const place = (part: string) => ({topic, what: `${n0} inputs, ${n1} units: ${part}`, source: 'published' as const});
    return [
      same(place('numerator'), numerator, BigInt(fraction?.[0] ?? -1)),
      same(place('denominator'), denominator, BigInt(fraction?.[1] ?? -1)),
    ];
  });
}

/** Random neurons decided exactly: within 4 standard errors of both runs. */
function estimates(): Check[] {
  const samples = 20_000;
  const values: [n0: number, n1: number, expected: number, error: number, source: Check['source']][] = [
    [1, 1, 1 / 4, 0, 'published'],
    [1, 2, 3 / 16, 0, 'published'],
    [2, 3, 5 / 64, 0, 'published'],
    [3, 4, 9 / 256, 0, 'published'],
    [1, 3, 0.160333, 0.00013, 'derived'],
    [2, 4, 0.058408, 0.0001, 'derived'],
    [3, 5, 0.023217, 0.00008, 'derived'],
    [1, 16, 0.14161, 0.00025, 'derived'],
  ];
  return values.map(([n0, n1, expected, error, source]) => {
    const {probability, standardError} = estimateStablyUnactivated({n0, n1, samples, seed: 1});
    const margin = 4 * Math.hypot(standardError, error);
    const what = `${n0} inputs, ${n1} units: share of ${samples.toLocaleString('en')}`;
    return around({topic, what, source}, expected, margin, probability);
  });
}

function around(place: Parameters<typeof within>[0], middle: number, margin: number, found: number): Check {
  const round = (x: number) => Number(x.toFixed(4));
  return within(place, [round(middle - margin), round(middle + margin)], found);
}

/** With first-layer biases 0 and one input, p = 1/8 + 2^-(n1 + 2). */
function zeroBiases(): Check[] {
  const samples = 100_000;
  return [2, 3, 8].map((n1) => {
    const expected = 1 / 8 + 2 ** -(n1 + 2);
    const found = shareWithoutBiases(n1, samples);
    const margin = 4 * Math.sqrt((expected * (1 - expected)) / samples);
    const what = `no biases, 1 input, ${n1} units: 1/8 + 2^-${n1 + 2}`;
    return around({topic, what, source: 'derived'}, expected, margin, found);
  });
}

/** The slopes on either side of 0 must be below 0, or have no unit; and so must the constant, the value at 0. */
function shareWithoutBiases(n1: number, samples: number): number {
  const numbers = tf.tidy(() => tf.randomNormal([samples * (2 * n1 + 1)], 0, 1, 'float32', 5).dataSync());
  let dead = 0;
  for (let sample = 0; sample < samples; sample++) {
    const own = numbers.subarray(sample * (2 * n1 + 1), (sample + 1) * (2 * n1 + 1));
    const slopes = [0, 0];
    for (let i = 0; i < n1; i++) slopes[own[i] > 0 ? 0 : 1] += Math.abs(own[i]) * own[n1 + i];
    if (own[2 * n1] < 0 && slopes.every((slope) => slope <= 0)) dead++;
  }
  return dead / samples;
}

interface Written {
  a: number[][];
  b: number[];
  w: number[];
  c: number;
}

/** c + sum_i w_i relu(a_i x + b_i), and what a method says of it. */
async function decide({a, b, w, c}: Written, method: 'auto' | 'closedForm' | 'vertices' | 'lp') {
  const model = tf.sequential({
    layers: [
      tf.layers.dense({units: a.length, activation: 'relu', inputShape: [a[0].length]}),
      tf.layers.dense({units: 1, activation: 'relu'}),
    ],
  });
  const kernel = a[0].map((_, j) => a.map((row) => row[j]));
  const weights = [kernel, b, w.map((weight) => [weight]), [c]].map((values) => tf.tensor(values));
  model.setWeights(weights);
  tf.dispose(weights);
  const {neurons} = await stablyUnactivated(model, {method});
  model.dispose();
  return neurons[0];
}

async function fixtures(): Promise<Check[]> {
  const opposite = {a: [[1], [-1]], b: [1, 1], w: [-2, -3]};
  const wedge = {a: [[1, 0], [0, 1], [1, 1]], b: [0, 0, 1], w: [-2, -2, 1]}; // biome-ignore format: rows
  const wide = {a: [[1, 0, 2], [0, 1, -1]], b: [0.3, -0.2], w: [-1, -0.5]}; // biome-ignore format: rows
  const values: [what: string, written: Written, supremum: string][] = [
    ['V of constant 1.5', {...opposite, c: 1.5}, '-2.5000'],
    ['V of constant 3.9', {...opposite, c: 3.9}, '-0.1000'],
    ['V of constant 4.1', {...opposite, c: 4.1}, '0.1000'],
    ['units apart, constant 1.5', {...opposite, b: [-1, -1], c: 1.5}, '1.5000'],
    ['units apart, constant -0.1', {...opposite, b: [-1, -1], c: -0.1}, '-0.1000'],
    ['a weight above 0', {a: [[1], [2]], b: [0, -2], w: [-3, 1], c: -1}, '-1.0000'],
    ['three units in a plane, c = -1.2', {...wedge, c: -1.2}, '-0.2000'],
    ['three units in a plane, c = -0.8', {...wedge, c: -0.8}, '0.2000'],
    ['two units of three inputs', {...wide, c: -0.1}, '-0.1000'],
  ];
  const checks: Check[] = [];
  for (const [what, written, supremum] of values) {
    const found = Number((await decide(written, 'auto')).supremum ?? Number.NaN);
    checks.push(near({topic, what: `supremum, ${what}`, source: 'exact'}, supremum, found));
  }
  const endless: [what: string, written: Written][] = [
    ['a weight above 0 that wins', {a: [[1], [2]], b: [0, -2], w: [-3, 2], c: -1}],
    ['two units of three inputs, one above 0', {...wide, w: [-1, 0.5], c: -0.1}],
  ];
  for (const [what, written] of endless) {
    const {verdict} = await decide(written, 'auto');
    checks.push(same({topic, what: `alive, ${what}`, source: 'exact'}, 1, Number(verdict === 'alive')));
  }
  return checks;
}

/** The closed forms, the vertices and the linear programs on the same random neurons. */
async function agreement(): Promise<Check[]> {
  const methods = ['closedForm', 'vertices', 'lp'] as const;
  const count = 50;
  let different = 0;
  for (let seed = 1; seed <= count; seed++) {
    const numbers = Array.from(tf.tidy(() => tf.randomNormal([13], 0, 1, 'float32', seed).dataSync()));
    // Half of them are biased to die.
    const w = numbers.slice(9, 12).map((weight, i) => (seed % 2 && i > 0 ? -Math.abs(weight) : weight));
    const a = [numbers.slice(0, 2), numbers.slice(2, 4), numbers.slice(4, 6)];
    const written = {a, b: numbers.slice(6, 9), w, c: numbers[12]};
    const verdicts = new Set<string>();
    for (const method of methods) verdicts.add((await decide(written, method)).verdict);
    if (verdicts.size > 1) different++;
  }
  return [same({topic, what: `three methods, differences in ${count}`, source: 'exact'}, 0, different)];
}
