/** The rows of a picture of a network: its inputs, its functions, its outputs; and what links them. */

import type {PiecewiseFunction} from '../../analysis/piecewise_linear/piecewise_function';
import type {Node, PiecewiseLinear} from '../../analysis/piecewise_linear/read_model';
import {alongLinks, sizeOfValue} from './flow';
import type {Importance} from './importance';

/** Units that are drawn as one row. Positions of an image are one unit: a channel. */
export interface UnitRow {
  readonly kind: 'inputs' | 'functions' | 'outputs';
  /** Name of the layer; '' for inputs and outputs. */
  readonly layer: string;
  /** The value of the network that the units give. */
  readonly value: number;
  /** How many units there are: channels. */
  readonly units: number;
  /** By unit, for a row of functions. */
  readonly functions: readonly PiecewiseFunction[];
  /** By unit, 1 for the greatest of the row. */
  readonly importance: Float64Array;
  /** By unit: which of its positions matters most. */
  readonly positions: Int32Array;
}

/** The rows, from the inputs on. */
export function rowsOf(network: PiecewiseLinear, importance: Importance): UnitRow[] {
  const [shape] = network.inputShapes;
  const inputs = network.inputShapes.length === 1 ? shape[shape.length - 1] : network.inputs;
  return [
    rowAt('inputs', '', network, 0, inputs, importance),
    ...network.nodes
      .filter((node) => isShown(network, node))
      .map((node) => {
        const positions = (node.shape ?? []).slice(0, -1).reduce((product, size) => product * size, 1);
        const count = sizeOfValue(network, node.writes);
        return rowAt('functions', node.layer, network, node.writes, Math.max(1, count / positions), importance);
      }),
    rowAt('outputs', '', network, network.output, sizeOfValue(network, network.output), importance),
  ];
}

/** The second of two functions of one layer, one into the other, stands for both. */
export function isShown({nodes}: PiecewiseLinear, {step, layer, writes}: Node): boolean {
  const next = nodes[writes];
  const isFirstOfTwo = next?.step.kind === 'elementwise' && next.layer === layer && next.reads.includes(writes);
  return step.kind === 'elementwise' && !isFirstOfTwo;
}

function rowAt(
  kind: UnitRow['kind'],
  layer: string,
  network: PiecewiseLinear,
  value: number,
  units: number,
  importance: Importance,
): UnitRow {
  const all = importance.of[value];
  const squares = new Float64Array(units);
  const positions = new Int32Array(units);
  for (const [i, own] of all.entries()) {
    const unit = i % units;
    squares[unit] += own ** 2;
    if (own > all[positions[unit] * units + unit]) positions[unit] = Math.floor(i / units);
  }
  const most = squares.reduce((a, b) => Math.max(a, b), 0);
  const step = network.nodes[value - 1]?.step;
  const functions =
    kind === 'functions' && step.kind === 'elementwise'
      ? Array.from({length: units}, (_, unit) => step.functions[positions[unit] * units + unit])
      : [];
  const shares = squares.map((square) => (most > 0 ? Math.sqrt(square / most) : 0));
  return {kind, layer, value, units, functions, importance: shares, positions};
}

/** How strongly the units of a row drive those of a later one, before their functions: [from][to], the deviation that arrives. */
export interface Links {
  readonly from: number;
  readonly to: number;
  readonly strength: readonly Float64Array[];
}

/** Links between shown units; `shown` are the units of each row. Rows that nothing links have none. */
export function linksOf(
  network: PiecewiseLinear,
  rows: readonly UnitRow[],
  shown: readonly (readonly number[])[],
  {deviation}: Importance,
): Links[] {
  const passes = (node: Node) => !isShown(network, node);
  return rows.slice(0, -1).flatMap((row, from) => {
    const size = sizeOfValue(network, row.value);
    const start = new Float64Array(shown[from].length * size);
    for (const [k, unit] of shown[from].entries()) {
      const place = row.positions[unit] * row.units + unit;
      start[k * size + place] = deviation[row.value][place];
    }
    const values = alongLinks(network, row.value, start, shown[from].length, passes);
    return rows.slice(from + 1).flatMap((target, i) => {
      const to = from + 1 + i;
      const read = arriving(network, target, values, shown[from].length, passes);
      const width = read.length / shown[from].length;
      const strength = shown[from].map((_, k) =>
        Float64Array.from(shown[to], (unit) => {
          let most = 0;
          for (let place = unit; place < width; place += target.units)
            most = Math.max(most, Math.abs(read[k * width + place]));
          return most;
        }),
      );
      return strength.some((all) => all.some((one) => one > 0)) ? [{from, to, strength}] : [];
    });
  });
}

/** What reaches the functions of a row; the outputs are what reaches them. */
function arriving(
  network: PiecewiseLinear,
  {kind, value}: UnitRow,
  values: ReturnType<typeof alongLinks>,
  rows: number,
  passes: (node: Node) => boolean,
): Float64Array {
  const nothing = () => new Float64Array(rows * sizeOfValue(network, value));
  const node = network.nodes[value - 1];
  if (kind === 'outputs' || !node) return values.get(value) ?? nothing();
  let read = node.reads[0];
  // A fold before the function of the same layer only repeats what arrives.
  for (let before = network.nodes[read - 1]; before?.step.kind === 'elementwise' && passes(before); ) {
    read = before.reads[0];
    before = network.nodes[read - 1];
  }
  return values.get(read) ?? nothing();
}
