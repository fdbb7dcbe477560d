/** The counts of U. Michelucci, arXiv 2211.06603, and those of networks of fixed transforms, which are derived. */

import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {type Check, near, same, within} from './check';
import {jacobianRank} from './jacobian';
import {chain, randomize, sample} from './models';

const {countEquivalentMinima, permuteUnits} = pw.analysis;

/** What `use` returns of a model that is gone afterwards. */
function of<T>(model: tf.LayersModel, use: (model: tf.LayersModel) => T): T {
  const result = use(model);
  model.dispose();
  return result;
}

export function symmetryChecks(): Check[] {
  return [...widths(), ...orbits(), ...transforms(), ...outputs(), ...dimensions()];
}

function widths(): Check[] {
  const place = (what: string) => ({topic: 'equivalent minima', what, source: 'exact' as const});
  const tanh = (sizes: number[]) => of(chain(sizes, 'tanh'), (model) => countEquivalentMinima(model).withSigns.log10);
  const conv = tf.sequential({
    layers: [
      tf.layers.conv2d({filters: 5, kernelSize: 3, activation: 'relu', inputShape: [8, 8, 1]}),
      tf.layers.conv2d({filters: 4, kernelSize: 3, activation: 'relu'}),
      tf.layers.flatten(),
      tf.layers.dense({units: 3}),
    ],
  });
  return [
    same(place('hidden widths 10 and 10'), 13168189440000, Number(countEquivalentMinima([10, 10]).count)),
    near(place('log10, 784-128-64-10'), '304.6895769909', countEquivalentMinima([128, 64]).log10),
    near(place('log10, 64-512-512-512-10'), '3499.6237226573', countEquivalentMinima([512, 512, 512]).log10),
    near(place('log10, LeNet-5'), '341.523730', countEquivalentMinima([6, 16, 120, 84]).log10),
    near(place('log10 with signs, tanh 784-128-64-10'), '362.4873361584', tanh([784, 128, 64, 10])),
    same(
      place('filters 5 and 4'),
      2880,
      of(conv, (model) => Number(countEquivalentMinima(model).count)),
    ),
  ];
}

function orbits(): Check[] {
  const model = randomize(chain([2, 3, 1], 'tanh'));
  const points = new Set(
    Array.from({length: 500}, (_, seed) =>
      of(permuteUnits(model, {seed}), (copy) => String(copy.getWeights().map((weight) => weight.dataSync()))),
    ),
  );
  model.dispose();
  return [same({topic: 'equivalent minima', what: 'different copies of tanh 2-3-1', source: 'exact'}, 48, points.size)];
}

/** Layers of transform and slopes. */
function waves(depth: number, n: number, readout: boolean): tf.Sequential {
  const layers = Array.from({length: depth}, (_, i) => [
    pw.layers.whtProjection({units: n, seed: i, randomBias: 0, ...(i === 0 && {inputShape: [n]})}),
    pw.layers.reluPair(),
  ]).flat();
  return tf.sequential({layers: readout ? [...layers, tf.layers.dense({units: 2})] : layers});
}

function transforms(): Check[] {
  const place = (what: string) => ({topic: 'Walsh-Hadamard', what, source: 'derived' as const});
  const order = (depth: number, readout: boolean) =>
    of(waves(depth, 16, readout), (model) => BigInt(countEquivalentMinima(model).withSigns.count));
  const signed = (n: number) => {
    const layers = [
      tf.layers.dense({units: n, activation: 'tanh', inputShape: [2]}),
      pw.layers.whtProjection({units: n, randomBias: 0}),
      pw.layers.reluPair(),
      tf.layers.dense({units: 1}),
    ];
    const {permutations, signs} = of(tf.sequential({layers}), countEquivalentMinima).spaces[1];
    return BigInt(permutations) * BigInt(signs);
  };
  const diagonal = (n: number) => of(waves(2, n, true), countEquivalentMinima).spaces[1];
  return [
    ...[4n, 8n, 16n].map((expected, i) => {
      const {permutations, signs} = diagonal(2 ** (i + 1));
      return same(place(`diagonal relabelings, n = ${2 ** (i + 1)}`), expected, BigInt(permutations) * BigInt(signs));
    }),
    ...[8n, 192n, 21504n].map((expected, i) =>
      same(place(`signed relabelings, n = ${2 ** (i + 1)}`), expected, signed(2 ** (i + 1))),
    ),
    same(place('n = 16, 2 layers, read-out'), 2097152n, order(2, true)),
    same(place('n = 16, 3 layers, read-out'), 67108864n, order(3, true)),
    same(place('n = 16, 5 layers, read-out'), 68719476736n, order(5, true)),
    same(place('n = 16, 2 layers, direct'), 2n, order(2, false)),
    same(place('n = 16, 3 layers, direct'), 64n, order(3, false)),
    same(place('n = 16, 5 layers, direct'), 65536n, order(5, false)),
  ];
}

/** Largest change of an output, as a share of the largest output, over some symmetries. */
function change(model: tf.LayersModel): number {
  const x = sample(model, 100);
  const predict = (m: tf.LayersModel) => tf.tidy(() => (m.predict(x) as tf.Tensor).dataSync() as Float32Array);
  const expected = predict(model);
  const scale = expected.reduce((max, value) => Math.max(max, Math.abs(value)), 1);
  const errors = [1, 2, 3].map((seed) => {
    const found = of(permuteUnits(model, {seed}), predict);
    return found.reduce((max, value, i) => Math.max(max, Math.abs(value - expected[i])), 0);
  });
  x.dispose();
  return Math.max(...errors) / scale;
}

function outputs(): Check[] {
  const models: [string, tf.Sequential][] = [
    ['relu 4-10-10-3', chain([4, 10, 10, 3], 'relu')],
    ['tanh 4-10-10-3', chain([4, 10, 10, 3], 'tanh')],
    ['relu 784-128-64-10', chain([784, 128, 64, 10], 'relu')],
    ['5 transforms of 16, read-out', waves(5, 16, true)],
  ];
  return models.map(([name, model]) => {
    const place = {topic: 'equal outputs', what: `relative change, ${name}`, source: 'bound' as const};
    return within(place, [-Infinity, 1e-5], of(randomize(model), change));
  });
}

/** Directions in which the weights can move without a change of the function. */
function dimensions(): Check[] {
  const pairs = [6, 5].flatMap((units, i) => [
    tf.layers.dense({units, ...(i === 0 && {inputShape: [4]})}),
    pw.layers.reluPair(),
  ]);
  // With some other seeds units are never or always active, which sets more directions free.
  const models: [string, number, tf.Sequential, number][] = [
    ['relu 4-6-5-3', 11, chain([4, 6, 5, 3], 'relu'), 10],
    ['two slopes 4-6-5-3', 22, tf.sequential({layers: [...pairs, tf.layers.dense({units: 3})]}), 10],
  ];
  for (const L of [1, 2, 3, 4]) models.push([`transforms of 8, L = ${L}`, L - 1, waves(L, 8, false), 2]);
  return models.flatMap(([name, expected, model, seed]) => {
    randomize(model, seed);
    const counted = countEquivalentMinima(model).continuous;
    const missing = model.countParams() - jacobianRank(model, 150);
    model.dispose();
    return [
      same({topic: 'continuous', what: `counted, ${name}`, source: 'derived'}, expected, counted),
      same({topic: 'continuous', what: `missing rank, ${name}`, source: 'derived'}, expected, missing),
    ];
  });
}
