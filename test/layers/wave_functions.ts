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

/** The functions of a TriangleWave or RegionDense, one per channel, from its weights alone. */
export async function functionsOf(layer: layers.TriangleWave | layers.RegionDense): Promise<WaveFunction[]> {
  const weights = await weightsOf(layer);
  const levels = layer.depth + 1;
  return Array.from(weights.slope, (slope, channel) => {
    const own = weights.peaks.subarray(levels * channel, levels * (channel + 1));
    const peaks = Array.from(own, (w) => layer.peakEpsilon + (1 - 2 * layer.peakEpsilon) * sigmoid(layer.peakGain * w));
    const fraction = weights.fraction ? sigmoid(weights.fraction[channel]) : 1;
    const scales = tiedScales(peaks, fraction * Math.abs(slope) * peaks[0] * peaks[1]);
    const sign = layer.curvature === 'convex' ? -1 : 1;
    const kinks = peaks.slice(0, layer.depth);
    const intercept = weights.intercept?.[channel] ?? 0;
    return {
      ends: waveBreakpoints(kinks),
      slopes: pieceSlopes(kinks, scales).map((wave) => slope + sign * wave),
      value: (u) => intercept + slope * u + sign * triangleWave([u], kinks, scales, 1)[0],
    };
  });
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
