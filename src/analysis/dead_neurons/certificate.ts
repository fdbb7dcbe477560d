import {countCombinations} from '../../math/combinations';
import {doubleOf} from '../../math/dyadic';
import {independentColumns} from '../../math/null_vector';
import {type ExactNeuron, type ExactSupremum, exactNeuron, exactSignAt} from './exact_neuron';
import {ExactProgram} from './exact_program';
import {supremumByVertices} from './exact_vertices';
import {type Domain, type HiddenUnits, isUsed, type Neuron, neverRises} from './neuron';

export interface Certificate {
  /** Infinity if there is none. */
  readonly supremum: number;
  readonly sign: number;
  readonly stable: boolean;
  /** An input in doubles with a value above 0, if there is one. */
  readonly witness: Float64Array | null;
}

/** About the multiplications of doubles that take as long as to find the supremum of a neuron. */
export const costOf = {
  programs(neuron: Neuron, domain: Domain): number {
    const {rows, inputs} = neuron.units;
    const pivots = Math.min(inputs, rows.length);
    const steps = domain === 'all' ? inputs + rows.length : 2 * pivots;
    const one = (inputs + 2) * (rows.length + 1) * (inputs + steps * perNumber(pivots));
    return programsOf(neuron) * (domain === 'all' && !neverRises(neuron) ? 2 * one : one);
  },
  vertices({units}: Neuron, domain: Domain): number {
    const {rows, inputs} = units;
    const rank = Math.min(rows.length, inputs);
    return ((systemsOf(units, domain) + 1) * (rank ** 3 + rows.length * rank) + rank * rank * inputs) * perNumber(rank);
  },
};

/** Linear systems to solve: vertices, and the directions of lines on the whole space. */
export function systemsOf({rows, inputs}: HiddenUnits, domain: Domain): number {
  if (domain !== 'all') return countCombinations(rows.length + 2 * inputs, inputs);
  const rank = Math.min(rows.length, inputs);
  return countCombinations(rows.length, rank) + countCombinations(rows.length, rank - 1);
}

/** The supremum of a neuron without any rounding; null if the method does not apply. */
export function certify(neuron: Neuron, domain: Domain, method: keyof typeof costOf): Certificate | null {
  if (neuron.units.rows.length === 0 || neuron.units.inputs === 0) return null;
  const exact = exactNeuron(neuron, domain);
  // Inputs that add nothing to what the units see stay 0; units that happen to depend on each other do not when weights move.
  const used = exact.box ? [...neuron.units.rows[0].keys()] : independentColumns(exact.rows, neuron.units.inputs);
  const isStable = used.length === neuron.units.inputs || used.length === exact.rows.length || neverRises(neuron);
  const seen = {...exact, rows: exact.rows.map((row) => used.map((j) => row[j]))};
  const found = method === 'programs' ? supremumByPrograms(seen, neuron) : supremumByVertices(seen);
  if (!found) return null;
  const {unbounded, numerator, denominator, stable} = found;
  const sign = unbounded || numerator > 0n ? 1 : numerator < 0n ? -1 : 0;
  return {
    supremum: unbounded ? Infinity : doubleOf(numerator, denominator, exact.valueExponent),
    sign,
    stable: stable && isStable,
    witness: sign > 0 ? witnessOf(neuron, exact, spread(found, used, neuron.units.inputs), domain) : null,
  };
}

function spread(found: ExactSupremum, used: readonly number[], inputs: number): ExactSupremum {
  const wide = (numbers: readonly bigint[]) => {
    const all = new Array<bigint>(inputs).fill(0n);
    for (const [k, j] of used.entries()) all[j] = numbers[k];
    return all;
  };
  return {...found, points: found.points.map(wide), direction: found.direction && wide(found.direction)};
}

/** The linear programs that a neuron takes: each unit that bends it upwards is tried on and off. */
export const programsOf = ({above, below}: Neuron): number =>
  2 ** above.reduce((count, slope, i) => count + Number(slope > below[i]), 0);

/** About the multiplications of doubles that whole numbers of so many pivots take as long as. */
const perNumber = (pivots: number) => 20 * (1 + pivots) ** 1.6;

function supremumByPrograms(exact: ExactNeuron, neuron: Neuron): ExactSupremum {
  let best: ExactSupremum | null = null;
  for (const on of subsets(exact)) {
    const {point, ...optimum} = new ExactProgram(exact, on).solve();
    const isHigher = !best || optimum.numerator * best.denominator > best.numerator * optimum.denominator;
    if (optimum.unbounded || isHigher) best = {...optimum, points: [point], stable: true};
    if (optimum.unbounded) return best!;
  }
  // A ray along which the value only just does not grow: it does when every unit weighs a little more upwards.
  const stable =
    exact.box !== null ||
    neverRises(neuron) ||
    (exact.above.every((_, i) => isUsed(neuron, i)) &&
      [...subsets(exact)].every((on) => !new ExactProgram(raised(exact), on).solve().unbounded));
  return {...best!, stable};
}

function raised(neuron: ExactNeuron): ExactNeuron {
  const more = (slope: bigint) => (slope < 0n ? -slope : slope);
  return {
    ...neuron,
    above: neuron.above.map((slope) => (slope << 40n) + more(slope)),
    below: neuron.below.map((slope) => (slope << 40n) - more(slope)),
    constant: neuron.constant << 40n,
  };
}

interface Slopes<T> {
  readonly above: ArrayLike<T>;
  readonly below: ArrayLike<T>;
}

/** All ways to switch the units that bend the neuron upwards. */
export function* subsets<T extends number | bigint>({above, below}: Slopes<T>): Iterable<Set<number>> {
  const upwards = Array.from(above, (_, i) => i).filter((i) => above[i] > below[i]);
  for (let bits = 0; bits < 2 ** upwards.length; bits++) {
    yield new Set(upwards.filter((_, k) => (bits >>> k) & 1));
  }
}

/** The point of the supremum in doubles, or one farther and farther along its direction. */
function witnessOf(
  neuron: Neuron,
  {inputExponent}: ExactNeuron,
  found: ExactSupremum,
  domain: Domain,
): Float64Array | null {
  const {points, direction, denominator} = found;
  const start = Float64Array.from(neuron.units.rows[0], (_, j) =>
    points.length > 0 ? doubleOf(points[0][j], denominator, inputExponent) : 0,
  );
  let longest = 0n;
  for (const x of direction ?? []) for (const size of [x, -x]) if (size > longest) longest = size;
  const ahead = start.map((_, j) => (longest > 0n ? doubleOf(direction![j], longest, 0) : 0));
  const distances = longest > 0n ? [0, ...Array.from({length: 40}, (_, k) => 4 ** (k - 5))] : [0];
  for (const distance of distances) {
    const x = start.map((from, j) => from + distance * ahead[j]);
    if (domain !== 'all')
      for (let j = 0; j < x.length; j++) x[j] = Math.min(domain.high[j], Math.max(domain.low[j], x[j]));
    if (x.every(Number.isFinite) && exactSignAt(neuron, x) > 0) return x;
  }
  return null;
}
