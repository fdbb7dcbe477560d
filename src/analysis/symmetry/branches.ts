/** Units that branches of a model tie to each other: one order and, between the layers that make up factors, one factor. */

import {type AllowedRelabelings, RANGES, type RelabelingRule, type Segment, type SpaceRelabeling} from './choices';
import {
  identity,
  type Relabeling,
  type Space,
  sliceOf,
  type Tied,
  type TrainableMap,
  type UnitOperation,
  type Use,
} from './parts';

/** The choices that are open: what all layers allow that act on the units. */
export function allowedInBranches(space: Space & {tied: Tied}, index: number): AllowedRelabelings {
  const {uses, segments: count, fixedSegments} = space.tied;
  const ranges = Array.from({length: count}, () => ({sign: true, scale: true}));
  // What passes a fixed map among branches is not looked for.
  let exact = !space.tied.hasMore && [space.producer, space.consumer].every(({kind}) => kind !== 'fixed');
  let gives = false;
  for (const use of uses) {
    if (use.kind !== 'operate') continue;
    const {operation, places} = use;
    // Such a sign comes out as another function: what the other branches would have to do is not looked for.
    const special = operation.even || operation.shifts || operation.scalesWithSign;
    exact &&= !(special || operation.hasMore);
    for (const {input, output} of places) {
      ranges[input].sign &&= RANGES[operation.takes].sign && !special;
      ranges[input].scale &&= RANGES[operation.takes].scale;
      if (operation.gives === null) continue;
      gives = true;
      ranges[output].sign &&= RANGES[operation.gives].sign;
      ranges[output].scale &&= RANGES[operation.gives].scale;
    }
  }
  const maps = uses.flatMap((use) => (use.kind === 'operate' ? [] : [use.map]));
  const hasBlocks = maps.some(({block}) => block !== null);
  const linear = !hasBlocks && fixedSegments.size === 0 && space.operations.every((operation) => operation.linear);
  return {
    space,
    index,
    permutations: fixedSegments.size > 0 || space.operations.some(({fixesUnits}) => fixesUnits) ? 'fixed' : 'all',
    segments: ranges.map(({sign, scale}, k): Segment => {
      if (fixedSegments.has(k) || !(sign || scale)) return {per: 'fixed', ...RANGES.none};
      return {per: 'unit', sign, scale};
    }),
    characters: 'constant',
    linear,
    // Blocks may lie anywhere among concatenated channels.
    block: hasBlocks ? 1 : space.units,
    exact: exact && !(linear && gives) && !hasBlocks,
  };
}

/** Applies what the rule chooses to all layers that act on the units. */
export function relabelBranches(
  allowed: AllowedRelabelings & {space: {tied: Tied}},
  rule: RelabelingRule,
): SpaceRelabeling {
  const {space, segments} = allowed;
  const {uses} = space.tied;
  const plain = identity(space.units);
  const first = uses.find(({kind}) => kind === 'produce');
  const free = allowed.permutations === 'all' && first?.kind === 'produce';
  const from = free ? rule.order(allowed, first.map) : plain.from;
  const chosen: Float64Array[] = [];
  const factorsOf = (segment: number, source: TrainableMap | UnitOperation): Float64Array => {
    const given = segments[segment].per === 'fixed';
    chosen[segment] ??= given ? plain.factor : rule.factors(allowed, segment, source, from);
    return chosen[segment];
  };
  /** The relabeling of all channels of a layer, of which those of the space are a part. */
  const among = (width: number, order: Int32Array, places: {at: number; factor: Float64Array}[]): Relabeling => {
    const relabeling = identity(width);
    for (const {at, factor} of places) {
      for (const [i, old] of order.entries()) relabeling.from[at + i] = at + old;
      relabeling.factor.set(factor, at);
    }
    return relabeling;
  };
  for (const use of uses) {
    if (use.kind === 'produce') {
      use.map.relabelOutputs({...plain, from});
      use.map.relabelOutputs({...plain, factor: factorsOf(use.segment, use.map)});
    } else if (use.kind === 'consume') {
      const places = use.places.map(({at, segment}) => ({at, factor: chosen[segment] ?? plain.factor}));
      use.map.relabelInputs(among(use.width, from, places));
    } else {
      operate(use);
    }
  }
  return {from, factors: Array.from(segments, (_, k) => chosen[k] ?? plain.factor)};

  function operate({operation, width, places}: Use & {kind: 'operate'}): void {
    const ones = identity(width).factor;
    const incoming = places.map(({at, input}) => ({at, factor: chosen[input] ?? plain.factor}));
    operation.relabel(among(width, from, incoming), operation.gives && ones);
    if (operation.gives === null) return;
    for (const {at, output} of places) {
      const own = among(width, plain.from, [{at, factor: factorsOf(output, sliceOf(operation, at))}]);
      operation.relabel(identity(width), own.factor);
    }
  }
}
