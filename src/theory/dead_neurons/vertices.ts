import {type Arrangement, coordinates} from '../../analysis/dead_neurons/arrangement';
import {alive, type Decision, dead, unknown} from '../../analysis/dead_neurons/decision';
import {
  type Domain,
  isUsed,
  type Neuron,
  neverRises,
  ROUNDING,
  slopeAlong,
  valueAt,
} from '../../analysis/dead_neurons/neuron';
import {combinations, countCombinations} from '../../math/combinations';
import {freeDirection, rowSpace, solve} from '../../math/linear_systems';

export interface VerticesOptions {
  tolerance: number;
  /** Stop at the first value above 0; the supremum of a neuron that is alive is then not worked out. */
  early?: boolean;
}

/** Linear systems to solve: vertices, and the directions of lines on the whole space. */
export function systemsOf({units, rank}: Arrangement, domain: Domain): number {
  const {rows, inputs} = units;
  if (domain !== 'all') return countCombinations(rows.length + 2 * inputs, inputs);
  return rank === 0 ? 1 : countCombinations(rows.length, rank) + countCombinations(rows.length, rank - 1);
}

/**
 * Decides by the vertices of the arrangement, where as many hyperplanes meet as there are dimensions, and the directions
 * of its lines. Between them the neuron is linear, so its largest value is at a vertex, or it grows along a direction.
 * On a box the faces are hyperplanes, too, and there are no directions. In doubles, for many random neurons.
 */
export function decideByVertices(neuron: Neuron, arrangement: Arrangement, domain: Domain, options: VerticesOptions) {
  if (domain !== 'all') return onBox(neuron, domain, options);
  const {units, rank} = arrangement;
  if (rank === units.inputs) return onSpace(neuron, options);
  const basis = rowSpace(units.rows, units.inputs);
  const projected = {...neuron, units: {...units, inputs: rank, rows: coordinates(units.rows, basis)}};
  const decision = onSpace(projected, options);
  const lift = (y: Float64Array) =>
    Float64Array.from({length: units.inputs}, (_, j) => basis.reduce((x, unit, i) => x + y[i] * unit[j], 0));
  if (decision.witness) return {...decision, witness: lift(decision.witness)};
  // Units that happen to depend on each other become independent when their weights move.
  const stable = rank === units.rows.length || neverRises(neuron);
  return decision.verdict === 'dead' && !stable ? unknown('marginal', decision.supremum) : decision;
}

/** Follows the highest value seen, and whether it is certain. */
class Highest {
  value = -Infinity;
  marginal = false;
  witness: Float64Array | null = null;

  constructor(
    private readonly neuron: Neuron,
    private readonly tolerance: number,
  ) {}

  /** Returns whether the value there is above 0. */
  visit(x: Float64Array, zeros: readonly number[]): boolean {
    const {value, size} = valueAt(this.neuron, x, zeros);
    const isAbove = value > this.tolerance * size;
    if (isAbove && value > this.value) this.witness = x;
    else if (!isAbove && value >= -this.tolerance * size) this.marginal = true;
    this.value = Math.max(this.value, value);
    return isAbove;
  }

  decision(): Decision {
    if (this.witness) return alive(this.value, this.witness);
    return this.marginal ? unknown('marginal', this.value) : dead(this.value);
  }
}

function onSpace(neuron: Neuron, {tolerance, early}: VerticesOptions): Decision {
  const {rows, offsets, inputs} = neuron.units;
  const highest = new Highest(neuron, tolerance);
  if (inputs === 0) {
    highest.visit(new Float64Array(), []);
    return highest.decision();
  }
  const allUsed = rows.every((_, i) => isUsed(neuron, i));
  for (const on of combinations(rows.length, inputs - 1)) {
    const line = freeDirection(pick(rows, on), inputs);
    if (!line) continue;
    for (const direction of [line, line.map((number) => -number)]) {
      const {value, size} = slopeAlong(neuron, direction, on);
      if (value > tolerance * size) return alive(Infinity, farAlong(neuron, direction));
      // Flat for certain only where all units are, however they are turned: those on the line stay on it, others may not.
      const isFlat = size === 0 && allUsed && parallel(neuron, direction) <= on.length;
      if (value >= -tolerance * size && !isFlat) highest.marginal = true;
    }
  }
  for (const on of combinations(rows.length, inputs)) {
    const x = solve(
      pick(rows, on),
      on.map((i) => -offsets[i]),
    );
    if (x && highest.visit(x, on) && early) return alive(null, x);
  }
  return highest.decision();
}

function onBox(neuron: Neuron, {low, high}: Exclude<Domain, 'all'>, {tolerance, early}: VerticesOptions): Decision {
  const {rows, offsets, inputs} = neuron.units;
  const axes = Array.from({length: inputs}, (_, j) => Float64Array.from({length: inputs}, (_, i) => Number(i === j)));
  const planes = [...rows, ...axes, ...axes];
  const places = [...offsets.map((offset) => -offset), ...low, ...high];
  const slack = low.map((from, j) => 1e-9 * (high[j] - from));
  const highest = new Highest(neuron, tolerance);
  for (const on of combinations(planes.length, inputs)) {
    const x = solve(
      pick(planes, on),
      on.map((i) => places[i]),
    );
    if (!x?.every((number, j) => number >= low[j] - slack[j] && number <= high[j] + slack[j])) continue;
    const inside = x.map((number, j) => Math.min(Math.max(number, low[j]), high[j]));
    if (highest.visit(inside, on) && early) return alive(null, inside);
  }
  return highest.decision();
}

/** Units whose hyperplane holds a direction, and that the neuron uses. */
function parallel(neuron: Neuron, direction: Float64Array): number {
  return neuron.units.rows.filter((row, i) => {
    let along = 0;
    let terms = 0;
    for (let j = 0; j < row.length; j++) {
      along += row[j] * direction[j];
      terms += Math.abs(row[j] * direction[j]);
    }
    return Math.abs(along) <= 1e3 * ROUNDING * terms && isUsed(neuron, i);
  }).length;
}

/** A point in a direction, so far out that the value is above 0; null if rounding hides it. */
function farAlong(neuron: Neuron, direction: Float64Array): Float64Array | null {
  for (let distance = 1; distance < 2 ** 60; distance *= 2) {
    const x = direction.map((number) => number * distance);
    if (valueAt(neuron, x).value > 0) return x;
  }
  return null;
}

const pick = <T>(all: readonly T[], chosen: readonly number[]): T[] => chosen.map((i) => all[i]);
