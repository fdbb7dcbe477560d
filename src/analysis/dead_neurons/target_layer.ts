import {fail} from '../../errors';
import {selection} from '../piecewise_linear/affine';
import {isChain, type Node, type PiecewiseLinear} from '../piecewise_linear/read_model';
import {type Affine, type Elementwise, type Max, outputsOf, type Step} from '../piecewise_linear/steps';
import type {HiddenUnits, Neuron} from './neuron';

/** Which side of its kink a neuron is never on, if it is dead. */
export type Side = 'below' | 'above';

/** The layer whose neurons are asked about, and the steps before it. */
export interface TargetLayer {
  readonly name: string;
  readonly before: readonly Node[];
  /** The number of the value that its activation reads. */
  readonly reads: number;
  readonly activation: Elementwise;
}

/** Finds a layer by its name, or the second that has an activation, or the only one. */
export function targetLayer({nodes}: PiecewiseLinear, name: string | undefined, who: string): TargetLayer {
  const bends = bendsOf(nodes);
  if (bends.length === 0)
    fail(
      who,
      'the model must have a layer with an activation',
      'none',
      'Neurons without one are neither dead nor alive.',
    );
  const found = name === undefined ? (bends[1] ?? bends[0]) : bends.find(([{layer}]) => layer === name);
  if (!found) {
    const names = bends.map(([{layer}]) => layer).join(', ');
    fail(who, 'layer must be the name of a layer with an activation', `'${name}'`, `There are: ${names}.`);
  }
  const [{layer, step, reads}] = found;
  const before = nodes.slice(0, found.at(-1)!.writes - 1);
  if (!step.own) return {name: layer, before, reads: reads[0], activation: step};
  const functions = found.flatMap((bend) => bend.step.own!.map((unit) => bend.step.functions[unit]));
  const activation: Elementwise = {kind: 'elementwise', functions, multiplyAdds: functions.length};
  return {name: layer, ...allTimes(found, before), activation};
}

type Bend = Node & {step: Elementwise};

/** The names of the layers that were not asked about. */
export const otherLayers = ({nodes}: PiecewiseLinear, {name}: TargetLayer): string[] =>
  bendsOf(nodes).flatMap(([{layer}]) => (layer === name ? [] : [layer]));

/** The steps that bend; those of one recurrent layer, one for each step of time, are together. */
function bendsOf(nodes: readonly Node[]): Bend[][] {
  const bends: Bend[][] = [];
  for (const node of nodes) {
    if (node.step.kind !== 'elementwise') continue;
    const last = bends.at(-1)?.at(-1);
    // Between two steps of time there is one affine step.
    const goesOn = last?.step.own && node.step.own && last.layer === node.layer && last.writes === node.writes - 2;
    if (goesOn) bends.at(-1)!.push(node as Bend);
    else bends.push([node as Bend]);
  }
  return bends;
}

/** The units of all steps of time as one value, which nothing of the network reads. */
function allTimes(bends: readonly Bend[], before: readonly Node[]): Steps {
  const widths = bends.map(({step}) => step.functions.length);
  const starts = widths.map((_, i) => widths.slice(0, i).reduce((sum, width) => sum + width, 0));
  const places = bends.flatMap(({step}, i) => step.own!.map((unit) => starts[i] + unit));
  const step = selection(Int32Array.from(places), starts.at(-1)! + widths.at(-1)!);
  const writes = before.length + 1;
  return {
    before: [...before, {layer: bends[0].layer, step, reads: bends.map(({reads}) => reads[0]), writes}],
    reads: writes,
  };
}

/** The value of each unit's activation kink, the one that bounds the side; 0 for a unit that has none. */
export function kinksOf({activation}: TargetLayer, side: Side): Float64Array {
  return Float64Array.from(activation.functions, ({kinks}) => kinks.at(side === 'below' ? 0 : -1) ?? 0);
}

/** What each kind of step makes of what it reads: of points, or of bounds. */
export interface Rules<T> {
  affine(step: Affine, x: T): T;
  elementwise(step: Elementwise, x: T): T;
  max(step: Max, x: T): T;
  concat(parts: readonly T[]): T;
}

/** Steps up to a value. */
export type Steps = Pick<TargetLayer, 'before' | 'reads'>;

export type Arrive<T> = (node: Node, at: number, values: Map<number, T>) => void;

/** All values up to one, by their numbers; those that nobody reads any more only if `kept` says so. `arrive` sees each node first. */
export function propagate<T>(
  {before, reads}: Steps,
  input: T,
  rules: Rules<T>,
  kept: 'all' | 'last',
  arrive?: Arrive<T>,
): Map<number, T> {
  const values = new Map([[0, input]]);
  const lastUse = new Map([[reads, Infinity]]);
  for (const [at, node] of before.entries()) {
    for (const read of node.reads) lastUse.set(read, Math.max(at, lastUse.get(read) ?? 0));
  }
  for (const [at, {step, reads: all, writes}] of before.entries()) {
    if (!lastUse.has(writes)) continue;
    arrive?.(before[at], at, values);
    const parts = all.map((read) => values.get(read)!);
    const rule = rules[step.kind] as (step: Step, x: T) => T;
    values.set(writes, rule(step, parts.length === 1 ? parts[0] : rules.concat(parts)));
    if (kept === 'last') for (const read of all) if (lastUse.get(read) === at) values.delete(read);
  }
  return values;
}

/** Numbers in the largest matrix that is written out: 8 MB. */
const MOST = 2 ** 20;

/**
 * The neurons as functions of the input, if one hidden layer of at most one kink a unit lies before them; else null, and where
 * their matrices would be too large to look at them exactly.
 */
export function neuronsOf({before, reads}: TargetLayer, inputs: number): Neuron[] | null {
  const widths = [inputs, ...before.map(({step}) => outputsOf(step))];
  if (widths.some((width, i) => width * Math.max(inputs, widths[i + 1] ?? 0) > MOST)) return null;
  const at = before.findIndex(({step}) => step.kind !== 'affine');
  if (
    !isChain(before) ||
    reads !== before.length ||
    (at >= 0 && before.slice(at + 1).some(({step}) => step.kind !== 'affine'))
  )
    return null;
  if (at < 0) return linearNeurons(composeAffine(before, inputs));
  const {step} = before[at];
  if (step.kind !== 'elementwise' || step.functions.some(({kinks}) => kinks.length > 1)) return null;

  const hidden = composeAffine(before.slice(0, at), inputs);
  const target = composeAffine(before.slice(at + 1), step.functions.length);
  // Each unit is value + slope * (z - kink): the kink goes into the offset, the value into the constants.
  const places = step.functions.map(({kinks}) => kinks[0] ?? 0);
  const units: HiddenUnits = {...hidden, offsets: hidden.offsets.map((offset, i) => offset - places[i])};
  return target.rows.map((weights, j) => ({
    units,
    above: weights.map((weight, i) => weight * step.functions[i].slopes.at(-1)!),
    below: weights.map((weight, i) => weight * step.functions[i].slopes[0]),
    constant: weights.reduce((sum, weight, i) => sum + weight * step.functions[i].values[0], target.offsets[j]),
  }));
}

/** Neurons of a first layer: the inputs stand for hidden units, of equal slopes on either side of 0. */
function linearNeurons({inputs, rows, offsets}: HiddenUnits): Neuron[] {
  const units = composeAffine([], inputs);
  return rows.map((row, j) => ({units, above: row, below: row, constant: offsets[j]}));
}

/** Affine steps in a row as one map. */
function composeAffine(nodes: readonly Node[], inputs: number): HiddenUnits {
  const steps = nodes.map(({step}) => step as Affine);
  const outputs = steps.at(-1)?.outputs ?? inputs;
  const columns = matrixOf(steps, inputs);
  let offsets: Float64Array = new Float64Array(inputs);
  for (const step of steps) {
    offsets = step.linear(offsets, 1);
    for (let i = 0; step.bias && i < offsets.length; i++) offsets[i] += step.bias[i];
  }
  const rows = Array.from({length: outputs}, (_, i) =>
    Float64Array.from({length: inputs}, (_, j) => columns[j * outputs + i]),
  );
  return {inputs, rows, offsets};
}

/** Linear parts in a row, written out as a matrix [inputs, outputs]. */
function matrixOf(steps: readonly Affine[], inputs: number): Float64Array {
  let columns: Float64Array = new Float64Array(inputs * inputs);
  for (let j = 0; j < inputs; j++) columns[j * inputs + j] = 1;
  for (const step of steps) columns = step.linear(columns, inputs);
  return columns;
}
