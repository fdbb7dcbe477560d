import type {Constant, Graph, Kind, Operation, Value} from '../lower/operations';
import {count, type Sizes} from './sizes';

/** What one loop or a few compute: one operation, or several on elements of the same sizes, one element after the other. */
export interface Step {
  readonly operations: readonly Operation<Kind>[];
  /** What later steps or the outputs need; the rest never leaves the loop. */
  readonly stored: readonly Value[];
}

/** The numbers of a value lie among those of another. */
export interface Alias {
  readonly of: Value;
  readonly at: number;
}

export interface Steps {
  readonly steps: readonly Step[];
  /** The constant that a value is with zeros after it: these are never stored. */
  padded(value: Value): Constant | undefined;
  /** The value whose numbers a value shares, and where among them its own begin. */
  root(value: Value): Alias;
}

const ELEMENTWISE = {
  abs: true,
  add: true,
  div: true,
  elu: true,
  erf: true,
  floor: true,
  identity: true,
  less: true,
  maximum: true,
  minimum: true,
  mul: true,
  neg: true,
  relu: true,
  select: true,
  selu: true,
  sigmoid: true,
  softplus: true,
  sqrt: true,
  sub: true,
  tanh: true,
} as const satisfies {readonly [kind in Kind]?: true};

export type Elementwise = keyof typeof ELEMENTWISE;

export const isElementwise = ({kind}: Operation<Kind>): boolean => kind in ELEMENTWISE;
export const isConstant = (value: Value): value is Constant => 'data' in value;

/** The steps of a graph in order, without what no output needs. */
export function stepsOf(graph: Graph, sizesOf: (value: Value) => Sizes): Steps {
  const aliases = new Map<Value, Alias>();
  const root = (value: Value): Alias => {
    const alias = aliases.get(value);
    if (!alias) return {of: value, at: 0};
    const {of, at} = root(alias.of);
    return {of, at: at + alias.at};
  };
  const padded = new Map<Value, Constant>();
  const groups: Operation<Kind>[][] = [];
  let open: Operation<Kind>[] = [];
  const writes = (value: Value) => open.some(({output}) => output === value);
  const operations = needed(graph);
  for (const operation of operations) {
    const {inputs, output} = operation;
    if (
      isPaddedConstant(operation) &&
      !graph.outputs.includes(output) &&
      operations.every((one) => isElementwise(one) || !one.inputs.includes(output))
    ) {
      padded.set(output, inputs[0] as Constant);
      continue;
    }
    const at = graph.outputs.includes(output) || isConstant(inputs[0]) ? null : placeInside(operation, sizesOf);
    if (at !== null) {
      if (writes(root(inputs[0]).of)) open = [];
      aliases.set(output, {of: inputs[0], at});
      continue;
    }
    const joins =
      open.length > 0 &&
      isElementwise(operation) &&
      String(sizesOf(output)) === String(sizesOf(open[0].output)) &&
      !beginsLayer(operation, sizesOf) &&
      // An element of another place may not be there yet.
      inputs.every((x) => !writes(root(x).of) || writes(x));
    if (!joins) {
      open = [];
      groups.push(open);
    }
    open.push(operation);
    if (!isElementwise(operation)) open = [];
  }
  const steps = groups.map((group) => {
    const inside = new Set(group);
    const readers = operations.filter((one) => !inside.has(one));
    const read = new Set<Value>([...graph.outputs, ...readers.flatMap(({inputs}) => inputs)]);
    return {operations: group, stored: group.map(({output}) => output).filter((value) => read.has(value))};
  });
  return {steps, root, padded: (value) => padded.get(value)};
}

/** Where in its input the output of an operation lies as it is; null where numbers must be moved or computed. */
function placeInside(
  {kind, inputs: [x], attributes}: Operation<Kind>,
  sizesOf: (value: Value) => Sizes,
): number | null {
  if (kind === 'identity' || kind === 'reshape') return 0;
  if (kind !== 'slice') return null;
  const {starts, sizes} = attributes as Operation<'slice'>['attributes'];
  const all = sizesOf(x);
  const axis = all.findIndex((size, i) => sizes[i] >= 0 && sizes[i] !== size);
  if (axis < 0) return 0;
  const isRun = count(all.slice(0, axis)) === 1 && sizes.every((size, i) => i <= axis || size < 0 || size === all[i]);
  return isRun ? starts[axis] * count(all.slice(axis + 1)) : null;
}

/** Whether a list of constants gets zeros after it. */
function isPaddedConstant({kind, inputs: [x], attributes}: Operation<Kind>): boolean {
  return (
    kind === 'pad' &&
    isConstant(x) &&
    x.shape.length === 1 &&
    (attributes as Operation<'pad'>['attributes']).before[0] === 0
  );
}

/** The signs that the positions of a projection share: with a loop of their own, layers repeat as wholes, which JavaScript writes once. */
function beginsLayer({kind, inputs, output}: Operation<Kind>, sizesOf: (value: Value) => Sizes): boolean {
  const isShared = (x: Value) => isConstant(x) && x.drawn?.what === 'signs' && count(x.shape) < count(sizesOf(output));
  return kind === 'mul' && inputs.some(isShared);
}

/** The operations on the way to an output. */
function needed({operations, outputs}: Graph): Operation<Kind>[] {
  const wanted = new Set<Value>(outputs);
  const kept = ([...operations] as Operation<Kind>[]).reverse().filter(({inputs, output}) => {
    if (!wanted.has(output)) return false;
    for (const x of inputs) wanted.add(x);
    return true;
  });
  return kept.reverse();
}
