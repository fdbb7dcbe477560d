import {allowedInBranches} from './branches';
import {type AllowedRelabelings, RANGES, type Range, type Segment} from './choices';
import {blockOf, isTied, type MapOrEnd, type Space, type UnitOperation} from './parts';

/** What the space after a fixed map can make up for. */
interface Next {
  absorbs: boolean;
  permutes: boolean;
}

/** The factors that pass a run of operations. */
function passed(start: Range, run: UnitOperation[], consumerTakesShift: boolean): Range {
  const range = {...start};
  let [hidden, shifted, mixed] = [false, false, false];
  run.forEach((operation, i) => {
    const takes = RANGES[operation.takes];
    range.scale &&= takes.scale;
    if (!hidden) range.sign &&= takes.sign && !(shifted && !operation.carriesShift) && !(mixed && !takes.scale);
    hidden ||= Boolean(operation.even);
    shifted ||= Boolean(operation.shifts);
    mixed ||= Boolean(operation.scalesWithSign);
    const last = i === run.length - 1;
    if (last && shifted && operation.gives === null && !consumerTakesShift) range.sign = false;
  });
  return range;
}

/** The runs of operations that share their factors: the last one of each but the last run gives new ones. */
function runsOf({operations}: Space): UnitOperation[][] {
  const runs: UnitOperation[][] = [[]];
  for (const operation of operations) {
    runs[runs.length - 1].push(operation);
    if (operation.gives !== null) runs.push([]);
  }
  return runs;
}

/** The space makes up for any factors that come in through a fixed map. */
function absorbs({operations}: Space): boolean {
  const first = operations.findIndex(({gives}) => gives !== null);
  return first >= 0 && operations.slice(0, first + 1).every(({takes, shifts}) => takes === 'any' && !shifts);
}

function segmentsOf(space: Space, lastPer: Segment['per']): Segment[] {
  const runs = runsOf(space);
  const takesShift = space.consumer.kind === 'trainable' && space.consumer.takesShift;
  const givers = space.operations.filter(({gives}) => gives !== null);
  return runs.map((run, k) => {
    const last = k === runs.length - 1;
    const start = k > 0 ? RANGES[givers[k - 1].gives!] : RANGES[space.producer.kind === 'trainable' ? 'any' : 'none'];
    const per = last ? lastPer : 'unit';
    const range = passed(start, run, last && takesShift);
    return per === 'fixed' || !(range.sign || range.scale) ? {per: 'fixed', ...RANGES.none} : {per, ...range};
  });
}

/** What may be chosen in each space. The choice at a fixed map is open only if the next space can make up for it. */
export function allowedRelabelings(spaces: Space[]): AllowedRelabelings[] {
  const allowedBySpace = new Array<AllowedRelabelings>(spaces.length);
  const held = heldBlocks(spaces);
  let next: Next = {absorbs: false, permutes: false};
  for (let i = spaces.length - 1; i >= 0; i--) {
    const space = spaces[i];
    if (isTied(space)) {
      allowedBySpace[i] = allowedInBranches(space, i);
      continue;
    }
    // In a model with branches a space may be followed by one that has nothing to do with it.
    if (spaces[i + 1]?.tied || spaces[i + 1]?.producer !== space.consumer) next = {absorbs: false, permutes: false};
    const {units, producer, operations, consumer} = space;
    const passes = consumer.kind === 'fixed' && next.absorbs ? consumer.passes : 'nothing';
    const walsh = typeof passes === 'object';
    const lastPer = consumer.kind === 'trainable' ? 'unit' : walsh ? 'walsh' : passes === 'scalar' ? 'common' : 'fixed';
    const segments = segmentsOf(space, lastPer);
    const last = segments[segments.length - 1];
    const open = consumer.kind === 'trainable' || (walsh && last.per === 'walsh' && last.sign);
    const permutes = open && operations.every(({fixesUnits}) => !fixesUnits);
    const free = producer.kind === 'trainable' && permutes;
    const block = blockOf(units, [producer, consumer]);
    allowedBySpace[i] = {
      space,
      index: i,
      permutations: !free
        ? 'fixed'
        : consumer.kind === 'trainable'
          ? 'all'
          : next.permutes && block === units
            ? 'affine'
            : 'fixed',
      block,
      segments,
      characters: walsh && next.permutes && last.sign ? 'all' : 'constant',
      linear: producer.kind === 'trainable' && consumer.kind === 'trainable' && operations.every(({linear}) => linear),
      exact: isExact(space, next, held),
    };
    next = {absorbs: absorbs(space), permutes};
  }
  return allowedBySpace;
}

/**
 * The maps of which no whole blocks can be exchanged: an end of the model holds their units in place, or blocks beside them
 * that are held and as large, or a part of theirs.
 */
function heldBlocks(spaces: readonly Space[]): Set<MapOrEnd> {
  const held = new Set<MapOrEnd>();
  const holds = (other: MapOrEnd, block: number) =>
    other.kind === 'end' || (held.has(other) && other.kind === 'trainable' && block % other.block! === 0);
  const chains = spaces.filter((space) => !isTied(space));
  for (let before = -1; before < held.size; ) {
    before = held.size;
    for (const {producer, consumer} of chains) {
      if (producer.kind === 'trainable' && producer.block && holds(consumer, producer.block)) held.add(producer);
      if (consumer.kind === 'trainable' && consumer.block && holds(producer, consumer.block)) held.add(consumer);
    }
  }
  return held;
}

/** Something may see zeros of a padding alone: it is a constant there, whatever its weights are. */
function hasZeroWindows(operations: readonly UnitOperation[], consumer: MapOrEnd): boolean {
  return operations.some(({zeros}, i) => {
    if (zeros === undefined) return false;
    const next = operations
      .slice(i + 1)
      .find((other) => (other.window ?? other.zeros) !== undefined || other.averages || other.picks);
    const window = next ? next.window : consumer.kind === 'trainable' ? consumer.window : 0;
    return !(window! > zeros);
  });
}

/** A fixed map that is no plain transform, or one that is not between bends, may pass more than the named symmetries. */
function isExact({producer, operations, consumer}: Space, next: Next, held: ReadonlySet<MapOrEnd>): boolean {
  // Whole blocks may be exchanged, which nobody looks for.
  if ([producer, consumer].some((map) => map.kind === 'trainable' && map.block !== null && !held.has(map)))
    return false;
  if (operations.some(({hasMore}) => hasMore) || hasZeroWindows(operations, consumer)) return false;
  // A depthwise convolution without a bias hands a constant on, which nobody follows.
  const shifts = operations.findIndex(({shifts}) => shifts);
  if (shifts >= 0 && operations.slice(shifts).some(({filters, constants}) => filters && !constants)) return false;
  const free = producer.kind === 'trainable';
  if (consumer.kind !== 'fixed' || !(free || operations.some(({gives}) => gives !== null))) return true;
  if (typeof consumer.passes !== 'object' || !next.absorbs) return false;
  if (free && !next.permutes) return false;
  const bends = operations.filter(({linear}) => !linear);
  return bends.length > 0 && bends.every(({takes, gives}) => takes === 'sign' || gives === 'any');
}
