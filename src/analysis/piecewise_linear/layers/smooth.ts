/** Functions that are bent everywhere, as broken lines that a picture does not tell from them. */

import {type PiecewiseFunction, piecewiseFunction} from '../piecewise_function';

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const SELU = {alpha: 1.6732632423543772, scale: 1.0507009873554805};

const FUNCTIONS: {readonly [name: string]: (x: number) => number} = {
  sigmoid,
  tanh: Math.tanh,
  softplus: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  softsign: (x) => x / (1 + Math.abs(x)),
  elu: (x) => (x < 0 ? Math.expm1(x) : x),
  selu: (x) => SELU.scale * (x < 0 ? SELU.alpha * Math.expm1(x) : x),
  swish: (x) => x * sigmoid(x),
  mish: (x) => x * Math.tanh(FUNCTIONS.softplus(x)),
  gelu: (x) => x * sigmoid(1.702 * x),
};

export const isSmooth = (name: string): boolean => Object.hasOwn(FUNCTIONS, name);

/** From -6 to 6; beyond, the end pieces go on. */
const [FAR, PIECES] = [6, 96];

export function smoothFunction(name: string): PiecewiseFunction {
  const kinks = Array.from({length: PIECES + 1}, (_, i) => (2 * FAR * i) / PIECES - FAR);
  const values = kinks.map(FUNCTIONS[name]);
  const inner = kinks.slice(1).map((kink, i) => (values[i + 1] - values[i]) / (kink - kinks[i]));
  const slopes = [inner[0], ...inner, inner[PIECES - 1]];
  return {...piecewiseFunction(kinks, slopes, values), trainable: false};
}
