import * as tf from '@tensorflow/tfjs';
import {fail} from '../../errors';
import {STRAIGHT} from '../chord_start';

/** Numbers in a list, or a tensor of any shape. */
export type Numbers = ArrayLike<number> | tf.Tensor;

/** Points in order of x, and where they lie. */
export interface Curve {
  x: Float32Array;
  y: Float32Array;
  domain: [low: number, high: number];
  /** Different ones among x. */
  distinct: number;
  mean: number;
  /** The standard deviation of y. */
  deviation: number;
}

/** What training sees: u in [0, 1] for x, and v of mean 0 and deviation 1 for y. */
export interface Points {
  x: Float64Array;
  y: Float64Array;
}

/** More points than these are averaged, neighbours with neighbours. */
const MOST_POINTS = 512;
/** With fewer, none can be spared. */
export const LEAST_TO_HOLD_OUT = 40;
/** The largest float32 number. */
const LARGEST = 2 ** 128 - 2 ** 104;
/** Rounding may move a number by this share of the range that all of them take. */
const MOST_ROUNDING = 2 ** -10;
/** Numbers that differ by less than this share of their size differ by the rounding of doubles. */
const ROUNDED_TO_DOUBLES = 2 ** -40;

/** Checks and sorts points. As x has 24 bits in a tensor, so it has here. */
export async function readCurve(x: Numbers, y: Numbers, who: string): Promise<Curve> {
  const [inputs, targets] = [await numbersOf(x, 'x', who), await numbersOf(y, 'y', who)];
  if (inputs.length !== targets.length) {
    const received = `${inputs.length} and ${targets.length}`;
    fail(who, 'x and y must be as many numbers', received, 'They are the coordinates of points.');
  }
  for (const [name, values] of Object.entries({x: inputs, y: targets})) {
    const odd = values.findIndex((value) => !(Math.abs(value) <= LARGEST));
    if (odd >= 0) {
      const received = `${values[odd]} at ${odd}`;
      fail(who, `${name} must be finite numbers, at most 3.4e38 in size`, received, 'Leave such points out.');
    }
    requireResolved(values, name, who);
  }
  const order = Array.from(inputs.keys()).sort((a, b) => inputs[a] - inputs[b]);
  const sorted = {x: Float32Array.from(order, (i) => inputs[i]), y: Float32Array.from(order, (i) => targets[i])};
  const distinct = sorted.x.reduce((count, value, i) => count + Number(i === 0 || value !== sorted.x[i - 1]), 0);
  if (distinct < 2) {
    fail(who, 'x must be at least two different float32 numbers', distinct, 'A curve has a beginning and an end.');
  }
  const count = targets.length;
  const mean = sorted.y.reduce((sum, value) => sum + value, 0) / count;
  const deviation = Math.sqrt(sorted.y.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count);
  return {...sorted, domain: [sorted.x[0], sorted.x[count - 1]], distinct, mean, deviation};
}

/** Tensors hold float32 numbers, of which those far from 0 stand far apart. */
function requireResolved(values: Float64Array, name: string, who: string): void {
  let [low, high, rounding] = [Infinity, -Infinity, 0];
  for (const value of values) {
    [low, high] = [Math.min(low, value), Math.max(high, value)];
    rounding = Math.max(rounding, Math.abs(value - Math.fround(value)));
  }
  const isConstant = !(high - low > ROUNDED_TO_DOUBLES * Math.max(-low, high));
  if (isConstant || rounding <= MOST_ROUNDING * (high - low)) return;
  const [places, kept] = [values, Float32Array.from(values)].map((list) => new Set<number>(list).size);
  fail(
    who,
    `${name} must differ by more than float32 rounds them`,
    `${places} different numbers from ${low} to ${high}, of which float32 leaves ${kept}`,
    `Subtract an offset first, for example ${low}.`,
  );
}

async function numbersOf(values: Numbers, name: string, who: string): Promise<Float64Array> {
  if (values instanceof tf.Tensor) return Float64Array.from(await values.data());
  const isList = Array.isArray(values) || (ArrayBuffer.isView(values) && !(values instanceof DataView));
  const list = isList ? Array.from(values as ArrayLike<number>) : [];
  const odd = list.findIndex((value) => typeof value !== 'number');
  if (!isList || odd >= 0) {
    const received = isList ? `${shown(list[odd])} at ${odd}` : String(values);
    fail(who, `${name} must be an array of numbers or a tensor`, received, 'For example [0, 0.5, 1].');
  }
  return Float64Array.from(list);
}

const shown = (value: unknown): string =>
  typeof value === 'string' || Array.isArray(value) ? JSON.stringify(value) : `${String(value)} (${typeof value})`;

/** Whether points, in order of x, lie on the line through the first and the last of them. */
export function isStraight({x, y}: Points): boolean {
  const last = x.length - 1;
  const slope = (y[last] - y[0]) / (x[last] - x[0]);
  const size = y.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return y.every((value, i) => Math.abs(y[0] + slope * (x[i] - x[0]) - value) <= STRAIGHT * size);
}

/**
 * The points to train on, and others to stop by: every fourth, but not the ends. None where there are too few, or only those
 * leave a straight line.
 */
export function splitCurve(curve: Curve): {training: Points; heldOut: Points | null} {
  const all = averaged(curve);
  const isOut = (i: number) => i % 4 === 2 && i < all.x.length - 1;
  if (all.x.length < LEAST_TO_HOLD_OUT) return {training: all, heldOut: null};
  const part = (out: boolean): Points => ({
    x: all.x.filter((_, i) => isOut(i) === out),
    y: all.y.filter((_, i) => isOut(i) === out),
  });
  const training = part(false);
  return isStraight(training) ? {training: all, heldOut: null} : {training, heldOut: part(true)};
}

/** What training sees: at most 512 points, means of neighbours where there are more. */
export function averaged({x, y, domain: [low, high], mean, deviation}: Curve): Points {
  const groups = Math.min(x.length, MOST_POINTS);
  const start = (group: number) => Math.floor((group * x.length) / groups);
  const over = (values: Float32Array) =>
    Float64Array.from({length: groups}, (_, group) => {
      const own = values.subarray(start(group), start(group + 1));
      return own.reduce((sum, value) => sum + value, 0) / own.length;
    });
  return {
    x: over(x).map((value) => (value - low) / (high - low)),
    y: over(y).map((value) => (value - mean) / deviation),
  };
}
