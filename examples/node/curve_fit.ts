/** Fits a convex curve by a triangle wave and by a dense network, and shows where the fitted functions bend. */

import {join} from 'node:path';
import {parseArgs} from 'node:util';
import * as Plot from '@observablehq/plot';
import * as tf from '@tensorflow/tfjs';
import {parseHTML} from 'linkedom';
import * as pw from 'tfjs-piecewise';
import {count} from '../choices';
import {startBackend} from './backend';
import {replaceFile} from './files';

const POINTS = 400;
/** Convex, as what these layers are best at. */
const curve = (x: number) => Math.exp(3 * (x - 1));

const {values} = parseArgs({
  options: {steps: {type: 'string', default: '600'}, out: {type: 'string', default: 'out'}},
});

/** 2^5 linear pieces at the start and ever after. */
const wave = () => tf.sequential({layers: [pw.layers.triangleWave({depth: 5, seed: 1, inputShape: [1]})]});

/** A breakpoint for each of 32 units, if training finds places for them. */
const dense = () =>
  tf.sequential({
    layers: [
      tf.layers.dense({
        units: 32,
        activation: 'relu',
        inputShape: [1],
        kernelInitializer: pw.initializers.torchLinear({seed: 1}),
        biasInitializer: pw.initializers.torchLinear({seed: 1, fanIn: 1}),
      }),
      tf.layers.dense({units: 1, kernelInitializer: pw.initializers.torchLinear({seed: 2})}),
    ],
  });

async function fitCurve(name: string, model: tf.Sequential, steps: number) {
  const xs = Array.from({length: POINTS}, (_, i) => i / (POINTS - 1));
  const x = tf.tensor2d(xs, [POINTS, 1]);
  const y = tf.tensor2d(xs.map((value) => [curve(value)]));
  model.compile({optimizer: tf.train.adam(0.01), loss: 'meanSquaredError'});
  await model.fit(x, y, {epochs: steps, batchSize: POINTS, verbose: 0, yieldEvery: 'never'});

  const {regions, breakpoints} = await pw.analysis.countLinearRegions(model, {from: [0], to: [1]});
  const fitted = (model.predict(x) as tf.Tensor).dataSync();
  const error = Math.sqrt(xs.reduce((sum, value, i) => sum + (fitted[i] - curve(value)) ** 2, 0) / POINTS);
  const title = `${name}: ${model.countParams()} weights, ${regions} linear pieces, root mean square error ${error.toExponential(1)}`;
  console.log(title);
  return {title, points: xs.map((value, i) => ({x: value, y: fitted[i]})), bends: breakpoints};
}

type Fit = Awaited<ReturnType<typeof fitCurve>>;

/** A panel for each fit: the curve in grey, the fit in red, a tick below for each place where it bends. */
function chart(fits: Fit[]): string {
  const {document} = parseHTML('<html><body></body></html>');
  const rows = fits.flatMap(({title, points}) => points.map((point) => ({...point, title})));
  const bends = fits.flatMap(({title, bends}) => bends.map((x) => ({x, title})));
  const titles = fits.map(({title}) => ({title}));
  const figure = Plot.plot({
    document,
    ariaLabel: 'A curve and two fits of it, with their breakpoints',
    width: 760,
    height: 520,
    marginTop: 36,
    marginBottom: 44,
    style: {background: 'white', fontSize: '12px', fontFamily: 'sans-serif'},
    x: {label: 'x →'},
    y: {label: null, domain: [-0.12, 1.02], grid: true},
    fy: {axis: null, domain: titles.map(({title}) => title), padding: 0.14},
    marks: [
      Plot.text(titles, {fy: 'title', text: 'title', frameAnchor: 'top-left', dy: -14, fontWeight: 'bold'}),
      Plot.line(rows, {x: 'x', y: ({x}) => curve(x), fy: 'title', stroke: '#bbb', strokeWidth: 5}),
      Plot.line(rows, {x: 'x', y: 'y', fy: 'title', stroke: '#d62728'}),
      Plot.ruleX(bends, {x: 'x', fy: 'title', y1: -0.12, y2: -0.04, strokeOpacity: 0.6}),
    ],
  });
  return figure.outerHTML.replace('<svg ', '<svg xmlns="http://www.w3.org/2000/svg" ');
}

async function main() {
  const steps = count('steps', values.steps);
  await startBackend('cpu'); // the fastest for layers this small
  const fits = [await fitCurve('triangleWave', wave(), steps), await fitCurve('dense ReLU', dense(), steps)];
  const file = join(values.out, 'curve_fit.svg');
  replaceFile(file, chart(fits));
  console.log(`The picture is in ${file}.`);
}

main();
