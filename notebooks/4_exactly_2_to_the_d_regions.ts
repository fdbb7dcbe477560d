// %% [markdown]
// # 4. Exactly 2^d regions
//
// A random ReLU network hardly uses its depth: the number of linear pieces along a line grows with the number of units, not
// exponentially with the layers. Milkert, Hyde and Laine ("Compelling ReLU Networks to Exhibit Exponentially Many Linear
// Regions at Initialization and During Training", ICML 2025) start from weights that *do* fold the line d times, 2^d pieces
// from 4 units a layer, and train only the places of the folds first. This notebook follows them step by step.

// %%
import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {claim} from './support/claim';
import {Plot, show, table} from './support/show';

tf.enableProdMode();
const SIDE = 501;
const line = tf.linspace(0, 1, SIDE).reshape([SIDE, 1]);
const xs = Array.from(line.dataSync());

/** The values of a model of one variable on [0, 1]. */
const valuesOf = (model: tf.LayersModel) => Array.from((model.predict(line) as tf.Tensor).dataSync());
const regionsOf = async (model: tf.LayersModel) =>
  (await pw.analysis.countLinearRegions(model, {from: [0], to: [1]})).regions;

// %% [markdown]
// ## Step 1: a tent, and tents of tents
//
// A tent T has its peak at a, between 0 and 1. Two ReLUs make one. Fed into the next tent it is folded again: the wave
// W = T(...T(x)) of d tents has 2^d pieces. `triangleWave` with `scaling: 'sawtooth'` is the last wave alone; the peaks are
// its weights.

// %%
const sawtooth = (depth: number) =>
  tf.sequential({
    layers: [
      pw.layers.triangleWave({
        depth: depth,
        scaling: 'sawtooth',
        curvature: 'concave',
        scale: 1,
        base: {slope: 0, trainable: false},
        seed: 3,
        inputShape: [1],
      }),
    ],
  });
const waves = [1, 2, 3, 5].flatMap((depth) => {
  const values = valuesOf(sawtooth(depth));
  return xs.map((x, i) => ({x: x, y: values[i], wave: `${depth} tent${depth > 1 ? 's' : ''}`}));
});
show({
  height: 420,
  marginRight: 70,
  fy: {label: null},
  x: {label: 'x →'},
  y: {ticks: 2, label: null},
  marks: [Plot.line(waves, {x: 'x', y: 'y', fy: 'wave', stroke: pw.plot.colors.light.ours})],
});

// %% [markdown]
// ## Step 2: the law of the scales
//
// The network is y = x - (s0 W0 + s1 W1 + ...). If s(i+1) = s(i) (1 - a(i+1)) a(i+2), and only then, the sum has a derivative
// in the limit; cut off at d waves it is strictly convex with *exactly* 2^d pieces, whatever the peaks are. With all peaks at
// 1/2 and s0 = 1/4 it is x^2 (Yarotsky 2017), with an error of exactly 4^-(d+1). Here are these weights, in a layer:

// %%
const depths = [1, 2, 3, 4, 5, 6, 7, 8];
const squareErrors = depths.map((depth) => {
  const model = tf.sequential({layers: [pw.layers.square({depth: depth, inputShape: [1]})]});
  const grid = tf.linspace(0, 1, 2 ** (depth + 2) + 1).reshape([-1, 1]);
  const worst = tf
    .sub(model.predict(grid) as tf.Tensor, grid.square())
    .abs()
    .max()
    .dataSync()[0];
  return {depth: depth, worst: worst, theory: 4 ** -(depth + 1)};
});
show({
  height: 300,
  x: {label: 'depth d →', ticks: 8},
  y: {type: 'log', label: '↑ greatest error against x²', grid: true},
  marks: [
    Plot.line(squareErrors, {x: 'depth', y: 'theory', stroke: '#bbb', strokeWidth: 5}),
    Plot.dot(squareErrors, {x: 'depth', y: 'worst', fill: pw.plot.colors.light.ours, r: 4}),
    Plot.text(['measured, red; 4^-(d+1), grey'], {frameAnchor: 'top-right', dx: -6, dy: 4}),
  ],
});

// %% [markdown]
// ## Step 3: count, at random initialization and here
//
// Dense networks of width 4 in PyTorch's initialization against `triangleWave` with random peaks. `countLinearRegions` is
// exact for both.

// %%
const randomNet = (depth: number, seed: number) => {
  const model = tf.sequential();
  for (let i = 0; i <= depth; i++) {
    const fanIn = i === 0 ? 1 : 4;
    const start = (part: number) => pw.initializers.torchLinear({fanIn: fanIn, seed: 1000 * seed + 10 * i + part});
    const activation = i < depth ? 'relu' : 'linear';
    const shape = i === 0 ? {inputShape: [1]} : {};
    model.add(
      tf.layers.dense({
        units: i < depth ? 4 : 1,
        activation: activation,
        kernelInitializer: start(1),
        biasInitializer: start(2),
        ...shape,
      }),
    );
  }
  return model;
};
const waveNet = (depth: number, seed: number) =>
  tf.sequential({
    layers: [
      pw.layers.triangleWave({
        depth: depth,
        seed: seed,
        peakGain: 10,
        base: {slope: 1, trainable: false},
        inputShape: [1],
      }),
    ],
  });

const counts: {depth: number; regions: number; net: string}[] = [];
for (const depth of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) {
  for (const seed of [1, 2, 3]) {
    counts.push({depth: depth, regions: await regionsOf(randomNet(depth, seed)), net: 'dense, random'});
    counts.push({depth: depth, regions: await regionsOf(waveNet(depth, seed)), net: 'triangle wave'});
  }
}
show({
  height: 320,
  marginRight: 110,
  x: {label: 'hidden layers →', ticks: 10},
  y: {type: 'log', base: 2, label: '↑ linear regions on [0, 1]', grid: true},
  color: {domain: ['dense, random', 'triangle wave'], range: [pw.plot.colors.light.dense, pw.plot.colors.light.ours]},
  marks: [
    Plot.dot(counts, {x: 'depth', y: 'regions', fill: 'net', r: 4}),
    Plot.text(['dense networks at random, grey; triangle waves, red'], {frameAnchor: 'top-left', dx: 6, dy: 4}),
  ],
});

// %% [markdown]
// ## Step 4: train in two stages
//
// Stage 1 trains the peaks; the regions stay, because any peaks have them. Stage 2 turns the wave into a plain dense network
// of 4 units a layer with the same outputs, and trains all of its 93 weights. `trainTwoStage` does both. Target: x³ on
// 500 points, depth 5, Adam at 0.001, 1,000 steps each, as in the paper. The dense network has the same shape and as many
// steps; its best of five is kept.

// %%
const x = tf.linspace(0, 1, 500).reshape([500, 1]);
const y = x.pow(3);
const STEPS = 1000;
const SEEDS = [1, 2, 3, 4, 5];
const errorOf = (model: tf.LayersModel) => tf.losses.meanSquaredError(y, model.predict(x) as tf.Tensor).dataSync()[0];

interface Run {
  method: string;
  seed: number;
  error: number;
  regions: number;
}
const runs: Run[] = [];
for (const seed of SEEDS) {
  const wave = waveNet(5, seed);
  const {model: free} = await pw.trainTwoStage(wave, x, y, {
    epochs: STEPS,
    learningRate: 1e-3,
    schedule: 'constant',
    start: 'model',
    batchSize: 500,
    shuffle: false,
    verbose: 0,
  });
  runs.push({method: 'waves, after stage 1', seed: seed, error: errorOf(wave), regions: await regionsOf(wave)});
  runs.push({method: 'waves, after stage 2', seed: seed, error: errorOf(free), regions: await regionsOf(free)});
  const dense = randomNet(5, seed);
  dense.compile({optimizer: tf.train.adam(1e-3, 0.9, 0.999, 1e-8), loss: 'meanSquaredError'});
  await dense.fit(x, y, {epochs: 2 * STEPS, batchSize: 500, shuffle: false, verbose: 0});
  runs.push({method: 'dense, random', seed: seed, error: errorOf(dense), regions: await regionsOf(dense)});
}
const methods = ['dense, random', 'waves, after stage 1', 'waves, after stage 2'];
const best = (method: string) => Math.min(...runs.filter((run) => run.method === method).map((run) => run.error));
table(
  ['method', 'best error of 5', 'errors', 'regions'],
  methods.map((method) => {
    const own = runs.filter((run) => run.method === method);
    return [
      method,
      best(method).toExponential(1),
      own.map((run) => run.error.toExponential(0)).join(' '),
      own.map((run) => run.regions).join(' '),
    ];
  }),
);
show({
  height: 260,
  marginLeft: 140,
  x: {type: 'log', label: 'mean squared error →', grid: true},
  y: {label: null, domain: methods},
  marks: [Plot.dot(runs, {x: 'error', y: 'method', fill: pw.plot.colors.light.ours, fillOpacity: 0.7, r: 5})],
});

// %% [markdown]
// The paper reports 2.1e-5 for the best of 30 dense networks and 7.9e-8 for the best of 30 in two stages
// (`npm run reproduce -- linear-regions` runs all 30 of each, and its other targets). Stage 1 alone cannot get there: it has 6
// numbers to move, and no depth lowers its floor for x³. Stage 2 does not promise to keep the regions, and it loses some.
//
// ## What this notebook claims

// %%
const ofWaves = counts.filter((count) => count.net === 'triangle wave');
const ofRandom = counts.filter((count) => count.net === 'dense, random');
const afterStage1 = runs.filter((run) => run.method === 'waves, after stage 1');
claim(
  'x² from known weights errs by 4^-(d+1)',
  squareErrors.every((row) => Math.abs(row.worst / row.theory - 1) < 0.01),
);
claim(
  'random peaks give exactly 2^d regions, for d from 1 to 10',
  ofWaves.every((count) => count.regions === 2 ** count.depth),
);
claim(
  'random dense networks of 10 layers of 4 have no more than 40',
  ofRandom.every((count) => count.regions <= 40),
);
claim(
  'all 32 regions are there after stage 1',
  afterStage1.every((run) => run.regions === 32),
);
claim('the best error after stage 2 is below 1e-6', best('waves, after stage 2') < 1e-6);
claim(
  'that is less than a tenth of the best of the dense networks',
  best('waves, after stage 2') < 0.1 * best('dense, random'),
);
