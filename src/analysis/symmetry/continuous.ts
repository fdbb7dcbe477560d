/**
 * How many dimensions the weights around a space can move in while the function stays.
 *
 * Between two bends a unit's value is multiplied by factors and added to constants: one of each shows, the others are redundant.
 * A bend that any positive factor passes makes the factors before and after it one. Without a bend between two matrices every
 * invertible matrix passes, as far as their ranks tell it from the identity.
 */

import {isTied, type MapOrEnd, type Space, type TrainableMap, type UnitOperation} from './parts';

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
  /** The largest of several positions has the factor and the constant of each; a matrix does not pass. */
  picks: boolean;
  /** Constants before zeros of a padding, of which each position shows one; and a mean that none of them makes up for. */
  padded: number;
  isShown: boolean;
}

const trainable = (part: Space['producer']): TrainableMap | null => (part.kind === 'trainable' ? part : null);

/** Whether no bend lies between two trainable maps. */
export const isLinear = ({producer, operations, consumer}: Space): boolean =>
  trainable(producer) !== null && trainable(consumer) !== null && operations.every((operation) => operation.linear);

/** The maps that are joined by a path without a bend, and so share the matrices that pass there. */
export function joinedMaps(space: Space): MapOrEnd[] {
  if (isTied(space))
    return space.tied.joinsMaps ? space.tied.uses.flatMap((use) => ('map' in use ? [use.map] : [])) : [];
  return isLinear(space) ? [space.producer, space.consumer] : [];
}

/** A number that is added to all units of the map that makes them does not show, and the map alone has that number. */
function ignoresShift({operations}: Space): boolean {
  const bend = operations.findIndex(({linear}) => !linear);
  const before = operations.slice(0, bend);
  return (
    bend >= 0 && Boolean(operations[bend].ignoresShift) && !before.some(({factors, constants}) => factors || constants)
  );
}

/** For a space of one chain, between trainable maps or ends of the model, among all spaces of the model. */
export function continuousIn(space: Space, spaces: readonly Space[]): Continuous {
  const own = joinedMaps(space);
  const alone = !spaces.some((other) => other !== space && joinedMaps(other).some((map) => own.includes(map)));
  const next = spaces.find((other) => other.producer === space.consumer && !isTied(other));
  const [producer, consumer] = [trainable(space.producer), trainable(space.consumer)];
  const {runs, bends} = runsOf(space.operations, producer);
  const hasBlocks = [producer, consumer].some((map) => map !== null && map.block !== null);
  const isFiltered = runs.some(({filters}) => filters);
  const first = runs[0];
  // The largest and the smallest of one number are all that there is to pick.
  const seesOne = producer !== null && producer.weightsInto(0).length - Number(producer.hasBias) === 1;
  const isLine = bends.length === 0 && !first.picks && producer !== null && consumer !== null;
  if (isLine && !hasBlocks && !isFiltered) {
    const b = consumer.units - Number(next !== undefined && ignoresShift(next));
    const {dimensions, exact} = linear(space.units, b, producer, consumer, first, alone);
    return {dimensions, exact: exact && !next?.operations.some(({normalizes}) => normalizes)};
  }
  let perUnit = 0;
  let shared = 0;
  let exact = !(first.picks && seesOne);
  exact &&= !(hasBlocks && (isLine || bends.some(({ignoresShift}) => ignoresShift))) && !(isFiltered && isLine);
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
    if (k > 0 && hidesBend(bends[k - 1], run, bend)) exact = false;
    // Units that see one number, and bend at 0 of it, all bend there.
    const isRay = bend.takes === 'positive' || bend.takes === 'any';
    if (k === 0 && seesOne && run.constants === 0 && isRay) exact = false;
    if (bend.takes !== 'positive' && bend.takes !== 'any') isOpen = false;
    else if (factors > 0) isOpen = true;
    // One unit beside no other is a constant then: nothing before it shows.
    if (bend.ignoresShift && space.units === 1) exact = false;
    if (bend.ignoresShift && !hasBlocks) {
      const own = k === 0 && producer !== null && run.factors === 1 && run.constants <= 1;
      if (own) shared += producer.weightsInto(0).length;
      else if (run.factors > 0) exact = false;
      // A constant of the sum of squares may then make up for epsilon.
      if (bend.normalizes && producer?.hasBias && producer.weightsInto(0).length < space.units) exact = false;
      const next = k + 1 === runs.length - 1 ? consumer : null;
      if (bend.normalizes && own && next) shared += ((space.units - 1) * (space.units - 2)) / 2;
      if (next?.takesShift) shared += next.weightsFrom(0).length;
      else if (next || k + 1 < runs.length - 1) exact = false;
    }
  }
  const idle = idleSlopes(space);
  const isPlain =
    bends.length === 1 && producer?.inputs && consumer?.inputs && (consumer.takesShift || !producer.hasBias);
  if (idle > 0 && (!isPlain || hasBlocks)) exact = false;
  else shared += idle;
  return {dimensions: space.units * perUnit + shared, exact};
}

/** A bend right after another may be one that its values never reach, or that hides the one before on its flat side. */
const hidesBend = (before: UnitOperation, {constants, filters}: Run, bend: UnitOperation): boolean =>
  constants === 0 || (before.takes === 'positive' && bend.takes === 'positive' && !filters);

/**
 * Slopes of either side are a share of z and one of |z|. The z of n units are sums of a inputs, and b numbers are made of them: of
 * the n shares no more than a b show, and a constant goes into the next bias.
 */
function idleSlopes({units, producer, operations, consumer}: Space): number {
  if (!operations.some(({turns}) => turns) || producer.kind === 'end' || consumer.kind === 'end') return 0;
  const a = producer.kind === 'fixed' ? producer.inputs : producer.weightsInto(0).length - Number(producer.hasBias);
  const b = consumer.kind === 'fixed' ? consumer.units : consumer.weightsFrom(0).length;
  return a === null ? 0 : Math.max(0, units - a * b);
}

/** Beside a fixed map: constants that pass on through it or into the next map, and factors that one bend does not part. */
export function hasMoreAtFixedMap(space: Space): boolean {
  const {operations, producer, consumer} = space;
  const {runs, bends} = runsOf(operations, trainable(producer));
  const reader = trainable(consumer);
  return (
    bends.length > 1 ||
    idleSlopes(space) > 0 ||
    runs.some(({factors, constants}, k) => {
      const passesOn = k === runs.length - 1 && (consumer.kind === 'fixed' || Boolean(reader?.takesShift));
      return factors > 1 || constants > (passesOn ? 0 : 1);
    })
  );
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
    picks: false,
    padded: 0,
    isShown: false,
  };
  const runs: Run[] = [{...empty, factors: producer ? 1 : 0, constants: producer?.hasBias ? 1 : 0}];
  const bends: UnitOperation[] = [];
  for (const operation of operations) {
    if (!operation.linear && !operation.picks) {
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
    run.picks ||= Boolean(operation.picks);
  }
  return {runs, bends};
}

/**
 * Two maps without a bend between them. Of the pairs of matrices [a, n] and [n, b] with one product, of rank r = min(a, n, b),
 * n (a + b) - r (a + b - r) dimensions are left; a bias is one more row of the first. b is less by one if only differences of the
 * outputs show.
 */
function linear(
  n: number,
  b: number,
  producer: TrainableMap,
  consumer: TrainableMap,
  run: Run,
  alone: boolean,
): Continuous {
  const own = Number(producer.hasBias);
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
