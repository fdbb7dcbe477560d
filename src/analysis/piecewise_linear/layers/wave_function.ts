/** The function of one channel of a wave layer, piece by piece. */

import type {WaveOptions} from '../../../layers/wave/options';
import type {LayerCall} from '../layer_call';
import {type PiecewiseFunction, piecewiseFunction} from '../piecewise_function';
import {bendFactors, flatStart} from './wave_bends';

/** On [0, 1]: of n + 1 kinks with their values and bends (0 at the ends), and of n slopes between. */
interface Curve {
  kinks: number[];
  values: number[];
  bends: number[];
  slopes: number[];
}

export function waveFunction({weights, config}: LayerCall, channel: number): PiecewiseFunction {
  const options = config as unknown as WaveOptions;
  const {inputNorm, domain, outside, curvature} = options;
  const line = {slope: weights.slope[channel], intercept: weights.intercept?.[channel] ?? 0};
  const bank = (prefix: string, sign: number, base: Line) =>
    curveOf({weights, prefix, channel, sign, slope: line.slope}, options, base);
  const curve =
    curvature === 'dc'
      ? summed(line, bank('convex_', -1, NO_LINE), bank('concave_', 1, NO_LINE))
      : bank('', curvature === 'signed' ? weights.gamma[channel] : curvature === 'convex' ? -1 : 1, line);
  const [low, high] = inputNorm === 'fold' ? [0, 1] : domain;
  const slopes = curve.slopes.map((slope) => slope / (high - low));
  const bends = curve.bends.map((bend) => bend / (high - low));
  const last = curve.kinks.length - 1;
  const kinks = curve.kinks.map((kink, i) =>
    i === 0 ? low : i === last ? high : inside(low + (high - low) * kink, low, high),
  );
  const possibleKinks = (curvature === 'dc' ? 2 : 1) * (2 ** options.depth - 1);
  if (inputNorm === 'fold' || (inputNorm === 'none' && outside === 'linear')) {
    const inner = (all: number[]) => all.slice(1, -1);
    const f = piecewiseFunction(inner(kinks), slopes, inner(curve.values), possibleKinks, inner(bends));
    return inputNorm === 'fold' ? {...f, exactInputs: [low, high]} : f;
  }
  [bends[0], bends[last]] = [slopes[0], -slopes[last - 1]];
  return piecewiseFunction(kinks, [0, ...slopes, 0], curve.values, possibleKinks + 2, bends);
}

/** A number that rounding has put on an end of the interval that it is inside of. */
function inside(x: number, low: number, high: number): number {
  const step = (end: number) => Math.abs(end) * 2 ** -52 || Number.MIN_VALUE;
  return Math.min(high - step(high), Math.max(low + step(low), x));
}

interface Line {
  slope: number;
  intercept: number;
}

const NO_LINE: Line = {slope: 0, intercept: 0};

/** One sum of waves: where its weights are, and what they are multiplied by. */
interface Bank {
  weights: LayerCall['weights'];
  prefix: string;
  channel: number;
  sign: number;
  /** Slope of the base line, which the scale may follow. */
  slope: number;
}

/** A line and a sum of waves, from the peaks level by level: no two values are ever subtracted. */
function curveOf(bank: Bank, options: WaveOptions, {slope, intercept}: Line): Curve {
  const {rise, fall} = peaksOf(bank, options);
  const {depth, scaling, scale} = options;
  const scales = scalesOf(bank, options, {rise, fall});
  const levels = {rise, fall, scales};
  const factors = bendFactors(levels, scaling === 'tied');
  let parts: Part[] = [{start: 0, length: 1, value: intercept, end: intercept + slope, slope, bend: 0}];
  for (let level = 0; level < depth; level++) {
    const [a, b] = [rise[level], fall[level]];
    parts = parts.flatMap((part, i) => split(part, i % 2 === 0 ? [a, b] : [b, a], scales[level], factors[level]));
  }
  if (scaling === 'tied' && scale === 'a0a1' && bank.sign === -Math.sign(slope)) {
    parts[0].slope = flatStart(slope, levels);
  }
  return {
    kinks: [...parts.map(({start}, i) => (i === 0 ? 0 : inside(start, 0, 1))), 1],
    values: [...parts.map(({value}) => value), intercept + slope],
    bends: [...parts.map(({bend}) => bend), 0],
    slopes: parts.map((part) => part.slope),
  };
}

/** Kinks of two waves that differ by a smaller share are one: rounding has moved them apart. */
const TOUCH = 2 ** -50;

/** A line and two curves that are 0 at 0 and 1. */
function summed({slope, intercept}: Line, a: Curve, b: Curve): Curve {
  const sum: Curve = {kinks: [], values: [], bends: [], slopes: []};
  for (let [i, j] = [0, 0]; i < a.kinks.length && j < b.kinks.length; ) {
    const [x, y] = [a.kinks[i], b.kinks[j]];
    const both = Math.abs(x - y) <= TOUCH * Math.max(x, y);
    const at = Math.min(x, y);
    let bend = 0;
    if (both || x < y) bend += a.bends[i++];
    if (both || y < x) bend += b.bends[j++];
    sum.kinks.push(at);
    sum.bends.push(bend);
    // After a kink, curve a is on its piece i - 1, and b on j - 1.
    sum.values.push(intercept + slope * at + (onPiece(a, i - 1, at) + onPiece(b, j - 1, at)));
    if (at < 1) sum.slopes.push(slope + (a.slopes[i - 1] + b.slopes[j - 1]));
  }
  return sum;
}

/** On one piece, from its left end. */
function onPiece({kinks, values, slopes}: Curve, piece: number, x: number): number {
  const last = piece === slopes.length;
  return last ? values[piece] : values[piece] + slopes[piece] * (x - kinks[piece]);
}

interface Peaks {
  /** a_i and 1 - a_i, i = 0 .. depth. */
  rise: number[];
  fall: number[];
}

function peaksOf({weights, prefix, channel}: Bank, {depth, peakEpsilon, peakGain}: WaveOptions): Peaks {
  const peaks = weights[`${prefix}peaks`];
  const count = peaks ? peaks.length / weights.slope.length : 0;
  const theta = Array.from({length: depth + 1}, (_, i) => (i < count ? peaks[count * channel + i] : 0));
  const peakOf = (t: number) => peakEpsilon + (1 - 2 * peakEpsilon) * sigmoid(peakGain * t);
  return {rise: theta.map(peakOf), fall: theta.map((t) => peakOf(-t))}; // no cancellation in 1 - a
}

/** s_0 .. s_(depth - 1), with the sign of the curvature. */
function scalesOf({weights, prefix, channel, sign, slope}: Bank, options: WaveOptions, {rise, fall}: Peaks): number[] {
  const {depth, scaling, scale} = options;
  const [fractions, amplitudes, ratios] = ['fraction', 'amplitude', 'scales'].map((name) => weights[prefix + name]);
  const first =
    typeof scale === 'number'
      ? scale * Math.exp(amplitudes[channel])
      : (fractions ? sigmoid(fractions[channel]) : 1) * Math.abs(slope) * rise[0] * rise[1];
  const own = (i: number, count: number) => ratios[count * channel + i];
  let s = sign * first;
  return Array.from({length: depth}, (_, i) => {
    if (scaling === 'sawtooth') return i === depth - 1 ? s : 0;
    if (scaling === 'takagi') return s * 2 ** (1 - i) * Math.tanh(own(i, depth));
    if (i > 0) s *= scaling === 'tied' ? fall[i] * rise[i + 1] : sigmoid(own(i - 1, depth - 1));
    return s;
  });
}

/** A piece of the function on [start, start + length], on which the next wave rises from 0 to 1 and falls again. */
interface Part {
  start: number;
  length: number;
  value: number;
  end: number;
  slope: number;
  /** By how much the slope of the whole sum changes at the start. */
  bend: number;
}

function split(
  {start, length, value, end, slope, bend}: Part,
  [left, right]: [number, number],
  scale: number,
  factor: number,
): Part[] {
  const [leftLength, rightLength] = [left * length, right * length];
  const middle = value * right + end * left + scale;
  const jump = -(1 / leftLength + 1 / rightLength); // of the slope of this level's wave
  return [
    {start, length: leftLength, value, end: middle, slope: slope + scale / leftLength, bend},
    {
      start: start + leftLength,
      length: rightLength,
      value: middle,
      end,
      slope: slope - scale / rightLength,
      bend: factor * jump,
    },
  ];
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
