/** Learned functions of one variable: tents of tents, point by point. */

import {compare, minus, ONE, over, plus, type Rational, times, ZERO} from '../rational';
import {bent, type PieceList, type Step, weighted} from '../steps';
import {activated} from './activation';
import {type Call, exact, type Reader, sizeOf, upTo} from './call';
import {onLastAxis} from './linear';

interface Wave {
  peaks: Rational[];
  scales: Rational[];
}

const toNumber = ([n, d]: Rational) => Number(n) / Number(d);
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** What is not rational, sigmoids and exponentials, is taken as the double nearest to it. */
function waveOf({config, weights}: Call, prefix: string, channel: number): Wave {
  const {depth, peakEpsilon, peakGain, scaling, scale} = config;
  const column = (name: string) => {
    const values = weights[prefix + name];
    if (!values) return null;
    const count = values.length / weights.slope.length;
    return values.slice(channel * count, (channel + 1) * count).map(toNumber);
  };
  const theta = column('peaks') ?? [];
  const peaks = upTo(depth + 1).map((i) =>
    exact(peakEpsilon + (1 - 2 * peakEpsilon) * sigmoid(peakGain * (theta[i] ?? 0))),
  );
  const falls = peaks.map((a) => minus(ONE, a));
  const slope = weights.slope[channel];
  const largest = times(slope[0] < 0n ? minus(ZERO, slope) : slope, times(peaks[0], peaks[1]));
  const fraction = column('fraction');
  const first =
    typeof scale === 'number'
      ? exact(scale * Math.exp(column('amplitude')![0]))
      : fraction
        ? times(exact(sigmoid(fraction[0])), largest)
        : largest;
  const own = column('scales');
  const scales = [first];
  for (let i = 1; i < depth; i++) {
    if (scaling === 'tied') scales.push(times(scales[i - 1], times(falls[i], peaks[i + 1])));
    if (scaling === 'free') scales.push(times(scales[i - 1], exact(sigmoid(own![i - 1]))));
  }
  if (scaling === 'sawtooth') return {peaks, scales: upTo(depth).map((i) => (i === depth - 1 ? first : ZERO))};
  if (scaling !== 'takagi') return {peaks, scales};
  return {peaks, scales: upTo(depth).map((i) => times(times(first, exact(2 ** (1 - i))), exact(Math.tanh(own![i]))))};
}

/** sum_i s_i W_i(u), in which W_i rises from 0 to 1 at its peak and falls again, as a function of W_(i-1). */
function valueAt({peaks, scales}: Wave, u: Rational): Rational {
  let w = u;
  let sum = ZERO;
  for (const [i, scale] of scales.entries()) {
    w = compare(w, peaks[i]) <= 0 ? over(w, peaks[i]) : over(minus(ONE, w), minus(ONE, peaks[i]));
    sum = plus(sum, times(scale, w));
  }
  return sum;
}

/** Where a wave of so many levels bends, with 0 and 1. */
function kinksOf({peaks, scales}: Wave): Rational[] {
  let kinks = [ZERO, ONE];
  for (const a of peaks.slice(0, scales.length)) {
    kinks = kinks.flatMap((left, i) => {
      if (i === kinks.length - 1) return [left];
      const share = i % 2 === 0 ? a : minus(ONE, a); // the wave before it rises, or falls
      return [left, plus(left, times(minus(kinks[i + 1], left), share))];
    });
  }
  return kinks;
}

/** The function of a channel on the layer's own input. */
function functionOf(call: Call, channel: number): PieceList {
  const {config, weights} = call;
  const {curvature, inputNorm, outside} = config;
  const [slope, intercept] = [weights.slope[channel], weights.intercept?.[channel] ?? ZERO];
  const MINUS: Rational = [-1n, 1n];
  const parts =
    curvature === 'dc'
      ? [
          {wave: waveOf(call, 'convex_', channel), by: MINUS},
          {wave: waveOf(call, 'concave_', channel), by: ONE},
        ]
      : [
          {
            wave: waveOf(call, '', channel),
            by: curvature === 'signed' ? weights.gamma[channel] : curvature === 'convex' ? MINUS : ONE,
          },
        ];
  const places = parts.flatMap(({wave}) => kinksOf(wave)).sort(compare);
  const kinks = places.filter((kink, i) => i === 0 || compare(kink, places[i - 1]) !== 0);
  const values = kinks.map((u) =>
    parts.reduce((sum, {wave, by}) => plus(sum, times(by, valueAt(wave, u))), plus(intercept, times(slope, u))),
  );
  const slopes = kinks.slice(1).map((u, i) => over(minus(values[i + 1], values[i]), minus(u, kinks[i])));
  const pieces = slopes.map((s, i) => [s, minus(values[i], times(s, kinks[i]))] as const);
  const isLinear = inputNorm === 'fold' || (inputNorm === 'none' && outside === 'linear');
  if (isLinear) return {kinks: kinks.slice(1, -1), pieces};
  return {kinks, pieces: [[ZERO, values[0]], ...pieces, [ZERO, values[values.length - 1]]]};
}

/** The domain brought to [0, 1], and the functions of the channels on the last axis. */
function waves(call: Call, shape: readonly number[]): Step[] {
  const {domain, inputNorm} = call.config;
  const channels = shape[shape.length - 1];
  const functions = upTo(channels).map((channel) => functionOf(call, channel));
  const units = upTo(sizeOf(shape));
  const [low, high] = domain.map(exact);
  const width = minus(high, low);
  const unit = weighted(units.map((u) => ({from: [u], by: [over(ONE, width)], plus: over(minus(ZERO, low), width)})));
  return [
    ...(domain[0] === 0 && domain[1] === 1 ? [] : [unit]),
    ...(inputNorm === 'fold' ? [{kind: 'zigzag'} as const] : []),
    bent(units.map((u) => functions[u % channels])),
  ];
}

export const triangleWave: Reader = (call) => waves(call, call.outputShape);

export const regionDense: Reader = (call) => {
  const {kernel, offset, slope, mix, bias} = call.weights;
  const [shape] = call.inputShapes;
  const directions = [...shape.slice(0, -1), slope.length];
  return activated(call, [
    onLastAxis(shape, kernel, offset),
    ...waves(call, directions),
    onLastAxis(directions, mix, bias),
  ]);
};
