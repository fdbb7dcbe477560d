import type {Highs} from 'highs';
import {alive, type Decision, dead, unknown} from './decision';
import {type Domain, isUsed, type Neuron, valueAt} from './neuron';

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

/** What HiGHS takes for 0. */
const SOLVER_TOLERANCE = 1e-6;

/** The linear programs that a neuron takes: each unit that bends it upwards is tried on and off. */
export const programsOf = ({above, below}: Neuron): number =>
  2 ** above.reduce((count, slope, i) => count + Number(slope > below[i]), 0);

/**
 * Decides by linear programs, for any number of inputs. With weights w = above - below on ReLUs, f is the largest of the
 * functions in which the units of w > 0 are each on, w z, or off, 0; and such a function is concave: its largest value
 * is that of a linear program in x and t, with t >= z and t >= 0 for the ReLUs of w < 0.
 */
export function decideByPrograms(highs: Highs, given: Neuron, domain: Domain, tolerance: number): Decision {
  const neuron = scaled(given);
  const within = Math.max(tolerance, SOLVER_TOLERANCE);
  let supremum = -Infinity;
  let marginal = false;
  for (const on of subsets(neuron)) {
    const {value, x} = solveProgram(highs, neuron, on, domain);
    supremum = Math.max(supremum, value);
    if (value === Infinity) return alive(Infinity, farWitness(highs, neuron, on));
    const {size} = valueAt(neuron, x);
    if (value > within * size) return alive(null, x);
    if (value >= -within * size) marginal = true;
  }
  if (marginal) return unknown('marginal', supremum);
  // A ray along which the value only just does not grow: it does when every unit weighs a little more upwards.
  const isStable = () =>
    neuron.above.every((_, i) => isUsed(neuron, i)) &&
    [...subsets(neuron)].every((on) => solveProgram(highs, raised(neuron), on, domain).value < Infinity);
  return domain !== 'all' || isStable() ? dead(supremum) : unknown('marginal', supremum);
}

/** Units of largest number 1, which gives the solver's tolerances a meaning. */
function scaled(neuron: Neuron): Neuron {
  const {rows, offsets} = neuron.units;
  const sizes = rows.map((row, i) => row.reduce((most, a) => Math.max(most, Math.abs(a)), Math.abs(offsets[i])) || 1);
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

const raised = (neuron: Neuron): Neuron => ({
  ...neuron,
  above: neuron.above.map((slope) => slope + 1e-5 * Math.abs(slope)),
  below: neuron.below.map((slope) => slope - 1e-5 * Math.abs(slope)),
});

/** All ways to switch the units that bend the neuron upwards. */
function* subsets({above, below}: Neuron): Iterable<Set<number>> {
  const upwards = [...above.keys()].filter((i) => above[i] > below[i]);
  for (let bits = 0; bits < 2 ** upwards.length; bits++) {
    yield new Set(upwards.filter((_, k) => (bits >>> k) & 1));
  }
}

function solveProgram(highs: Highs, {units, above, below, constant}: Neuron, on: Set<number>, domain: Domain) {
  const {rows, offsets, inputs} = units;
  const downwards = [...above.keys()].filter((i) => above[i] < below[i]);
  const gain = new Float64Array(inputs);
  let fixed = constant;
  for (const [i, row] of rows.entries()) {
    const slope = below[i] + (on.has(i) ? above[i] - below[i] : 0);
    fixed += slope * offsets[i];
    for (let j = 0; j < inputs; j++) gain[j] += slope * row[j];
  }
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
    ...[...gain.keys()].map((j) =>
      domain === 'all' ? ` x${j} free` : ` ${domain.low[j]} <= x${j} <= ${domain.high[j]}`,
    ),
    'End',
  ];
  const solution = highs.solve(program.join('\n'));
  if (solution.Status === 'Unbounded' || solution.Status === 'Primal infeasible or unbounded') {
    return {value: Infinity, x: gain};
  }
  if (solution.Status !== 'Optimal') throw new Error(`HiGHS stopped with the status '${solution.Status}'.`);
  const x = gain.map((_, j) => (solution.Columns[`x${j}`] as {Primal: number}).Primal);
  return {value: fixed + solution.ObjectiveValue, x};
}

const term = (number: number, name: string): string => `${number < 0 ? '-' : '+'} ${Math.abs(number)} ${name}`;

/** A point with a value above 0, for a program without a bound: its best point in larger and larger boxes. */
function farWitness(highs: Highs, neuron: Neuron, on: Set<number>): Float64Array | null {
  const {inputs} = neuron.units;
  for (let size = 10; size <= 1e9; size *= 100) {
    const box = {low: new Float64Array(inputs).fill(-size), high: new Float64Array(inputs).fill(size)};
    const {x} = solveProgram(highs, neuron, on, box);
    if (valueAt(neuron, x).value > 0) return x;
  }
  return null;
}
