/** Curves of all kinds, each fitted in one call: error, linear pieces, seconds. */

import {parseArgs} from 'node:util';
import * as pw from 'tfjs-piecewise';
import {count, oneOf} from '../choices';
import {startBackend} from './backend';
import {BACKENDS} from './options';

const {values} = parseArgs({
  options: {
    points: {type: 'string', default: '500'},
    depth: {type: 'string', default: '5'},
    backend: {type: 'string', default: 'cpu'}, // the fastest for layers this small
  },
});

interface Curve {
  name: string;
  domain: [low: number, high: number];
  f(x: number): number;
  /** Standard deviation of what is added to y. */
  noise?: number;
}

const CURVES: Curve[] = [
  {name: 'x^2', domain: [-5, 5], f: (x) => x * x},
  {name: 'e^x', domain: [-3, 3], f: Math.exp},
  {name: '|x|', domain: [-2, 2], f: Math.abs},
  {name: 'sin x', domain: [-5, 5], f: Math.sin},
  {name: 'tanh x', domain: [-3, 3], f: Math.tanh},
  {name: 'x^3 - x', domain: [-1, 1], f: (x) => x ** 3 - x},
  {name: 'x^3', domain: [0, 1], f: (x) => x ** 3},
  {name: 'x^11', domain: [0, 1], f: (x) => x ** 11},
  {name: 'tanh 3x', domain: [0, 1], f: (x) => Math.tanh(3 * x)},
  {name: 'sin x, with noise of 0.1', domain: [0, 6], f: Math.sin, noise: 0.1},
];

/** Numbers of a normal distribution, the same ones each time. */
function normal(): () => number {
  let state = 1;
  const uniform = () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

const COLUMNS = [24, 14, 18, 9, 12, 16, 7];
const row = (...cells: string[]) =>
  cells.map((cell, i) => (i < 2 ? cell.padEnd(COLUMNS[i]) : cell.padStart(COLUMNS[i]))).join(' ');

async function main() {
  const points = count('points', values.points);
  const depth = count('depth', values.depth);
  await startBackend(oneOf('backend', values.backend, BACKENDS));
  console.log(row('curve', 'from, to', 'shape', 'pieces', 'error', 'of the variance', 'seconds'));
  for (const {name, domain, f, noise = 0} of CURVES) {
    const [low, high] = domain;
    const random = normal();
    const x = Array.from({length: points}, (_, i) => low + ((high - low) * i) / (points - 1));
    const y = x.map((value) => f(value) + noise * random());
    const fit = await pw.fitCurve(x, y, {depth});
    const share = `${Number((100 * fit.unexplained).toPrecision(2))} %`;
    const {curvature, regions, error, seconds} = fit;
    console.log(row(name, `${domain}`, curvature, `${regions}`, error.toExponential(1), share, seconds.toFixed(1)));
    fit.model.dispose();
  }
}

main();
