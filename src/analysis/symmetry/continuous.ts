/**
 * How many dimensions the weights around a space can move in while the function stays.
 *
 * Between two bends a unit's value is multiplied by factors and added to constants: one of each shows, the others are redundant.
 * A bend that any positive factor passes makes the factors before and after it one. Without a bend between two matrices every
 * invertible matrix passes, as far as their ranks tell it from the identity.
 */

import type {Space, TrainableMap, UnitOperation} from './parts';

export interface Continuous {
  dimensions: number;
  /** There are no others, for weights in general position. */
  exact: boolean;
}

/** What multiplies and adds to a unit's value between two bends. */
interface Run {
  factors: number;
  constants: number;
  centers: boolean;
  averages: boolean;
  filters: boolean;
  /** Constants before zeros of a padding, of which each position shows one; and a mean that none of them makes up for. */
  padded: number;
  isShown: boolean;
}

const trainable = (part: Space['producer']): TrainableMap | null => (part.kind === 'trainable' ? part : null);

/** Whether no bend lies between two trainable maps. */
export const isLinear = ({producer, operations, consumer}: Space): boolean =>
  trainable(producer) !== null && trainable(consumer) !== null && operations.every((operation) => operation.linear);

/** For a space of one chain, between trainable maps or ends of the model; `alone` if none beside it is linear as well. */
export function continuousIn(space: Space, alone: boolean): Continuous {
  const [producer, consumer] = [trainable(space.producer), trainable(space.consumer)];
  const {runs, bends} = runsOf(space.operations, producer);
  const hasBlocks = [producer, consumer].some((map) => map !== null && map.block !== null);
  const isFiltered = runs.some(({filters}) => filters);
  if (bends.length === 0 && producer && consumer && !hasBlocks && !isFiltered)
    return linear(space.units, producer, consumer, runs[0], alone);
  let perUnit = 0;
  let shared = 0;
  const isLine = bends.length === 0 && producer !== null && consumer !== null;
  let exact = !(hasBlocks && (isLine || bends.some(({ignoresShift}) => ignoresShift))) && !(isFiltered && isLine);
  /** A run before has factors, and all bends since then pass them. */
  let isOpen = false;
  for (const [k, run] of runs.entries()) {
    const isLast = k === runs.length - 1;
    const reader = isLast ? consumer : null;
    const factors = run.factors + (reader ? 1 : 0);
    // Without a constant the mean that is taken off shows the factor after it.
    const isShown = run.isShown || (run.centers && run.constants + run.padded === 0 && !reader?.takesShift);
    if (isShown && factors > 1) exact = false;
    else perUnit += Math.max(0, factors - 1);
    perUnit += Math.max(0, run.padded - 1);
    if (run.filters && (run.averages || (k === 0 && producer))) exact = false;
    if (run.padded > 0) exact = false;
    if (reader?.takesShift) perUnit += run.constants;
    else perUnit += Math.max(0, run.constants - 1);
    if (reader && !reader.takesShift && run.constants > 0) exact = false;
    if (run.averages && k === 0 && producer) exact = false;
    if (isOpen && factors > 0) perUnit += 1;
    isOpen ||= factors > 0;
    const bend = bends[k];
    if (!bend) continue;
    // A bend right after another may be one that its values never reach.
    if (k > 0 && run.constants === 0 && !bend.picks) exact = false;
    if (bend.takes !== 'positive' && bend.takes !== 'any') isOpen = false;
    else if (factors > 0) isOpen = true;
    if (bend.ignoresShift && !hasBlocks) {
      const own = k === 0 && producer !== null && run.factors === 1 && run.constants <= 1;
      if (own) shared += producer.weightsInto(0).length;
      else if (run.factors > 0) exact = false;
      const next = k + 1 === runs.length - 1 ? consumer : null;
      if (bend.normalizes && own && next) shared += ((space.units - 1) * (space.units - 2)) / 2;
      if (next?.takesShift) shared += next.weightsFrom(0).length;
      else if (next || k + 1 < runs.length - 1) exact = false;
    }
  }
  return {dimensions: space.units * perUnit + shared, exact};
}

function runsOf(
  operations: readonly UnitOperation[],
  producer: TrainableMap | null,
): {runs: Run[]; bends: UnitOperation[]} {
  const empty: Run = {
    factors: 0,
    constants: 0,
    centers: false,
    averages: false,
    filters: false,
    padded: 0,
    isShown: false,
  };
  const runs: Run[] = [{...empty, factors: producer ? 1 : 0, constants: producer?.hasBias ? 1 : 0}];
  const bends: UnitOperation[] = [];
  for (const operation of operations) {
    if (!operation.linear) {
      bends.push(operation);
      runs.push({...empty});
    }
    const run = runs[runs.length - 1];
    if (operation.pads) {
      run.isShown ||= run.centers && run.constants === 0;
      run.padded = Math.max(run.padded, run.constants);
      run.constants = 0;
    }
    run.factors += operation.factors ?? 0;
    run.constants += operation.constants ?? 0;
    run.centers ||= Boolean(operation.centers);
    run.averages ||= Boolean(operation.averages);
    run.filters ||= Boolean(operation.filters);
  }
  return {runs, bends};
}

/**
 * Two maps without a bend between them. Of the pairs of matrices [a, n] and [n, b] with one product, of rank r = min(a, n, b),
 * n (a + b) - r (a + b - r) dimensions are left; a bias is one more row of the first.
 */
function linear(n: number, producer: TrainableMap, consumer: TrainableMap, run: Run, alone: boolean): Continuous {
  const [own, b] = [Number(producer.hasBias), consumer.units];
  const isPlain = run.factors === 1 && run.constants === own && !run.averages;
  if (alone && isPlain && producer.inputs !== null && consumer.inputs !== null) {
    const a = producer.inputs + (consumer.hasBias ? 0 : own);
    const r = Math.min(a, n, b);
    return {dimensions: n * (a + b + (consumer.hasBias ? own : 0)) - r * (a + b - r), exact: true};
  }
  const [into, out] = [producer.weightsInto(0).length, consumer.weightsFrom(0).length];
  const matrices = n ** 2 - Math.max(0, n - into) * Math.max(0, n - out);
  const others = run.factors - 1 + (consumer.takesShift ? run.constants - own : 0);
  return {dimensions: matrices + n * others, exact: false};
}
