// %% [markdown]
// # 5. Symmetry, capacity, and neurons that never fire
//
// Three questions that parameters can be asked, from three papers: how many settings of the weights are the same function
// (Michelucci, arXiv 2211.06603); how many random patterns a weight can store (Nishiyama and Ohzeki, arXiv 2404.13404); and
// how many neurons no input can ever activate (Brownlowe, Cornwell et al., arXiv 2412.06829).

// %%
import {readFileSync} from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {claim} from './support/claim';
import {Plot, show, table} from './support/show';

tf.enableProdMode();
const {countEquivalentMinima, permuteUnits, equivalent} = pw.analysis;

// %% [markdown]
// ## 1. Every minimum has a crowd of copies
//
// Exchange two hidden neurons with all their weights, and the function stays. So each minimum of a network with hidden layers
// of n units comes in n! copies a layer: for two layers of 10, thirteen million million.

// %%
const dense = (units: number, seed: number, activation?: 'relu') =>
  tf.layers.dense({units: units, activation: activation, kernelInitializer: tf.initializers.heNormal({seed: seed})});
const model = tf.sequential({
  layers: [tf.layers.inputLayer({inputShape: [4]}), dense(10, 1, 'relu'), dense(10, 2, 'relu'), dense(3, 3)],
});
const copy = permuteUnits(model, {seed: 7});
const samples = tf.randomNormal([200, 4], 0, 1, 'float32', 3);
const outputs = [model, copy].map((each) => each.predict(samples) as tf.Tensor);
const difference = tf.sub(outputs[0], outputs[1]).abs().max().dataSync()[0];
const [weights, copied] = [model, copy].map((each) =>
  each.layers
    .find((layer) => layer.countParams() > 0)!
    .getWeights()[0]
    .dataSync(),
);
const moved = weights.filter((weight, i) => Math.abs(weight - copied[i]) > 1e-6).length;
const verdict = equivalent(model, copy);
console.log(`copies of each minimum: ${countEquivalentMinima(model).count}`);
console.log(
  `${moved} of ${weights.length} weights of the first layer differ, the outputs by at most ${difference.toExponential(1)}`,
);
console.log(`equivalent: ${verdict.equivalent}`);

// %% [markdown]
// A fixed transform between the layers takes nearly all of that freedom away: units can no longer be exchanged one by one,
// since the next transform would notice. Of the orders of a layer of n units only n can be compensated, times signs: 2n
// rather than n!. Fewer copies, fewer parameters that say the same.

// %%
const logCopies = [4, 8, 16, 32, 64, 128, 256].flatMap((n) => {
  const [plain, wht] = [tf.sequential(), tf.sequential()];
  for (let i = 0; i < 3; i++) {
    plain.add(tf.layers.dense({units: n, activation: 'relu', inputShape: [n]}));
    wht.add(pw.layers.whtProjection({units: n, seed: i + 1, randomBias: 0, inputShape: [n]}));
    wht.add(pw.layers.reluPair({seed: i + 1}));
  }
  plain.add(tf.layers.dense({units: 1}));
  wht.add(pw.layers.whtProjection({units: n, seed: 4, randomBias: 0}));
  return [
    {n: n, log10: countEquivalentMinima(plain).withSigns.log10, net: 'dense'},
    {n: n, log10: countEquivalentMinima(wht).withSigns.log10, net: 'Walsh-Hadamard'},
  ];
});
show({
  height: 300,
  x: {type: 'log', base: 2, label: 'units in each of 3 hidden layers →'},
  y: {type: 'symlog', label: '↑ log10 of the number of copies', grid: true, ticks: [1, 3, 10, 30, 100, 300, 1000]},
  color: {domain: ['dense', 'Walsh-Hadamard'], range: [pw.plot.colors.light.dense, pw.plot.colors.light.ours]},
  marks: [
    Plot.line(logCopies, {x: 'n', y: 'log10', stroke: 'net'}),
    Plot.dot(logCopies, {x: 'n', y: 'log10', fill: 'net', r: 4}),
    Plot.text(['dense, orange; Walsh-Hadamard with two slopes, blue'], {frameAnchor: 'top-left', dx: 6, dy: 4}),
  ],
});

// %% [markdown]
// ## 2. How many patterns can a weight store?
//
// Give a network P random inputs with random labels, and ask whether weights exist that get all of them right. For a single
// unit Cover's theorem (1965) knows the probability exactly: one half at P = 2 N. `estimateCapacity` trains networks and
// counts; here is one against the other.

// %%
const INPUTS = 20;
const perceptron: pw.theory.ModelFactory = ({inputs, seed}) =>
  tf.sequential({
    layers: [
      tf.layers.dense({
        units: 1,
        inputShape: [inputs],
        useBias: false,
        kernelInitializer: tf.initializers.randomNormal({seed: seed}),
      }),
    ],
  });
const estimate = await pw.theory.estimateCapacity(perceptron, {
  inputs: INPUTS,
  loads: [1.25, 1.75, 2.25, 3],
  trials: 16,
  seed: 1,
  steps: 800,
});
const cover = Array.from({length: 61}, (_, i) => ({
  load: 1 + i / 20,
  p: pw.theory.coverProbability(INPUTS + i, INPUTS),
}));
show({
  height: 300,
  x: {label: 'patterns per weight →'},
  y: {label: '↑ probability that all can be learned', grid: true},
  marks: [
    Plot.line(cover, {x: 'load', y: 'p', stroke: '#bbb', strokeWidth: 5}),
    Plot.ruleX(estimate.points, {
      x: 'load',
      y1: (point) => point.interval[0],
      y2: (point) => point.interval[1],
      stroke: pw.plot.colors.light.ours,
    }),
    Plot.dot(estimate.points, {x: 'load', y: 'success', fill: pw.plot.colors.light.ours, r: 4}),
    Plot.text(["Cover's theorem, grey; trained, with 95 % intervals, blue"], {frameAnchor: 'top-right', dx: -6, dy: 4}),
  ],
});

// %% [markdown]
// For wide networks the replica method gives the limit. A bend is what counts: a fully connected layer of `reluPair`s stores as
// much per weight as one of ReLUs, whatever the two slopes are, as long as they differ, because the linear part of the
// activation cancels among the units (the *division of labour*). These numbers are derived, not proven; `rsb: 1` is the better
// of the two approximations, and trained networks stay below it.

// %%
const names = ['relu', 'abs', 'quadratic', 'erf'] as const;
const capacity = (activation: (typeof names)[number], rsb: 0 | 1) =>
  pw.theory.storageCapacity(activation, {rsb: rsb}).capacity;
const capacities = names.map((name) => ({name: name, rough: capacity(name, 0), better: capacity(name, 1)}));
table(
  ['activation', 'replica symmetric', 'one step of breaking'],
  capacities.map(({name, rough, better}) => [name, rough.toFixed(3), better.toFixed(3)]),
);

// %% [markdown]
// ## Our networks beside the perceptron
//
// At about equal numbers of weights: one unit of 128 inputs, whose theory is 2, and networks of 16 inputs: dense, a transform with a pair for
// each unit, deeper ones, pairs shared by 8 patches, waves. `npm run reproduce -- evidence --only capacity` trained them; each
// point is the share of networks that learned all patterns, with its 95 % interval.

// %%
interface CapacityRun {
  network: string;
  title: string;
  parameters: number;
  load: number;
  trials: number;
  steps: number;
  learned: number;
  interval: [number, number];
}
const evidence = JSON.parse(readFileSync('../docs/evidence.json', 'utf8')) as {capacity: CapacityRun[]};
const effort = Math.max(...evidence.capacity.map((run) => run.trials * run.steps));
const stored = evidence.capacity.filter((run) => run.trials * run.steps === effort).sort((a, b) => a.load - b.load);
const kinds = [...new Set(stored.map((run) => run.title))];
const loads = [...new Set(stored.map((run) => run.load))];
table(
  ['network', 'weights', ...loads.map((load) => `${load} per weight`)],
  kinds.map((kind) => {
    const runs = stored.filter((run) => run.title === kind);
    const shareAt = (load: number) => runs.find((run) => run.load === load);
    const shares = loads.map((load) => shareAt(load)).map((run) => (run ? `${run.learned} of ${run.trials}` : ''));
    return [kind, runs[0].parameters, ...shares];
  }),
);
show({
  height: 520,
  marginRight: 290, // for the names
  x: {label: 'patterns per weight →'},
  y: {label: '↑ share that learned all', domain: [0, 1], ticks: [0.5], grid: true},
  fy: {label: null, domain: kinds},
  marks: [
    Plot.ruleX([2], {stroke: '#bbb', strokeWidth: 3}),
    Plot.ruleX(stored, {
      x: 'load',
      fy: 'title',
      y1: (run) => run.interval[0],
      y2: (run) => run.interval[1],
      stroke: pw.plot.colors.light.ours,
    }),
    Plot.line(stored, {
      x: 'load',
      fy: 'title',
      y: (run) => run.learned / run.trials,
      stroke: pw.plot.colors.light.ours,
    }),
    Plot.dot(stored, {x: 'load', fy: 'title', y: (run) => run.learned / run.trials, fill: pw.plot.colors.light.ours}),
  ],
});

// %% [markdown]
// ## 3. Neurons that no input activates
//
// A ReLU neuron of the second layer is *stably unactivated* if it gives 0 for every input, also after any small change of the
// weights: no gradient will ever reach it. With n0 inputs and n1 = n0 + 1 first neurons, all weights drawn symmetrically, the
// probability is exactly (2^n0 + 1) / 4^(n0+1), whatever the distribution. We draw networks, decide each exactly, and count.

// %%
const shapes = [
  [1, 1],
  [1, 2],
  [2, 2],
  [2, 3],
  [3, 3],
  [3, 4],
] as const;
const dead = shapes.map(([n0, n1]) => {
  const {fraction, probability} = pw.theory.stablyUnactivatedProbability(n0, n1);
  const measured = pw.theory.estimateStablyUnactivated({n0: n0, n1: n1, samples: 20_000, seed: 5});
  const name = `${n0} inputs, ${n1} neurons`;
  return {
    name: name,
    fraction: fraction!,
    theory: probability!,
    measured: measured.probability,
    se: measured.standardError,
  };
});
table(
  ['network', 'theorem', 'theorem', 'measured'],
  dead.map((row) => [
    row.name,
    row.fraction.join(' / '),
    row.theory.toFixed(5),
    `${row.measured.toFixed(5)} ± ${row.se.toFixed(5)}`,
  ]),
);
show({
  height: 260,
  marginLeft: 140,
  x: {label: 'probability that a second-layer neuron is dead for good →', grid: true, domain: [0, 0.3]},
  y: {label: null, domain: dead.map(({name}) => name)},
  marks: [
    Plot.tickX(dead, {x: 'theory', y: 'name', stroke: '#bbb', strokeWidth: 6}),
    Plot.dot(dead, {x: 'measured', y: 'name', fill: pw.plot.colors.light.ours, r: 4}),
  ],
});

// %% [markdown]
// With two slopes of the same sign a first layer cannot do that: it lets every input through. For up to n0 neurons the
// probability is exactly 0.

// %%
const twoSlopes = pw.theory.estimateStablyUnactivated({n0: 2, n1: 2, samples: 20_000, seed: 5, slopes: [0.5, 1]});
console.log(
  `dead of ${twoSlopes.samples} with slopes 0.5 and 1: ${twoSlopes.dead}; with ReLU, expected: ${20_000 / 8}`,
);

// %% [markdown]
// ## What this notebook claims

// %%
const [denseCopies, whtCopies] = ['dense', 'Walsh-Hadamard'].map(
  (net) => logCopies.find((row) => row.net === net && row.n === 256)!.log10,
);
const withinFour = dead.every((row) => Math.abs(row.measured - row.theory) < 4 * row.se);
const onCover = estimate.points.every(({load, interval}) => {
  const p = pw.theory.coverProbability(Math.round(load * INPUTS), INPUTS);
  return interval[0] - 0.1 <= p && p <= interval[1] + 0.1;
});
claim(
  'two layers of 10 units have 10!² = 13,168,189,440,000 copies',
  countEquivalentMinima([10, 10]).count === 13_168_189_440_000,
);
claim('a copy has other weights and the same outputs', moved > 30 && difference < 1e-4 && verdict.equivalent === true);
claim('at 256 units a transform leaves less than a tenth of the decades of copies', whtCopies < 0.1 * denseCopies);
claim("the trained perceptron follows Cover's theorem", onCover);
claim(
  'ReLU stores 3.81 patterns per weight, as |x| does',
  capacities.slice(0, 2).every(({better}) => Math.abs(better - 3.81213) < 1e-3),
);
const learnedAt = (network: string, load: number) =>
  stored.find((run) => run.network === network && run.load === load)!.learned;
claim(
  'at one pattern per weight, three layers of pairs and shared pairs learn more often than dense networks and waves',
  ['deepPairs', 'sharedPairs'].every((ours) =>
    ['dense', 'waves'].every((other) => learnedAt(ours, 1) > learnedAt(other, 1)),
  ),
);
claim('the measured share of dead neurons is the theorem within 4 standard errors', withinFour);
claim('two slopes of one sign leave none dead', twoSlopes.dead === 0);
