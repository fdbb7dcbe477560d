import type {Factors, Space, UnitOperation} from './parts';

/**
 * The operations from one that makes up factors of its own, or from the producer, to the next such one or the consumer.
 * 'unit': each unit has a factor of its own; 'walsh': c times a Walsh function; 'common': one c for all; 'given': none.
 */
export interface Segment {
  per: 'unit' | 'walsh' | 'common' | 'given';
  /** The factors may be negative. */
  sign: boolean;
  /** The factors may have any size. */
  scale: boolean;
}

/** What may be chosen in one space. */
export interface Freedom {
  space: Space;
  /** Place of the space in the network. */
  index: number;
  /** 'affine': those of the indices in binary that a transform behind turns into such again; 'given': none. */
  permutations: 'all' | 'affine' | 'given';
  segments: Segment[];
  /** Which Walsh functions the last segment may have: all, or the constant alone. */
  characters: 'all' | 'constant';
  /** No bend between two trainable maps: every invertible matrix is a symmetry. */
  linear: boolean;
  /** Nothing beyond the named symmetries is known for weights in general position. */
  exact: boolean;
}

/** What the space behind a fixed map can make up for. */
interface Next {
  absorbs: boolean;
  permutes: boolean;
}

interface Range {
  sign: boolean;
  scale: boolean;
}

const RANGES: Record<Factors, Range> = {
  any: {sign: true, scale: true},
  positive: {sign: false, scale: true},
  sign: {sign: true, scale: false},
  none: {sign: false, scale: false},
};

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
  const takesShift = space.consumer.kind === 'mixing' && space.consumer.takesShift;
  const givers = space.operations.filter(({gives}) => gives !== null);
  return runs.map((run, k) => {
    const last = k === runs.length - 1;
    const start = k > 0 ? RANGES[givers[k - 1].gives!] : RANGES[space.producer.kind === 'mixing' ? 'any' : 'none'];
    const per = last ? lastPer : 'unit';
    const range = passed(start, run, last && takesShift);
    return per === 'given' || !(range.sign || range.scale) ? {per: 'given', ...RANGES.none} : {per, ...range};
  });
}

/** What may be chosen in each space. The choice at a fixed map is open only if the next space can make up for it. */
export function freedomsOf(spaces: Space[]): Freedom[] {
  const freedoms = new Array<Freedom>(spaces.length);
  let next: Next = {absorbs: false, permutes: false};
  for (let i = spaces.length - 1; i >= 0; i--) {
    const space = spaces[i];
    const {producer, operations, consumer} = space;
    const passes = consumer.kind === 'fixed' && next.absorbs ? consumer.passes : 'nothing';
    const walsh = typeof passes === 'object';
    const lastPer = consumer.kind === 'mixing' ? 'unit' : walsh ? 'walsh' : passes === 'scalar' ? 'common' : 'given';
    const segments = segmentsOf(space, lastPer);
    const last = segments[segments.length - 1];
    const open = consumer.kind === 'mixing' || (walsh && last.per === 'walsh' && last.sign);
    const permutes = open && operations.every(({fixesUnits}) => !fixesUnits);
    const free = producer.kind === 'mixing' && permutes;
    freedoms[i] = {
      space,
      index: i,
      permutations: !free ? 'given' : consumer.kind === 'mixing' ? 'all' : next.permutes ? 'affine' : 'given',
      segments,
      characters: walsh && next.permutes && last.sign ? 'all' : 'constant',
      linear: producer.kind === 'mixing' && consumer.kind === 'mixing' && operations.every(({linear}) => linear),
      exact: isExact(space, next),
    };
    next = {absorbs: absorbs(space), permutes};
  }
  return freedoms;
}

/** A fixed map that is no plain transform, or one that is not between bends, may pass more than the named symmetries. */
function isExact({producer, operations, consumer}: Space, next: Next): boolean {
  if (operations.some(({hasMore}) => hasMore)) return false;
  const free = producer.kind === 'mixing';
  if (consumer.kind !== 'fixed' || !(free || operations.some(({gives}) => gives !== null))) return true;
  if (typeof consumer.passes !== 'object' || !next.absorbs) return false;
  if (free && !next.permutes) return false;
  const bends = operations.filter(({linear}) => !linear);
  return bends.length > 0 && bends.every(({takes, gives}) => takes === 'sign' || gives === 'any');
}
