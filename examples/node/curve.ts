/** A convex curve, fitted by a triangle wave and by a dense network that starts well, and two pictures of the fits. */

import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import {plot as plotText} from 'asciichart';
import * as pw from 'tfjs-piecewise';
import {spreadStart} from '../spread_start';
import {replaceFile} from './files';

/** Steps of training that bring both fits to rest. */
export const CURVE_STEPS = 600;
const POINTS = 400;
const UNITS = 32;
/** Convex, as what these layers are best at. */
const curve = (x: number) => x * x;
const xs = Array.from({length: POINTS}, (_, i) => i / (POINTS - 1));

interface Fit {
  name: string;
  weights: number;
  /** Linear pieces on [0, 1]. */
  pieces: number;
  meanSquaredError: number;
  /** What the model gives for each of `xs`. */
  fitted: ArrayLike<number>;
  found: pw.analysis.LinearRegions;
}

/** 2^5 linear pieces at the start and after every step. */
const wave = () => tf.sequential({layers: [pw.layers.triangleWave({depth: 5, seed: 1, inputShape: [1]})]});

/** With the start that suits this task best of those tried. */
function dense(): tf.Sequential {
  const model = tf.sequential({
    layers: [
      tf.layers.dense({units: UNITS, activation: 'relu', inputShape: [1]}),
      tf.layers.dense({units: 1, kernelInitializer: 'zeros'}),
    ],
  });
  const {kernel, bias} = spreadStart(UNITS, true);
  tf.tidy(() => model.layers[0].setWeights([tf.tensor2d(kernel), tf.tensor1d(bias)]));
  return model;
}

/** Prints what came of the fits, and draws them into a folder. */
export function reportCurve(fits: Fit[], out: string): void {
  const file = join(out, 'curve_fit.svg');
  replaceFile(file, curveChart(fits));
  console.log(`${curveText(fits)}\n\nThe picture is in ${file}.`);
}

/** Trains both for as many steps at the same rate. `onStep` hears of each step, of both together. */
export async function fitCurve(steps: number, onStep: (done: number) => void = () => {}): Promise<Fit[]> {
  return [
    await learn('triangleWave', wave(), steps, onStep),
    await learn('dense ReLU', dense(), steps, (done) => onStep(steps + done)),
  ];
}

async function learn(name: string, model: tf.Sequential, steps: number, onStep: (done: number) => void): Promise<Fit> {
  const x = tf.tensor2d(xs, [POINTS, 1]);
  const y = tf.tensor2d(xs.map(curve), [POINTS, 1]);
  const optimizer = tf.train.adam();
  model.compile({optimizer, loss: 'meanSquaredError'});
  const onEpochEnd = async (step: number) => onStep(step + 1);
  const callbacks = [pw.schedules.cosine({learningRate: 0.03}), new tf.CustomCallback({onEpochEnd}, 'never')];
  await model.fit(x, y, {epochs: steps, batchSize: POINTS, verbose: 0, yieldEvery: 'never', callbacks});

  const found = await pw.analysis.countLinearRegions(model, {from: [0], to: [1], values: true});
  const [output] = [model.predict(x)].flat();
  const fitted = output.dataSync();
  const meanSquaredError = xs.reduce((sum, value, i) => sum + (fitted[i] - curve(value)) ** 2, 0) / POINTS;
  const weights = model.countParams();
  tf.dispose([x, y, output]);
  model.dispose();
  optimizer.dispose();
  return {name, weights, pieces: found.regions, meanSquaredError, fitted, found};
}

const summary = ({name, weights, pieces, meanSquaredError}: Fit) =>
  `${name}: ${weights} weights, ${pieces} linear pieces, mean squared error ${meanSquaredError.toExponential(1)}`;

const WIDTH = 72;

/** For a terminal: a line for each fit, their errors on one scale of powers of ten, and where each of them bends. */
function curveText(fits: Fit[]): string {
  const errors = fits.map(({fitted}) => {
    const largest = new Array<number>(WIDTH).fill(0);
    for (const [i, x] of xs.entries()) {
      const column = Math.min(WIDTH - 1, Math.floor(x * WIDTH));
      largest[column] = Math.max(largest[column], Math.abs(fitted[i] - curve(x)));
    }
    return largest.map((error) => Math.log10(Math.max(error, 1e-9)));
  });
  const chart = plotText(errors, {
    height: 8,
    format: (x) => `1e${x.toFixed(1)}`.padStart(8),
    ...(process.stdout.isTTY && {colors: [COLORS.wave, COLORS.dense]}),
  });
  const bends = fits.map(({name, found: {breakpoints}}) => {
    const columns = new Array<string>(WIDTH).fill('.');
    for (const x of breakpoints) columns[Math.min(WIDTH - 1, Math.floor(x * WIDTH))] = '|';
    return `${''.padStart(9)}${columns.join('')}  ${name}`;
  });
  const [small, large] = fits;
  const ratio = large.meanSquaredError / small.meanSquaredError;
  return [
    'y = x^2 on [0, 1], learned by',
    ...fits.map((fit) => `  ${summary(fit)}`),
    `${small.weights} weights against ${large.weights}, and ${Math.round(ratio)} times less error.`,
    '',
    `Largest error in each 1/${WIDTH} of [0, 1] (below: triangleWave, above: dense)`,
    chart,
    'Where they bend',
    ...bends,
  ].join('\n');
}

/** ANSI: the colours of the picture. */
const COLORS = {wave: '\x1b[34m', dense: '\x1b[33m'};

/** As SVG text, a panel for each fit: the curve in grey, and a tick below for each place where it bends. */
function curveChart(fits: Fit[]): string {
  return pw.plot.breakpoints(
    fits.map(({found}) => found),
    {
      width: 760,
      title: 'y = x^2, learned by two networks',
      description: `Mean squared error: ${fits.map(({name, meanSquaredError}) => `${name} ${meanSquaredError.toExponential(1)}`).join(', ')}. Grey: the curve; ticks: where they bend.`,
      x: [0, 1],
      yName: 'y',
      names: fits.map(({name, weights}) => `${name}, ${weights} weights`),
      families: ['ours', 'dense'],
      points: {x: xs, y: xs.map(curve)},
    },
  );
}
