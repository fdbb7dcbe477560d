/**
 * The units of a network as nodes, and its weights as labels between them that no scale of a unit changes.
 *
 * A node is a unit in one segment of its space. Its scale is fixed by the weights into it, which then have length 1; that of a
 * unit without such weights, by those out of it. Where signs are free, a node stands for both: `side` 0 as it is, 1 turned.
 */

import type {AllowedRelabelings} from './choices';
import {identity, isTied, type Relabeling, type Space, type TrainableMap, type UnitOperation, type Use} from './parts';

/** The units of one segment of a space. */
export interface NodeGroup {
  space: number;
  segment: number;
  units: number;
  /** 2 where signs are free. */
  sides: 1 | 2;
  /** 1 where the scale is not free. */
  scale: Float64Array;
}

/** Where the units of a group enter a map. */
interface Entry {
  group: NodeGroup;
  /** Channel of the first unit. */
  at: number;
  /** Scale of the channel beside that of the group, its sign when the unit is turned, and the value about which it turns. */
  size: Float64Array;
  turned: Float64Array;
  center: Float64Array;
}

export interface MapLabels {
  map: TrainableMap;
  outputs: NodeGroup;
  entries: Entry[];
  positions: number;
  channels: number;
  /** [channels, positions, units], as they are; `bias` about the centers, and the sizes of what it is summed from. */
  weights: Float64Array;
  bias: Float64Array | null;
  biasSize: Float64Array | null;
}

export interface OperationLabels {
  from: NodeGroup;
  to: NodeGroup;
  /** The weights of the operation as a function of both sides. */
  labels(fromSide: number, toSide: number): number[][];
  /** The sizes of those that an output twice as large doubles. */
  gains(): Float64Array;
}

export interface UnitGraph {
  groups: NodeGroup[];
  maps: MapLabels[];
  operations: OperationLabels[];
}

/** What acts on a space, also on one chain. */
export function usesOf(space: Space): readonly Use[] {
  if (isTied(space)) return space.tied.uses;
  const {units, producer, operations, consumer} = space;
  const uses: Use[] = [];
  let segment = 0;
  if (producer.kind === 'trainable') uses.push({kind: 'produce', map: producer, segment});
  for (const operation of operations) {
    const output = operation.gives === null ? segment : segment + 1;
    uses.push({kind: 'operate', operation, width: units, places: [{at: 0, input: segment, output}]});
    segment = output;
  }
  if (consumer.kind === 'trainable') {
    uses.push({kind: 'consume', map: consumer, width: units, places: [{at: 0, segment}]});
  }
  return uses;
}

/** The relabeling of all channels of a layer, of which those of a group are a part. */
function among(width: number, at: number, {factor, shift}: Relabeling): Relabeling {
  const all = identity(width);
  all.factor.set(factor, at);
  if (shift) {
    all.shift = new Float64Array(width);
    all.shift.set(shift, at);
  }
  return all;
}

const part = ({from, factor, shift}: Relabeling, at: number, units: number): Relabeling => ({
  from: from.slice(0, units),
  factor: factor.slice(at, at + units),
  shift: shift?.slice(at, at + units) ?? null,
});

/** What an operation makes of a relabeling; its weights stay. */
function tried<T>(
  operation: UnitOperation,
  relabeling: Relabeling,
  own: Float64Array,
  read: (out: Relabeling) => T,
): T {
  const saved = operation.arrays.map(({data}) => data.slice());
  try {
    return read(operation.relabel(relabeling, operation.gives && own));
  } finally {
    for (const [i, {data}] of operation.arrays.entries()) data.set(saved[i]);
  }
}

const filled = (length: number, value: number) => new Float64Array(length).fill(value);

/** `sizes` of biases that are sums, if they are more than the biases themselves. */
export function unitGraph(
  allowedBySpace: readonly AllowedRelabelings[],
  sizes?: ReadonlyMap<Float64Array, Float64Array>,
): UnitGraph {
  const graph: UnitGraph = {groups: [], maps: [], operations: []};
  const outputs = new Map<TrainableMap, NodeGroup>();
  const entries = new Map<TrainableMap, {width: number; entries: Entry[]}>();
  for (const {space, segments, index} of allowedBySpace) {
    const groups = segments.map(({sign}, segment): NodeGroup => {
      return {space: index, segment, units: space.units, sides: sign ? 2 : 1, scale: filled(space.units, 1)};
    });
    graph.groups.push(...groups);
    /** How the units enter what comes next, as they are and turned. In branches nothing changes it on the way. */
    let ways: [Relabeling, Relabeling] | null = null;
    const start = (units: number): [Relabeling, Relabeling] => [
      identity(units),
      {...identity(units), factor: filled(units, -1)},
    ];
    for (const use of usesOf(space)) {
      if (use.kind === 'produce') {
        outputs.set(use.map, groups[use.segment]);
      } else if (use.kind === 'operate') {
        const {operation, width, places} = use;
        for (const {at, input, output} of places) {
          const [group, next] = [groups[input], groups[output]];
          const before: [Relabeling, Relabeling] = (!isTied(space) && ways) || start(group.units);
          graph.operations.push(labelsOf(operation, width, at, group, next, before));
          if (isTied(space)) continue;
          const after = before.map((way) =>
            tried(operation, among(width, at, way), filled(width, 1), (out) => part(out, at, group.units)),
          );
          ways = operation.gives === null && group.sides === 2 ? (after as [Relabeling, Relabeling]) : null;
        }
      } else {
        const {map, width, places} = use;
        if (!entries.has(map)) entries.set(map, {width, entries: []});
        for (const {at, segment} of places) {
          const group = groups[segment];
          const [plain, turned] = (!isTied(space) && ways) || start(group.units);
          entries.get(map)!.entries.push({
            group,
            at,
            size: plain.factor.map((f, i) => Math.sqrt(Math.abs(f * turned.factor[i]))),
            turned: turned.factor.map(Math.sign),
            center: plain.factor.map((f, i) => {
              const [a, b] = [plain.shift?.[i] ?? 0, turned.shift?.[i] ?? 0];
              return -0.5 * (a / f + b / turned.factor[i]) || 0;
            }),
          });
        }
      }
    }
  }
  for (const [map, {width, entries: own}] of entries)
    graph.maps.push(mapLabels(map, outputs.get(map)!, own, width, sizes));
  fixScales(graph, allowedBySpace);
  return graph;
}

function mapLabels(
  map: TrainableMap,
  outputs: NodeGroup,
  entries: Entry[],
  channels: number,
  sizes?: ReadonlyMap<Float64Array, Float64Array>,
): MapLabels {
  const rows = Array.from({length: channels}, (_, channel) => map.weightsFrom(channel));
  const positions = rows[0].length / map.units;
  const weights = Float64Array.from(rows.flat());
  if (!map.hasBias) return {map, outputs, entries, positions, channels, weights, bias: null, biasSize: null};
  const bias = Float64Array.from({length: map.units}, (_, unit) => map.weightsInto(unit).at(-1)!);
  const known = sizes?.get(map.bias!);
  const biasSize = bias.map((value, unit) => Math.max(Math.abs(value), known?.[unit] ?? 0));
  for (const {at, center} of entries) {
    for (const [i, value] of center.entries()) {
      if (value === 0) continue;
      for (const [k, weight] of rows[at + i].entries()) {
        bias[k % map.units] += weight * value;
        biasSize[k % map.units] += Math.abs(weight * value);
      }
    }
  }
  return {map, outputs, entries, positions, channels, weights, bias, biasSize};
}

function labelsOf(
  operation: UnitOperation,
  width: number,
  at: number,
  from: NodeGroup,
  to: NodeGroup,
  ways: [Relabeling, Relabeling],
): OperationLabels {
  const read = (way: Relabeling, own: Float64Array): number[][] => {
    const scaled = {...way, factor: way.factor.map((f, i) => f * from.scale[i])};
    const outgoing = filled(width, 1);
    outgoing.set(own, at);
    return tried(operation, among(width, at, scaled), outgoing, () =>
      Array.from({length: from.units}, (_, unit) => operation.arrays.flatMap((array) => array.of(at + unit))),
    );
  };
  return {
    from,
    to,
    labels: (fromSide, toSide) =>
      read(
        ways[fromSide],
        to.scale.map((f) => (toSide === 1 ? -f : f)),
      ),
    gains() {
      const [once, twice] = [1, 2].map((own) => read(ways[0], filled(from.units, own)));
      return Float64Array.from(once, (row, unit) => Math.hypot(...row.map((value, k) => twice[unit][k] - value)));
    },
  };
}

/** Fixes the scales that are free, by what is fixed already: inputs, constants, outputs. */
function fixScales({groups, maps, operations}: UnitGraph, allowedBySpace: readonly AllowedRelabelings[]): void {
  const known = new Map(
    groups.map((group) => {
      const free = allowedBySpace.find(({index}) => index === group.space)!.segments[group.segment].scale;
      return [group, new Uint8Array(group.units).fill(free ? 0 : 1)];
    }),
  );
  const into = (group: NodeGroup): Float64Array => {
    const squares = new Float64Array(group.units);
    for (const labels of maps) {
      if (labels.outputs !== group) continue;
      eachWeight(labels, (weight, unit, entry, i) => {
        if (known.get(entry.group)![i]) squares[unit] += (weight / (entry.size[i] * entry.group.scale[i])) ** 2;
      });
      labels.bias?.forEach((value, unit) => {
        squares[unit] += value ** 2;
      });
    }
    for (const operation of operations) {
      if (operation.to !== group || operation.from === group) continue;
      for (const [unit, gain] of operation.gains().entries()) {
        if (known.get(operation.from)![unit]) squares[unit] += gain ** 2;
      }
    }
    return squares.map((square) => 1 / Math.sqrt(square));
  };
  const outOf = (group: NodeGroup): Float64Array => {
    const squares = new Float64Array(group.units);
    for (const labels of maps) {
      eachWeight(labels, (weight, unit, entry, i) => {
        if (entry.group !== group || !known.get(labels.outputs)![unit]) return;
        squares[i] += ((weight * labels.outputs.scale[unit]) / entry.size[i]) ** 2;
      });
    }
    for (const operation of operations) {
      if (operation.from !== group || operation.to === group) continue;
      const {to} = operation;
      for (const [unit, gain] of operation.gains().entries()) {
        if (known.get(to)![unit]) squares[unit] += (gain * to.scale[unit]) ** 2;
      }
    }
    return squares.map(Math.sqrt);
  };
  const fix = (group: NodeGroup, scales: (group: NodeGroup) => Float64Array): boolean => {
    const flags = known.get(group)!;
    if (flags.every(Boolean)) return false;
    let changed = false;
    for (const [unit, scale] of scales(group).entries()) {
      if (flags[unit] || !(scale > 0 && scale < Infinity)) continue;
      group.scale[unit] = scale;
      flags[unit] = 1;
      changed = true;
    }
    return changed;
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (const group of groups) changed = fix(group, into) || changed;
    if (!changed) for (const group of [...groups].reverse()) changed = fix(group, outOf) || changed;
    if (changed) continue;
    // What hangs together with nothing else starts anywhere.
    const open = groups.find((group) => known.get(group)!.includes(0));
    if (open) changed = fix(open, ({units}) => filled(units, 1));
  }
}

export function eachWeight(
  {map, entries, positions, weights}: MapLabels,
  visit: (weight: number, unit: number, entry: Entry, i: number) => void,
): void {
  const {units} = map;
  for (const entry of entries) {
    for (let i = 0; i < entry.group.units; i++) {
      const start = (entry.at + i) * positions * units;
      for (let k = 0; k < positions * units; k++) visit(weights[start + k], k % units, entry, i);
    }
  }
}
