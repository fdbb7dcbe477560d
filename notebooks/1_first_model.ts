// %% [markdown]
// # 1. A first model, and what its breakpoints cost
//
// A ReLU unit bends the output of a network in one place: its *breakpoint*. In a dense layer of n units, each of them has n
// weights and a bias of its own, so a breakpoint costs n + 1 trainable numbers. S. O'Connor's thread "1 million neurons and
// curve fitting" asks: why not mix the units by a *fixed* fast transform, and spend trainable numbers on the bend alone?
//
// Here is that network: `whtProjection` flips random signs and mixes everything by a Walsh-Hadamard transform (nothing to
// train); `reluPair` multiplies each value by one slope if it is negative and by another if it is not (two numbers to train).

// %%
import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {claim} from './support/claim';
import {showSvg, table} from './support/show';

tf.enableProdMode();
const WIDTH = 64;

// The inputs are x and the constant 1, which gives the breakpoints different places.
const model = tf.sequential({
  layers: [
    pw.layers.whtProjection({units: WIDTH, seed: 1, randomBias: 0, inputShape: [2]}),
    pw.layers.reluPair({seed: 1}),
    pw.layers.whtProjection({units: WIDTH, seed: 2, randomBias: 0}),
    pw.layers.reluPair({seed: 2}),
    pw.layers.whtProjection({units: 16, seed: 3, randomBias: 0}),
    tf.layers.dense({units: 1, kernelInitializer: tf.initializers.glorotNormal({seed: 1})}),
  ],
});

// %% [markdown]
// ## The bill
//
// `parameterReport` reads the model and says what each layer pays. A dense network of the same widths stands beside it.

// %%
const dense = tf.sequential({
  layers: [
    tf.layers.dense({units: WIDTH, activation: 'relu', inputShape: [2]}),
    tf.layers.dense({units: WIDTH, activation: 'relu'}),
    tf.layers.dense({units: 1}),
  ],
});
const report = await pw.analysis.parameterReport(model);
const denseReport = await pw.analysis.parameterReport(dense);
table(
  ['layer', 'parameters', 'breakpoints', 'multiply-adds'],
  [...report.layers, {...report.total, className: 'all of it'}].map((costs) => [
    costs.className,
    costs.parameters,
    costs.breakpoints ?? '',
    costs.multiplyAdds ?? '',
  ]),
);
table(
  ['network', 'parameters', 'breakpoints', 'parameters per breakpoint'],
  [
    [
      'Walsh-Hadamard and ReLU pairs',
      report.total.parameters,
      report.total.breakpoints!,
      report.total.parametersPerBreakpoint!,
    ],
    ['dense', denseReport.total.parameters, denseReport.total.breakpoints!, denseReport.total.parametersPerBreakpoint!],
  ],
);

// %% [markdown]
// The hidden layers pay exactly 2; the small dense read-out at the end adds the rest. At the start all slopes are 1, so that
// no unit bends yet (*zero curvature*: the network is a rotation). Training makes the bends.
//
// ## It learns a curve

// %%
const points = Array.from({length: 257}, (_, i) => -1 + i / 128);
const target = (x: number) => Math.sin(5 * x) * (1 - x * x) + 0.3 * x;
const inputs = tf.tensor2d(points.map((x) => [x, 1]));
const targets = tf.tensor2d(points.map((x) => [target(x)]));

model.compile({optimizer: tf.train.adam(0.01), loss: 'meanSquaredError'});
const before = await pw.analysis.countLinearRegions(model, {from: [-1, 1], to: [1, 1]});
const losses: number[] = [];
for (let step = 0; step < 800; step++) losses.push((await model.trainOnBatch(inputs, targets)) as number);
const after = await pw.analysis.countLinearRegions(model, {from: [-1, 1], to: [1, 1]});
console.log(`mean squared error ${losses[0].toFixed(3)} before, ${losses[losses.length - 1].toExponential(1)} after`);
console.log(`linear regions: ${before.regions} before, ${after.regions} after`);

// %% [markdown]
// `countLinearRegions` follows the breakpoints through the weights, in double precision; nothing is sampled. The ticks are all
// the places where the trained network bends between -1 and 1; the curve to learn is grey.

// %%
const along = await pw.analysis.countLinearRegions(model, {from: [-1, 1], to: [1, 1], values: true});
const curve = {x: points, y: points.map(target)};
showSvg(pw.plot.breakpoints(along, {x: [-1, 1], yName: 'y', points: curve, title: 'What the network has learned'}));

// %% [markdown]
// Inside, each unit has learned two slopes of its own. Those that matter most for the output are drawn at their place, the fainter
// the less they matter; all others lie on each other at the right.

// %%
showSvg(await pw.plot.network(model, {samples: inputs, inputNames: ['x', 'constant 1']}));

// %% [markdown]
// ## What this notebook claims

// %%
const error = losses[losses.length - 1];
const hidden = report.layers.filter((layer) => layer.breakpoints! > 0);
const hiddenParameters = hidden.reduce((sum, layer) => sum + layer.parameters, 0);
claim('a breakpoint costs 2 trainable numbers', hiddenParameters === 2 * report.total.breakpoints!);
claim(
  'a dense network of these widths needs more than 15 times as many',
  dense.countParams() > 15 * model.countParams(),
);
claim('the network starts as one linear piece', before.regions === 1);
claim('training makes more than 20 pieces', after.regions > 20);
claim('they fit the curve to a mean squared error below 0.0005', error < 5e-4);
