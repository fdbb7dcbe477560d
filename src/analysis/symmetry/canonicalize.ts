import type * as tf from '@tensorflow/tfjs';
import {binaryProduct} from '../../math/binary_affine';
import type {AllowedRelabelings, RelabelingRule, SpaceRelabeling} from './choices';
import {allowedRelabelings} from './freedom';
import {readNetwork} from './network';
import {weightsOf} from './parts';
import {characterFactors, relabel} from './relabel';

/**
 * A new model of the same function with its units in one agreed order, sign and scale.
 *
 * Where the activation allows a factor, the weights into a unit have length 1 and their largest entry is positive; then
 * the units are sorted by their weights. Models that differ only by `permuteUnits` become equal, up to rounding.
 *
 * Use it to compare, cache or compress models. Units whose weights nearly tie may swap by rounding: `equivalent` and
 * `align` match them. Takes the models of `countEquivalentMinima`; the result shares nothing with the given one.
 *
 * @throws As `countEquivalentMinima`.
 *
 * Source: Michelucci 2022, arXiv 2211.06603 (the copies of a minimum).
 *
 * @example
 * const model = pw.analysis.canonicalize(trained);
 */
export function canonicalize<M extends tf.LayersModel>(model: M): M {
  const network = readNetwork(model, 'canonicalize');
  toCanonical(allowedRelabelings(network.spaces));
  return network.toModel();
}

const norm = (values: number[]) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));

/** The entry of the largest size, the first of equal ones. */
const largest = (values: number[]) => values.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a), 0);

/**
 * One point of each orbit: the weights of a unit have length 1 and their largest entry is positive, as far as factors are
 * free, and units stand in the order of their weights.
 */
const canonicalRule: RelabelingRule = {
  order(allowed, source) {
    const {units} = allowed.space;
    const [{per, sign, scale}] = allowed.segments;
    const rows = Array.from({length: units}, (_, unit) => {
      const row = source.weightsInto(unit);
      const factor = per === 'unit' ? unitFactor(row, sign, scale) : 1;
      return row.map((value) => factor * value);
    });
    if (allowed.permutations === 'affine') return affineOrder(rows);
    const order = Int32Array.from({length: units}, (_, unit) => unit);
    const blockOf = (unit: number) => Math.floor(unit / allowed.block);
    return order.sort((a, b) => blockOf(a) - blockOf(b) || compare(rows[a], rows[b]) || a - b);
  },

  factors(allowed, segment, source, from) {
    const {units} = allowed.space;
    const {per, sign, scale} = allowed.segments[segment];
    const rows = Array.from({length: units}, (_, unit) => weightsOf(source, unit));
    if (per === 'unit') return Float64Array.from(rows, (row) => unitFactor(row, sign, scale));
    return commonFactors(allowed, rows, {sign, scale}, from);
  },
};

/**
 * Brings a network to its canonical form, and returns what was chosen, one walk after another. After branches a factor
 * may go by weights whose other side is chosen later: then it takes a second relabel, seldom a third.
 */
export function toCanonical(allowedBySpace: AllowedRelabelings[]): SpaceRelabeling[][] {
  const walks = [relabel(allowedBySpace, canonicalRule)];
  const tied = allowedBySpace.some(({space}) => space.tied);
  while (tied && walks.length < 8 && !walks[walks.length - 1].every(isNothing)) {
    walks.push(relabel(allowedBySpace, canonicalRule));
  }
  return walks;
}

const isNothing = ({from, factors}: SpaceRelabeling) =>
  from.every((old, i) => old === i) && factors.every((all) => all.every((factor) => Math.abs(factor - 1) < 1e-12));

function unitFactor(row: number[], sign: boolean, scale: boolean): number {
  const size = scale ? 1 / (norm(row) || 1) : 1;
  return sign && largest(row) < 0 ? -size : size;
}

/** The Walsh function whose values at 1, 2, 4, ... make the units there positive, and the sign that does it at 0. */
function commonFactors(
  allowed: AllowedRelabelings,
  rows: number[][],
  {sign, scale}: {sign: boolean; scale: boolean},
  from: Int32Array,
): Float64Array {
  const plain = characterFactors(allowed, 1, 0, from);
  const negative = rows.map((row, i) => largest(row) * plain[i] < 0);
  const size = scale ? Math.sqrt(rows.length) / (norm(rows.flat()) || 1) : 1;
  let character = 0;
  if (allowed.characters === 'all') {
    for (let bit = 1; bit < rows.length; bit <<= 1) if (negative[bit] !== negative[0]) character |= bit;
  }
  return characterFactors(allowed, sign && negative[0] ? -size : size, character, from);
}

function compare(a: number[], b: number[]): number {
  const i = a.findIndex((value, k) => value !== b[k]);
  return i < 0 ? 0 : a[i] - b[i];
}

/** The affine order that begins with the heaviest unit and has the next heaviest it can have at 1, 2, 4, ... */
function affineOrder(rows: number[][]): Int32Array {
  const weight = rows.map((row) => row.reduce((sum, value) => sum + Math.abs(value) ** 3, 0)); // not 1 for all of length 1
  const order = rows.map((_, i) => i).sort((a, b) => weight[b] - weight[a] || a - b);
  const [offset] = order;
  const columns: number[] = [];
  const k = Math.log2(rows.length);
  for (const unit of order.slice(1)) {
    const candidate = unit ^ offset;
    if (columns.length < k && !spans(columns, candidate)) columns.push(candidate);
  }
  return Int32Array.from(order, (_, i) => binaryProduct(Int32Array.from(columns), i) ^ offset);
}

/** Whether the candidate is a sum of some of the columns. */
function spans(columns: number[], candidate: number): boolean {
  const sums = 2 ** columns.length;
  const matrix = Int32Array.from(columns);
  for (let i = 0; i < sums; i++) if (binaryProduct(matrix, i) === candidate) return true;
  return false;
}
