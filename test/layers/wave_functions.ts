import type {layers} from 'tfjs-piecewise';
import {triangleWave} from '../kernels/definitions';
import {pieceSlopes, tiedScales, waveBreakpoints} from '../math/waves';
import {weightsOf} from './models';

/** The learned function of one channel on [0, 1], in doubles. */
export interface WaveFunction {
  /** The ends of its pieces, from 0 to 1, found from the peaks level by level. */
  ends: number[];
  /** The slope on each piece. */
  slopes: number[];
  value(u: number): number;
}

type WaveLayer = layers.TriangleWave | layers.RegionDense;
type Weights = {[name: string]: Float32Array};

/** The functions of a TriangleWave or RegionDense, one per channel, from its weights alone. */
export async function functionsOf(layer: WaveLayer): Promise<WaveFunction[]> {
  const weights = await weightsOf(layer);
  return Array.from(weights.slope, (slope, channel) => {
    const waves = wavesOf(layer, weights, channel);
    const intercept = weights.intercept?.[channel] ?? 0;
    const ends = [...new Set(waves.flatMap(({peaks}) => waveBreakpoints(peaks)))].sort((a, b) => a - b);
    const slopes = ends.slice(1).map(() => slope);
    for (const {peaks, scales} of waves) {
      const own = pieceSlopes(peaks, scales);
      const ownEnds = waveBreakpoints(peaks);
      let piece = 0;
      for (const i of slopes.keys()) {
        while (ownEnds[piece + 1] <= ends[i]) piece++;
        slopes[i] += own[piece];
      }
    }
    const value = (u: number) =>
      waves.reduce((y, {peaks, scales}) => y + triangleWave([u], peaks, scales, 1)[0], intercept + slope * u);
    return {ends, slopes, value};
  });
}

/** Peaks and signed scales of one channel. */
function wavesOf(layer: WaveLayer, weights: Weights, channel: number): {peaks: number[]; scales: number[]}[] {
  const gamma = weights.gamma?.[channel] ?? 1;
  switch (layer.curvature) {
    case 'convex':
      return [waveOf(layer, weights, channel, '', -1)];
    case 'dc':
      return [waveOf(layer, weights, channel, 'convex_', -1), waveOf(layer, weights, channel, 'concave_', 1)];
    default:
      return [waveOf(layer, weights, channel, '', gamma)];
  }
}

function waveOf(layer: WaveLayer, weights: Weights, channel: number, prefix: string, sign: number) {
  const {depth, scaling, scale} = layer;
  const row = (name: string): number[] => {
    const values = weights[prefix + name];
    const size = values ? values.length / weights.slope.length : 0;
    return Array.from(values?.subarray(size * channel, size * (channel + 1)) ?? []);
  };
  const peaks = row('peaks').map((w) => layer.peakEpsilon + (1 - 2 * layer.peakEpsilon) * sigmoid(layer.peakGain * w));
  while (peaks.length <= depth) peaks.push(0.5);
  const fraction = scale === 'train' ? sigmoid(row('fraction')[0]) : 1;
  const largest = Math.abs(weights.slope[channel]) * peaks[0] * peaks[1];
  const first = typeof scale === 'number' ? scale * Math.exp(row('amplitude')[0]) : fraction * largest;
  const laws = {
    tied: () => tiedScales(peaks, first),
    free: () => row('scales').reduce((scales, w, i) => scales.concat(scales[i] * sigmoid(w)), [first]),
    sawtooth: () => Array.from({length: depth}, (_, i) => (i === depth - 1 ? first : 0)),
    takagi: () => row('scales').map((w, i) => first * 2 ** (1 - i) * Math.tanh(w)),
  };
  return {peaks: peaks.slice(0, depth), scales: laws[scaling]().map((s) => sign * s)};
}

/** The number of straight pieces, two neighbours of the same slope counting as one. */
export function countPieces({slopes}: WaveFunction): number {
  return slopes.filter((slope, i) => i === 0 || slope !== slopes[i - 1]).length;
}

/** 'convex' if every piece is steeper than the one before, 'concave' if every one is less steep. */
export function bendOf({slopes}: WaveFunction): string {
  const steps = slopes.slice(1).map((slope, i) => slope - slopes[i]);
  return steps.every((step) => step > 0) ? 'convex' : steps.every((step) => step < 0) ? 'concave' : 'neither';
}

export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
