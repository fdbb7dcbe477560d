import {assign} from '../../math/assignment';
import type {AllowedRelabelings, RelabelingRule} from './choices';
import {identity, type Space, sourcesOf, type TrainableMap, type Use, weightsOf} from './parts';
import {relabel} from './relabel';

const dot = (a: number[], b: number[]) => a.reduce((sum, value, i) => sum + value * b[i], 0);

/**
 * Reorders the units of `network` to be like those of `target`, one space at a time with the others fixedSegments, until nothing
 * changes. The first round goes by the weights into the units: what lies before them is in order by then. Each step is the best one, their sequence need not be (Ainsworth et al., "Git Re-Basin", arXiv 2209.04836).
 */
export function match(network: AllowedRelabelings[], target: AllowedRelabelings[], rounds: number): void {
  for (let round = 0; round < rounds; round++) {
    let changed = false;
    network.forEach((allowed, index) => {
      if (allowed.permutations !== 'all' || allowed.block < allowed.space.units) return;
      const {order, signs} = bestMatch(allowed, target[index], round > 0);
      if (order.every((unit, i) => unit === i && signs[i] > 0)) return;
      changed = true;
      relabel(network, oneSpace(allowed, target[index], order, signs));
    });
    if (!changed && round > 0) return; // units that tie in the first round differ in what comes after them
  }
}

/** The weights into and out of each unit of a space between trainable maps; `into` of the first map alone, or of all. */
function sidesOf({units, producer, consumer, tied}: Space, all: boolean): {into: number[]; out: number[]}[] {
  const uses: Use[] = tied?.uses ?? [
    {kind: 'produce', map: producer as TrainableMap, segment: 0},
    {kind: 'consume', map: consumer as TrainableMap, width: units, places: [{at: 0, segment: 0}]},
  ];
  const makers = uses.flatMap((use) => (use.kind === 'produce' ? [use.map] : []));
  const readers = uses.flatMap((use) => (use.kind === 'consume' ? [use] : []));
  return Array.from({length: units}, (_, unit) => ({
    into: (all ? makers : makers.slice(0, 1)).flatMap((map) => map.weightsInto(unit)),
    out: readers.flatMap(({map, places}) => places.flatMap(({at}) => map.weightsFrom(at + unit))),
  }));
}

/** For each unit of the target the one that is most like it, and the sign with which it is. */
function bestMatch(
  {space, segments}: AllowedRelabelings,
  target: AllowedRelabelings,
  bothSides: boolean,
): {order: Int32Array; signs: Float64Array} {
  const {units, operations} = space;
  const [own, wanted] = [sidesOf(space, bothSides), sidesOf(target.space, bothSides)];
  const signed = segments[0].sign;
  // The sign of a unit shows in the weights after it if nothing between makes up for it.
  const together = segments.length === 1 && !operations.some(({even, shifts}) => even || shifts);
  const useOut = bothSides && (!signed || together);
  const likeness = new Float64Array(units * units);
  for (let i = 0; i < units; i++) {
    for (let j = 0; j < units; j++) {
      const into = dot(wanted[i].into, own[j].into);
      likeness[i * units + j] = useOut ? into + dot(wanted[i].out, own[j].out) : into;
    }
  }
  const costs = likeness.map((value) => -(signed ? Math.abs(value) : value));
  const order = assign(costs, units);
  return {order, signs: Float64Array.from(order, (j, i) => (signed && likeness[i * units + j] < 0 ? -1 : 1))};
}

/** Changes one space, and leaves the others as they are. */
function oneSpace(
  chosen: AllowedRelabelings,
  target: AllowedRelabelings,
  order: Int32Array,
  signs: Float64Array,
): RelabelingRule {
  return {
    order: (allowed) => (allowed === chosen ? order : identity(allowed.space.units).from),
    factors(allowed, segment, source) {
      const ones = identity(allowed.space.units).factor;
      if (allowed !== chosen || !allowed.segments[segment].sign) return ones;
      if (segment === 0) return signs;
      const wanted = sourcesOf(target.space)[segment];
      return ones.map((_, unit) => (dot(weightsOf(wanted, unit), weightsOf(source, unit)) < 0 ? -1 : 1));
    },
  };
}
