import type {AllowedRelabelings, RelabelingRule} from './choices';
import type {BiasSizes} from './dead_units';
import {ColoredGraph, type Coloring, nodeOf, refine} from './unit_colors';
import {type NodeGroup, unitGraph} from './unit_graph';

/** How one network becomes another; or that nothing does, that a fixed transform is in the way, or that there is too much to try. */
export type Matching = {kind: 'found'; rule: RelabelingRule} | {kind: 'none' | 'transformed' | 'limit'};

/** The spaces of a network, and the sizes of biases that are sums. */
export type Side = [AllowedRelabelings[], BiasSizes?];

/** Ways that are given up before the search is. */
const MOST_FAILURES = 60;

/**
 * Seeks a relabeling of the network that makes its weights those of the target, up to a share of each: colors first, then, among units
 * that these do not tell apart, one choice after another. `isRight` has the last word.
 */
export function matchUnits(
  [target, ofTarget]: Side,
  [network, ofNetwork]: Side,
  share: number,
  isRight: (rule: RelabelingRule) => boolean,
): Matching {
  // What a fixed transform ties is no choice unit by unit.
  const isTransformed = target.some(
    ({permutations, segments}) =>
      permutations === 'affine' || segments.some(({per}) => per === 'walsh' || per === 'common'),
  );
  if (isTransformed) return {kind: 'transformed'};
  const [a, b] = [unitGraph(target, ofTarget), unitGraph(network, ofNetwork)].map((graph) => new ColoredGraph(graph));
  let failures = 0;
  const seek = (coloring: Coloring): Matching => {
    const refined = refine(a, b, coloring, share);
    if (!refined) return {kind: 'none'};
    const open = openColor(refined);
    if (open === null) {
      const rule = ruleOf(target, a, b, refined);
      return rule && isRight(rule) ? {kind: 'found', rule} : {kind: 'none'};
    }
    const own = nodesOf(refined.a, open);
    const others = nodesOf(refined.b, open);
    // Which of the nodes without weights become which does not matter.
    if (own.every((node) => a.isolated[node])) return seek(paired(refined, own, others));
    for (const other of others) {
      const found = seek(paired(refined, [own[0]], [other]));
      if (found.kind !== 'none') return found;
      if (++failures > MOST_FAILURES) return {kind: 'limit'};
    }
    return {kind: 'none'};
  };
  return seek(startOf(target, a));
}

const nodesOf = (colors: Int32Array, color: number) => [...colors.keys()].filter((node) => colors[node] === color);

/** A new color for each pair. */
function paired({a, b, colors}: Coloring, own: number[], others: number[]): Coloring {
  const next = {a: a.slice(), b: b.slice(), colors: colors + own.length};
  for (const [k, node] of own.entries()) {
    next.a[node] = colors + k;
    next.b[others[k]] = colors + k;
  }
  return next;
}

/** One color for each segment of a space, or for each unit whose place is fixed. */
function startOf(target: AllowedRelabelings[], {graph, numbering}: ColoredGraph): Coloring {
  const own = new Int32Array(numbering.size);
  let colors = 0;
  for (const group of graph.groups) {
    const {permutations, block} = target[group.space];
    const isFixed = permutations === 'fixed';
    const runs = isFixed ? group.units : group.units / block;
    for (let unit = 0; unit < group.units; unit++) {
      for (let side = 0; side < group.sides; side++) {
        own[nodeOf(numbering, group, unit, side)] = colors + (isFixed ? unit : Math.floor(unit / block));
      }
    }
    colors += runs;
  }
  return {a: own, b: own.slice(), colors};
}

/** The color with the fewest nodes, if there is one with several. */
function openColor({a, colors}: Coloring): number | null {
  const counts = new Int32Array(colors);
  for (const color of a) counts[color]++;
  let best: number | null = null;
  for (const [color, count] of counts.entries()) {
    if (count > 1 && (best === null || count < counts[best])) best = color;
  }
  return best;
}

/** The choices that take each unit of the network to that of its color. */
function ruleOf(
  target: AllowedRelabelings[],
  a: ColoredGraph,
  b: ColoredGraph,
  coloring: Coloring,
): RelabelingRule | null {
  const place = new Int32Array(coloring.colors);
  for (const [node, color] of coloring.b.entries()) place[color] = node;
  const orders = new Map<number, Int32Array>();
  const factors = new Map<string, Float64Array>();
  for (const [k, group] of a.graph.groups.entries()) {
    const other: NodeGroup = b.graph.groups[k];
    const start = b.numbering.first.get(other)!;
    const order = new Int32Array(group.units);
    const factor = new Float64Array(group.units);
    for (let unit = 0; unit < group.units; unit++) {
      const offset = place[coloring.a[nodeOf(a.numbering, group, unit, 0)]] - start;
      const from = Math.floor(offset / other.sides);
      order[unit] = from;
      factor[unit] = ((offset % other.sides === 1 ? -1 : 1) * other.scale[from]) / group.scale[unit];
    }
    const known = orders.get(group.space);
    if (known?.some((from, i) => from !== order[i])) return null;
    orders.set(group.space, order);
    factors.set(`${group.space} ${group.segment}`, factor);
  }
  const spaces = new Set(target.map(({index}) => index));
  if (orders.size !== spaces.size) return null;
  return {
    order: ({index}) => orders.get(index)!,
    factors: ({index}, segment) => factors.get(`${index} ${segment}`)!,
  };
}
