/**
 * Colors of the units of two networks: units of different colors cannot be each other's counterparts.
 *
 * Colors are refined by the weights between colors until nothing changes, as graphs are told apart (Weisfeiler and Leman 1968;
 * McKay and Piperno, "Practical graph isomorphism II", 2014). Weights are compared up to a share, which never separates units
 * that correspond to each other.
 */

import {groupAlike, type Signature} from '../../math/alike';
import type {MapLabels, NodeGroup, OperationLabels, UnitGraph} from './unit_graph';

/** One side of a unit in one segment: a number. */
export interface Numbering {
  first: Map<NodeGroup, number>;
  size: number;
}

export function numbered({groups}: UnitGraph): Numbering {
  const first = new Map<NodeGroup, number>();
  let size = 0;
  for (const group of groups) {
    first.set(group, size);
    size += group.units * group.sides;
  }
  return {first, size};
}

/** Side by side: nodes of a unit stand next to each other. */
export const nodeOf = ({first}: Numbering, group: NodeGroup, unit: number, side: number) =>
  first.get(group)! + unit * group.sides + side;

/** Weights of a map between nodes. */
interface Edges {
  inputs: number[];
  outputs: number[];
  /** [position][input node of `inputs`][unit], of outputs that are not turned. */
  weights: Float64Array[][];
  bias: Float64Array | null;
  biasSize: Float64Array | null;
  sides: number;
}

function edgesOf({map, outputs, entries, positions, weights, bias, biasSize}: MapLabels, numbering: Numbering): Edges {
  const {units} = map;
  const inputs: number[] = [];
  const columns: Float64Array[][] = Array.from({length: positions}, () => []);
  for (const {group, at, size, turned} of entries) {
    for (let i = 0; i < group.units; i++) {
      for (let side = 0; side < group.sides; side++) {
        inputs.push(nodeOf(numbering, group, i, side));
        const factor = (side === 1 ? turned[i] : 1) / (size[i] * group.scale[i]);
        for (let position = 0; position < positions; position++) {
          const start = ((at + i) * positions + position) * units;
          const row = weights.subarray(start, start + units);
          columns[position].push(row.map((weight, unit) => weight * factor * outputs.scale[unit]));
        }
      }
    }
  }
  return {
    inputs,
    outputs: Array.from({length: units}, (_, unit) => nodeOf(numbering, outputs, unit, 0)),
    weights: columns,
    bias: bias?.map((value, unit) => value * outputs.scale[unit]) ?? null,
    biasSize: biasSize?.map((value, unit) => value * outputs.scale[unit]) ?? null,
    sides: outputs.sides,
  };
}

/** A graph that is ready for coloring. */
export class ColoredGraph {
  readonly numbering: Numbering;
  private readonly edges: Edges[];
  private readonly operations: {labels: OperationLabels; values: number[][][][]}[];

  /** 1 for nodes without weights to others. */
  readonly isolated: Uint8Array;

  constructor(readonly graph: UnitGraph) {
    this.numbering = numbered(graph);
    this.edges = graph.maps.map((labels) => edgesOf(labels, this.numbering));
    this.isolated = new Uint8Array(this.numbering.size).fill(1);
    for (const {inputs, outputs, weights, bias, sides} of this.edges) {
      for (const [unit, node] of outputs.entries()) {
        const isZero = !bias?.[unit] && weights.every((rows) => rows.every((row) => row[unit] === 0));
        if (!isZero) this.isolated.fill(0, node, node + sides);
      }
      for (const [i, node] of inputs.entries()) {
        if (!weights.every((rows) => rows[i].every((weight) => weight === 0))) this.isolated[node] = 0;
      }
    }
    this.operations = graph.operations.map((labels) => ({
      labels,
      values: Array.from({length: labels.from.sides}, (_, from) =>
        Array.from({length: labels.to.sides}, (__, to) => labels.labels(from, to)),
      ),
    }));
  }

  /** What tells each node from others, if nodes of one color are alike. */
  signatures(colors: Int32Array): Signature[] {
    const {size, first} = this.numbering;
    const keys: string[][] = Array.from(colors, (color) => [String(color)]);
    const values: number[][] = Array.from({length: size}, () => []);
    const sizes: number[][] = Array.from({length: size}, () => []);
    const add = (node: number, value: number, own = Math.abs(value)) => {
      values[node].push(value);
      sizes[node].push(own);
    };
    for (const [group, start] of first) {
      if (group.sides === 1) continue;
      for (let node = start; node < start + 2 * group.units; node += 2) {
        keys[node].push(`turned ${colors[node + 1]}`);
        keys[node + 1].push(`turned ${colors[node]}`);
      }
    }
    for (const edges of this.edges) this.addEdges(edges, colors, add);
    for (const {labels, values: own} of this.operations) this.addOperation(labels, own, colors, keys, add);
    return keys.map((key, node) => ({
      key: key.join(),
      values: Float64Array.from(values[node]),
      sizes: Float64Array.from(sizes[node]),
    }));
  }

  /** Sorted by colors, and by size among those of one color. */
  private addEdges(edges: Edges, colors: Int32Array, add: (node: number, value: number, size?: number) => void): void {
    const {inputs, outputs, weights, bias, biasSize, sides} = edges;
    const inOrder = inputs.map((_, i) => i).sort((a, b) => colors[inputs[a]] - colors[inputs[b]]);
    const inRuns = runsOf(inOrder, (i) => colors[inputs[i]]);
    /** Unit and side of each output node. */
    const ends = outputs.flatMap((node, unit) => Array.from({length: sides}, (_, side) => [node + side, unit, side]));
    const outOrder = ends.map((_, k) => k).sort((a, b) => colors[ends[a][0]] - colors[ends[b][0]]);
    const outRuns = runsOf(outOrder, (k) => colors[ends[k][0]]);
    for (const [node, unit, side] of ends) {
      const sign = side === 1 ? -1 : 1;
      if (bias) add(node, sign * bias[unit], biasSize![unit]);
      for (const rows of weights) {
        for (const run of inRuns) {
          const own = Float64Array.from(run, (i) => sign * rows[i][unit]).sort();
          for (const value of own) add(node, value);
        }
      }
    }
    for (const [i, node] of inputs.entries()) {
      for (const rows of weights) {
        for (const run of outRuns) {
          const own = Float64Array.from(run, (k) => (ends[k][2] === 1 ? -1 : 1) * rows[i][ends[k][1]]).sort();
          for (const value of own) add(node, value);
        }
      }
    }
  }

  private addOperation(
    {from, to}: OperationLabels,
    own: number[][][][],
    colors: Int32Array,
    keys: string[][],
    add: (node: number, value: number, size?: number) => void,
  ): void {
    for (let unit = 0; unit < from.units; unit++) {
      const pairs = Array.from({length: from.sides * to.sides}, (_, k) => [Math.floor(k / to.sides), k % to.sides]);
      for (const side of Array.from({length: from.sides}, (_, k) => k)) {
        const node = nodeOf(this.numbering, from, unit, side);
        const others = pairs.filter(([before, after]) => before === side && (from !== to || after === side));
        others.sort((a, b) => this.colorAt(to, unit, a[1], colors) - this.colorAt(to, unit, b[1], colors));
        for (const run of runsOf(others, ([, after]) => this.colorAt(to, unit, after, colors))) {
          keys[node].push(`to ${run.length} of ${this.colorAt(to, unit, run[0][1], colors)}`);
          const rows = run.map(([before, after]) => own[before][after][unit]);
          for (const k of rows[0].keys()) {
            const values = Float64Array.from(rows, (row) => row[k]).sort();
            // A constant that a turned sigmoid adds has size 1.
            for (const value of values) add(node, value, Math.max(rows[0].length > 2 ? 1 : 0, Math.abs(value)));
          }
        }
      }
      if (from === to) continue;
      for (const side of Array.from({length: to.sides}, (_, k) => k)) {
        const node = nodeOf(this.numbering, to, unit, side);
        const others = pairs.filter(([, after]) => after === side);
        const before = others.map(([other]) => this.colorAt(from, unit, other, colors)).sort((a, b) => a - b);
        keys[node].push(`from ${before}`);
      }
    }
  }

  private colorAt(group: NodeGroup, unit: number, side: number, colors: Int32Array): number {
    return colors[nodeOf(this.numbering, group, unit, side)];
  }
}

function runsOf<T>(items: T[], colorOf: (item: T) => number): T[][] {
  const runs: T[][] = [];
  for (const [k, item] of items.entries()) {
    if (k > 0 && colorOf(items[k - 1]) === colorOf(item)) runs[runs.length - 1].push(item);
    else runs.push([item]);
  }
  return runs;
}

/** The colors of both networks. */
export interface Coloring {
  a: Int32Array;
  b: Int32Array;
  /** How many there are. */
  colors: number;
}

/** Splits colors as far as weights tell nodes apart; null if then one network has more nodes of some color than the other. */
export function refine(a: ColoredGraph, b: ColoredGraph, start: Coloring, share: number): Coloring | null {
  let coloring = start;
  for (;;) {
    const signatures = [...a.signatures(coloring.a), ...b.signatures(coloring.b)];
    const old = [...coloring.a, ...coloring.b];
    const members: number[][] = Array.from({length: coloring.colors}, () => []);
    for (const [node, color] of old.entries()) members[color].push(node);
    const next = new Int32Array(old.length);
    let colors = 0;
    for (const nodes of members) {
      const groupOf = groupAlike(
        nodes.map((node) => signatures[node]),
        share,
      );
      const balance: number[] = [];
      for (const [k, node] of nodes.entries()) {
        next[node] = colors + groupOf[k];
        balance[groupOf[k]] = (balance[groupOf[k]] ?? 0) + (node < coloring.a.length ? 1 : -1);
      }
      if (balance.some((difference) => difference !== 0)) return null;
      colors += balance.length;
    }
    const isSame = colors === coloring.colors;
    coloring = {a: next.slice(0, coloring.a.length), b: next.slice(coloring.a.length), colors};
    if (isSame) return coloring;
  }
}
