import type {Highs} from 'highs';
import {subsets} from './certificate';
import {alive, type Decision, dead, unknown} from './decision';
import {exactSignAt} from './exact_neuron';
import {type Box, type Neuron, sizeOf, valueAt} from './neuron';
import {EPSILON} from './rounding';

let loading: Promise<Highs> | null = null;

/** The linear programming solver HiGHS, an optional package; null if it is not installed. */
export async function loadHighs(): Promise<Highs | null> {
  loading ??= packageNamed('highs').then(({default: load}) => load());
  try {
    return await loading;
  } catch {
    loading = null;
    return null;
  }
}

/** By a name that bundlers do not look into: they would want the package even where nobody asks for programs. */
const packageNamed = (name: string): Promise<typeof import('highs')> =>
  import(/* @vite-ignore */ /* webpackIgnore: true */ name);

/**
 * Bounds a neuron on a box by linear programs, for any number of inputs. With weights w = above - below on ReLUs, f is the
 * largest of the functions in which the units of w > 0 are each on, w z, or off, 0; and such a function is concave: its largest
 * value is that of a linear program in x and t, with t >= z and t >= 0 for the ReLUs of w < 0. The solver is not believed: its
 * multipliers give a bound, its x a value, each with its rounding.
 */
export function decideByPrograms(highs: Highs, given: Neuron, box: Box, tolerance: number): Decision {
  const neuron = scaled(given);
  let [most, least] = [-Infinity, -Infinity];
  for (const on of subsets(neuron)) {
    const solution = solveProgram(highs, neuron, on, box);
    if (!solution) return unknown('budget');
    const {value} = valueAt(neuron, solution.x);
    if (exactSignAt(neuron, solution.x) > 0) return alive(null, solution.x);
    [most, least] = [Math.max(most, solution.bound), Math.max(least, value)];
  }
  const size = sizeOf(neuron);
  const supremum = most - least <= 1e-9 * Math.abs(most) ? most : null;
  return most < -tolerance * size ? dead(supremum, most) : unknown('marginal', supremum, most);
}

/** Units of largest number about 1, which gives the solver's tolerances a meaning; by powers of 2, which round nothing. */
function scaled(neuron: Neuron): Neuron {
  const {rows, offsets} = neuron.units;
  const largest = rows.map((row, i) => row.reduce((most, a) => Math.max(most, Math.abs(a)), Math.abs(offsets[i])) || 1);
  const sizes = largest.map((size) => 2 ** Math.round(Math.log2(size)));
  return {
    ...neuron,
    units: {
      ...neuron.units,
      rows: rows.map((row, i) => row.map((a) => a / sizes[i])),
      offsets: offsets.map((offset, i) => offset / sizes[i]),
    },
    above: neuron.above.map((slope, i) => slope * sizes[i]),
    below: neuron.below.map((slope, i) => slope * sizes[i]),
  };
}

function solveProgram(highs: Highs, {units, above, below, constant}: Neuron, on: ReadonlySet<number>, box: Box) {
  const {rows, offsets, inputs} = units;
  const downwards = [...above.keys()].filter((i) => above[i] < below[i]);
  const slopes = above.map((slope, i) => (on.has(i) ? slope : below[i]));
  const gain = combined(slopes, rows, inputs);
  const objective = [...gain].map((number, j) => term(number, `x${j}`));
  for (const i of downwards) objective.push(term(above[i] - below[i], `t${i}`));
  const program = [
    'Maximize',
    ` obj: ${objective.join(' ')}`,
    'Subject To',
    ...downwards.map((i) => {
      const z = [...rows[i]].map((number, j) => term(-number, `x${j}`)).join(' ');
      return ` r${i}: t${i} ${z} >= ${offsets[i]}`;
    }),
    'Bounds',
    ...[...gain.keys()].map((j) => ` ${box.low[j]} <= x${j} <= ${box.high[j]}`),
    'End',
  ];
  const solution = highs.solve(program.join('\n'));
  if (solution.Status !== 'Optimal') return null;
  const primal = (_: number, j: number) => (solution.Columns[`x${j}`] as {Primal: number}).Primal;
  const x = gain.map(primal).map((number, j) => Math.min(box.high[j], Math.max(box.low[j], number)));

  // Any multipliers from 0 to the weight bound a unit from above; rounded sums of them are off by less than EPSILON a term.
  const rowsFound = solution.Rows as {Name: string; Dual: number}[]; // no whole numbers were asked for
  const duals = new Map(rowsFound.map(({Name, Dual}) => [Name, Math.abs(Dual)]));
  const bounding = slopes.slice();
  for (const i of downwards) bounding[i] -= Math.min(below[i] - above[i], duals.get(`r${i}`)!);
  const line = combined(bounding, rows, inputs);
  let [bound, size] = [constant, Math.abs(constant)];
  for (let i = 0; i < rows.length; i++) {
    bound += bounding[i] * offsets[i];
    const reach = rows[i].reduce(
      (sum, a, j) => sum + Math.abs(a) * Math.max(Math.abs(box.low[j]), Math.abs(box.high[j])),
      0,
    );
    size += (Math.abs(slopes[i]) + Math.abs(below[i])) * (Math.abs(offsets[i]) + reach);
  }
  for (let j = 0; j < inputs; j++) bound += Math.max(line[j] * box.low[j], line[j] * box.high[j]);
  return {x, bound: bound + 4 * EPSILON * (rows.length + inputs + 8) * size};
}

function combined(factors: Float64Array, rows: readonly Float64Array[], inputs: number): Float64Array {
  const sum = new Float64Array(inputs);
  for (const [i, row] of rows.entries()) for (let j = 0; j < inputs; j++) sum[j] += factors[i] * row[j];
  return sum;
}

const term = (number: number, name: string): string => `${number < 0 ? '-' : '+'} ${Math.abs(number)} ${name}`;
