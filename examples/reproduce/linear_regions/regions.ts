/** Exact counts of linear pieces on [0, 1], in doubles: no function value is compared with another. */

import type * as pw from 'tfjs-piecewise';
import type {Population} from './population';

/** A piece of the output, or of a layer's units on the way to it. */
interface Piece {
  start: number;
  end: number;
  /** At the start, and per unit of length. */
  values: number[];
  slopes: number[];
}

const SAME_SLOPE = 1e-7;

/** The breakpoints inside (0, 1) of each network of a population: where the slope of its output changes. */
export async function breakpointsOf({kernels, biases, outputReLU}: Population): Promise<number[][]> {
  const read = async (index: number) => [await kernels[index].data(), await biases[index].data()];
  const layers = await Promise.all(kernels.map((_, i) => read(i)));
  return Array.from({length: kernels[0].shape[0]}, (_, network) => {
    let pieces: Piece[] = [{start: 0, end: 1, values: [0], slopes: [1]}];
    for (const [i, {shape}] of kernels.entries()) {
      const [from, to] = shape.slice(1);
      const kernel = layers[i][0].subarray(network * from * to, (network + 1) * from * to);
      const bias = layers[i][1].subarray(network * to, (network + 1) * to);
      pieces = pieces.map((piece) => affine(piece, kernel, bias));
      if (i < kernels.length - 1 || outputReLU) pieces = pieces.flatMap(rectified);
    }
    return kinks(pieces);
  });
}

function affine({start, end, values, slopes}: Piece, kernel: ArrayLike<number>, bias: ArrayLike<number>): Piece {
  const units = bias.length;
  const product = (input: number[], unit: number, first: number) =>
    input.reduce((sum, value, i) => sum + value * kernel[i * units + unit], first);
  return {
    start,
    end,
    values: Array.from(bias, (b, unit) => product(values, unit, b)),
    slopes: Array.from(bias, (_, unit) => product(slopes, unit, 0)),
  };
}

/** The piece cut where a unit crosses 0, and negative units set to 0. */
function rectified({start, end, values, slopes}: Piece): Piece[] {
  const length = end - start;
  const crossings = values.map((value, i) => -value / slopes[i]).filter((at) => at > 0 && at < length);
  const cuts = [0, ...new Set(crossings.sort((a, b) => a - b)), length];
  return cuts.slice(1).map((to, i) => {
    const from = cuts[i];
    const middle = (from + to) / 2;
    const isOn = values.map((value, unit) => value + slopes[unit] * middle > 0);
    return {
      start: start + from,
      end: start + to,
      values: values.map((value, unit) => (isOn[unit] ? value + slopes[unit] * from : 0)),
      slopes: slopes.map((slope, unit) => (isOn[unit] ? slope : 0)),
    };
  });
}

function kinks(pieces: Piece[]): number[] {
  const steepest = Math.max(...pieces.map(({slopes}) => Math.abs(slopes[0])));
  const result: number[] = [];
  let slope = pieces[0].slopes[0];
  for (const piece of pieces.slice(1)) {
    if (Math.abs(piece.slopes[0] - slope) <= SAME_SLOPE * steepest) continue;
    result.push(piece.start);
    slope = piece.slopes[0];
  }
  return result;
}

/** The number of pieces of each channel of a triangleWave, from its peaks: level by level every piece is cut in two. */
export async function wavePieces(layer: pw.layers.TriangleWave): Promise<number[]> {
  const weights = layer.weights.find(({originalName}) => originalName.endsWith('/peaks'))!;
  const all = await weights.read().data();
  const {depth, peakEpsilon, peakGain} = layer;
  return Array.from({length: all.length / (depth + 1)}, (_, channel) => {
    const own = all.subarray(channel * (depth + 1), (channel + 1) * (depth + 1));
    const peaks = Array.from(own, (w) => peakEpsilon + (1 - 2 * peakEpsilon) / (1 + Math.exp(-peakGain * w)));
    return new Set(waveEnds(peaks.slice(0, depth))).size - 1;
  });
}

function waveEnds(peaks: number[]): number[] {
  return peaks.reduce(
    (ends, peak) =>
      ends.flatMap((end, i) => {
        if (i === ends.length - 1) return [end];
        const share = i % 2 === 0 ? peak : 1 - peak; // the wave rises on even pieces and falls on odd ones
        return [end, end + share * (ends[i + 1] - end)];
      }),
    [0, 1],
  );
}
