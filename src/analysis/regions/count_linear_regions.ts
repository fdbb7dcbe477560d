import type * as tf from '@tensorflow/tfjs';
import {exceed, fail, type Names, requireBoolean, requireInteger, requireOptions} from '../../errors';
import type {OutputName} from '../piecewise_linear/layer_graph';
import {type Points, pointOf} from '../piecewise_linear/point';
import {readPiecewiseLinear} from '../piecewise_linear/read_model';
import {Bends, type Line} from './bends';
import {between, type Cell, INPUT, isNonzero, type Rows, type Tracked, withoutRounding} from './cells';
import {Rounding} from './rounding';
import {inputCell, trace} from './trace';

/** Arguments of {@link countLinearRegions}. */
export interface CountLinearRegionsArgs {
  /** One end of the segment: a sample without its batch axis, nested or flat, or a tensor; of several inputs a list. */
  from: Points;
  /** The other end. */
  to: Points;
  /** Give up when there are more breakpoints than this, an integer >= 1. Default: 1,000,000. */
  maxBreakpoints?: number;
  /** Whether to give the values of the output, too. Default: false. */
  values?: boolean;
  /** One of several outputs, by its name or number. Default: all together. */
  output?: OutputName;
}

const OPTIONS: Names<CountLinearRegionsArgs> = {from: true, to: true, maxBreakpoints: true, values: true, output: true};

/** What {@link countLinearRegions} finds. */
export interface LinearRegions {
  /** Pieces of the model's output along the segment: neighbours of equal slope are one. */
  regions: number;
  /** Pieces on which no unit of the model passes a breakpoint; at least as many as regions. */
  activationCells: number;
  /**
   * Whether both are the true numbers. False if they hang on a number so small beside the terms it is a sum of, 2^-47 to 2^-36
   * of them, that it may be a rounding error, or on a bend at the end of a piece that no double lies inside of: the true numbers are
   * then near to these. A number below 2^-47 of its terms counts as a rounding error.
   */
  exact: boolean;
  /**
   * Where the output bends: one less than there are regions, in order, 0 at `from` and 1 at `to`. Two between which
   * no double lies are equal.
   */
  breakpoints: number[];
  /**
   * With `values: true`: the output at `from`, at each breakpoint, and at `to`, in doubles; lines between them are the function.
   * [place][output]
   */
  values?: number[][];
  /** What was left out, in words; and how many pieces are so short that the rounding of weights to float32 may have made them. */
  notes: string[];
}

/** Pieces below this share of the segment, and of the mean piece, may come from weights that are rounded to float32. */
const SHORT = {ofSegment: 2 ** -20, ofMean: 1 / 1000};

/**
 * The linear pieces of a model along a segment, exactly.
 *
 * The function `t -> model((1 - t) from + t to)` is piecewise linear if the layers are. The breakpoints are followed
 * through the layers in double precision, from the weights; no output is ever sampled. For input of any dimension; the
 * cost grows linearly with breakpoints times layers, and no more than a batch of them is held.
 *
 * A number is taken for 0 if it is below 2^-42 of the terms that it is a sum of, so that rounding makes no breakpoints; where
 * one comes near to that, `exact` is false. Below 2^-47 nothing tells it from rounding: a unit whose input cancels by 14 digits has no
 * breakpoint there, although `exact` is true. The terms of a bend are changes of slopes alone: it counts however small it is
 * beside a slope that stays the same, as in relu(x) + 1e15 relu(x + 10).
 * The bends of triangle waves come from their peaks and scales: they count however small they are beside the slopes, and
 * however near to each other.
 * Weights that were rounded to float32, as those of `pw.exporters.toDense` are, may bend twice where they should once: `notes` tells
 * how many pieces are so short.
 * A softmax, sigmoid or tanh at the end is left out, with a note. A model of several inputs takes a list of points for either end;
 * of several outputs the pieces are those of all together, or of the one named by `output`.
 *
 * @returns A promise, because some backends give weights in no other way.
 * @throws If a layer is not piecewise linear, weights are not finite, the ends are equal or not of the input's shape, or
 * there are more than `maxBreakpoints`.
 *
 * Sources: Hanin and Rolnick 2019 on regions along a line; Serra, Tjandraatmadja and Ramalingam 2018.
 *
 * @example
 * const model = tf.sequential({layers: [pw.layers.triangleWave({depth: 5, inputShape: [1]})]});
 * const {regions} = await pw.analysis.countLinearRegions(model, {from: [0], to: [1]});  // 32
 */
export async function countLinearRegions(model: tf.LayersModel, args: CountLinearRegionsArgs): Promise<LinearRegions> {
  const who = 'countLinearRegions';
  requireOptions(args, OPTIONS, who);
  const max = requireInteger(args?.maxBreakpoints ?? 1e6, 'maxBreakpoints', who, 1, 1e6);
  const network = await readPiecewiseLinear(model, who, args?.output);
  const from = await pointOf(args?.from, 'from', network.inputShapes, who);
  const to = await pointOf(args?.to, 'to', network.inputShapes, who);
  if (from.every((x, i) => x === to[i])) {
    fail(who, 'the segment must have a length', 'two equal points', 'Give from and to that differ.');
  }
  const direction = to.map((x, i) => x - from[i]);
  const far = direction.find((x) => !Number.isFinite(x));
  if (far !== undefined) fail(who, 'to - from must be numbers that doubles hold', far, 'Take a shorter segment.');
  const withValues = requireBoolean(args.values ?? false, 'values', who);
  const breakpoints: number[] = [];
  const values: number[][] = [];
  let end: number[] = [];
  let activationCells = 0;
  const ofOutput = (rows: Rows) => rows.get(network.output)!;
  let before: Tracked | null = null;
  const start = inputCell([[0], [1]], [from, to].map(withoutRounding), [direction]);
  const rounding = new Rounding();
  const bends = new Bends(network, rounding);
  let left = 0; // where the cell before starts
  for (const {vertices, derivatives, bend} of trace(network, start, rounding)) {
    const [[t], [right]] = vertices.map(({place}) => place);
    activationCells++;
    if (activationCells > max + 1) {
      exceed(who, `${max} breakpoints`, 'Raise maxBreakpoints, or take a shorter segment.');
    }
    const slope = ofOutput(derivatives[0]);
    const isBent =
      before !== null &&
      (bend
        ? isNonzero(ofOutput(bend), rounding)
        : bends.between([before], [slope], () => lineOn(start, [(left + t) / 2, (t + right) / 2], [before!, slope])));
    if (isBent) breakpoints.push(t);
    if (withValues) {
      if (isBent || !before) values.push([...ofOutput(vertices[0].rows).values]);
      end = [...ofOutput(vertices[1].rows).values];
    }
    before = slope;
    left = t;
  }
  const regions = breakpoints.length + 1;
  const notes = [...network.notes, ...shortPieces(breakpoints)];
  const found = {regions, activationCells, exact: rounding.isSure, breakpoints, notes};
  return withValues ? {...found, values: [...values, end]} : found;
}

/** A part of the segment. */
function lineOn({vertices: [from, to], derivatives}: Cell, [low, high]: number[], slopes: Line['slopes']): Line | null {
  const at = (t: number) => between(from, to, {a: 1 - t, b: t});
  return low < high ? {from: at(low), to: at(high), direction: derivatives[0].get(INPUT)!.values, slopes} : null;
}

function shortPieces(breakpoints: readonly number[]): string[] {
  const ends = [0, ...breakpoints, 1];
  const regions = ends.length - 1;
  const most = Math.min(SHORT.ofSegment, SHORT.ofMean / regions);
  const count = ends.slice(1).filter((end, i) => end - ends[i] < most).length;
  if (count === 0) return [];
  const pieces = `${count} of ${regions} pieces ${count === 1 ? 'is' : 'are'} shorter than a millionth of the segment`;
  return [`${pieces}: rounding of weights to float32 may have made two bends of one, as in a model of toDense.`];
}
