/** The function of one channel of a wave layer, piece by piece. */

import type {LayerCall} from '../layer_call';
import {type Pieces, pieces} from '../pieces';

/** What of the config of a wave layer tells its functions. */
export interface WaveConfig {
  depth: number;
  scaling: 'tied' | 'free' | 'sawtooth' | 'takagi';
  curvature: 'convex' | 'concave' | 'signed' | 'dc';
  scale: 'a0a1' | 'train' | number;
  inputNorm: 'none' | 'clip' | 'sigmoid' | 'fold' | 'batchNorm+sigmoid';
  domain: [low: number, high: number];
  outside: 'linear' | 'clamp' | null;
  peakEpsilon: number;
  peakGain: number;
}

/** On [0, 1]: of n + 1 kinks with their values, and of n slopes between. */
interface Curve {
  kinks: number[];
  values: number[];
  slopes: number[];
}

export function waveFunction({weights, config}: LayerCall, channel: number): Pieces {
  const options = config as unknown as WaveConfig;
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
  const kinks = curve.kinks.map((kink) => (kink === 1 ? high : low + (high - low) * kink));
  const places = (curvature === 'dc' ? 2 : 1) * (2 ** options.depth - 1);
  if (inputNorm === 'fold' || (inputNorm === 'none' && outside === 'linear')) {
    return pieces(kinks.slice(1, -1), slopes, curve.values.slice(1, -1), places);
  }
  return pieces(kinks, [0, ...slopes, 0], curve.values, places + 2);
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
  /** Of the base line, after which the scale may go. */
  slope: number;
}

/** A line and a sum of waves, from the peaks level by level: no two values are ever subtracted. */
function curveOf(bank: Bank, options: WaveConfig, {slope, intercept}: Line): Curve {
  const {rise, fall} = peaksOf(bank, options);
  const scales = scalesOf(bank, options, {rise, fall});
  let parts: Part[] = [{start: 0, length: 1, value: intercept, end: intercept + slope, slope}];
  for (let level = 0; level < options.depth; level++) {
    const [a, b] = [rise[level], fall[level]];
    parts = parts.flatMap((part, i) => split(part, i % 2 === 0 ? [a, b] : [b, a], scales[level]));
  }
  return {
    kinks: [...parts.map(({start}) => start), 1],
    values: [...parts.map(({value}) => value), intercept + slope],
    slopes: parts.map((part) => part.slope),
  };
}

/** Kinks of two waves that differ by less are one: rounding has moved them apart. */
const TOUCH = 2 ** -50;

/** A line and two curves that are 0 at 0 and 1. */
function summed({slope, intercept}: Line, a: Curve, b: Curve): Curve {
  const sum: Curve = {kinks: [], values: [], slopes: []};
  for (let [i, j] = [0, 0]; i < a.kinks.length && j < b.kinks.length; ) {
    const [x, y] = [a.kinks[i], b.kinks[j]];
    const both = Math.abs(x - y) <= TOUCH;
    const at = Math.min(x, y);
    if (both || x < y) i++;
    if (both || y < x) j++;
    sum.kinks.push(at);
    // Behind a kink, curve a is on its piece i - 1, and b on j - 1.
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

function peaksOf({weights, prefix, channel}: Bank, {depth, peakEpsilon, peakGain}: WaveConfig): Peaks {
  const peaks = weights[`${prefix}peaks`];
  const count = peaks ? peaks.length / weights.slope.length : 0;
  const theta = Array.from({length: depth + 1}, (_, i) => (i < count ? peaks[count * channel + i] : 0));
  const peakOf = (t: number) => peakEpsilon + (1 - 2 * peakEpsilon) * sigmoid(peakGain * t);
  return {rise: theta.map(peakOf), fall: theta.map((t) => peakOf(-t))}; // no cancellation in 1 - a
}

/** s_0 .. s_(depth - 1), with the sign of the curvature. */
function scalesOf({weights, prefix, channel, sign, slope}: Bank, options: WaveConfig, {rise, fall}: Peaks): number[] {
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
}

function split({start, length, value, end, slope}: Part, [left, right]: [number, number], scale: number): Part[] {
  const [leftLength, rightLength] = [left * length, right * length];
  const middle = value * right + end * left + scale;
  return [
    {start, length: leftLength, value, end: middle, slope: slope + scale / leftLength},
    {start: start + leftLength, length: rightLength, value: middle, end, slope: slope - scale / rightLength},
  ];
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
