import type * as tf from '@tensorflow/tfjs';
import {fail} from '../../errors';
import {DisjointSet} from '../../math/disjoint_set';
import type {ModelCalls} from '../../model_graph';
import {oneShape} from '../../tfjs_internals';
import type {LayerWeights} from './layer_weights';
import type {LayerPart, MapOrEnd, UnitOperation} from './parts';
import {readLayer} from './read_layer';

/** A tensor by its channels: runs of units, concatenated. */
export interface Value {
  readonly runs: readonly Run[];
}

/** Units that move together, and have one factor each, as far as ties are known. */
export interface Run {
  readonly units: number;
  /** Runs of one space are relabelled together. */
  readonly space: DisjointSet;
  /** Runs of one segment have the same factors. */
  readonly segment: DisjointSet;
}

/** What happens to values, in the order of the calls. */
export type ChannelEvent =
  | {kind: 'produce'; mapOrEnd: MapOrEnd; value: Value}
  | {kind: 'operate'; operation: UnitOperation; input: Value; output: Value}
  | {kind: 'tie'; adds: boolean; inputs: readonly Value[]; value: Value}
  | {kind: 'consume'; mapOrEnd: MapOrEnd; value: Value};

const newValue = (units: number): Value => ({runs: [{units, space: new DisjointSet(), segment: new DisjointSet()}]});
const unitsOf = ({runs}: Value) => runs.reduce((sum, {units}) => sum + units, 0);

/** All that happens to the channels of a model. */
export function channelEvents(
  {calls, outputs}: ModelCalls,
  inputs: readonly tf.SymbolicTensor[],
  weightsOf: (layer: tf.layers.Layer) => LayerWeights,
  who: string,
): ChannelEvent[] {
  const events: ChannelEvent[] = [];
  const values = new Map<number, Value>();
  const produce = (mapOrEnd: MapOrEnd, units: number): Value => {
    const value = newValue(units);
    events.push({kind: 'produce', mapOrEnd, value});
    return value;
  };
  const through = (part: LayerPart, input: Value): Value => {
    if (part.kind !== 'operation') {
      events.push({kind: 'consume', mapOrEnd: part, value: input});
      return produce(part, part.units);
    }
    const after = ({units, space, segment}: Run): Run => {
      return {units, space, segment: part.gives === null ? segment : new DisjointSet()};
    };
    const output = {runs: input.runs.map(after)};
    events.push({kind: 'operate', operation: part, input, output});
    return output;
  };

  for (const [i, {shape}] of inputs.entries()) {
    values.set(i, produce({kind: 'end', layer: 'input'}, shape[shape.length - 1] as number));
  }
  for (const {layer, inputs: tensors, reads, writes} of calls) {
    const read = reads.map((number) => values.get(number)!);
    let value: Value;
    if (read.length > 1) {
      value = merged(layer, read, tensors, who);
      if (!isJoin(layer)) events.push({kind: 'tie', adds: layer.getClassName() !== 'Concatenate', inputs: read, value});
    } else {
      [value] = read;
      for (const part of readLayer(weightsOf(layer), unitsOf(value), who)) value = through(part, value);
    }
    values.set(writes[0], value);
  }
  for (const output of outputs) {
    events.push({kind: 'consume', mapOrEnd: {kind: 'end', layer: 'output'}, value: values.get(output)!});
  }
  return events;
}

/** The classes of layers in which branches may meet. */
export const MEETINGS = ['Add', 'Average', 'Concatenate'];

/** What a layer of several inputs gives. */
function merged(layer: tf.layers.Layer, values: Value[], tensors: readonly tf.SymbolicTensor[], who: string): Value {
  const kind = layer.getClassName();
  if (!MEETINGS.includes(kind)) {
    const received = `layer ${layer.name} of class ${kind}`;
    const known = `Known: ${MEETINGS.join(', ')}.`;
    fail(who, 'branches must meet in layers whose symmetries are known', received, known);
  }
  return isJoin(layer) ? joined(layer, values, tensors, who) : tied(layer, values, who);
}

/** Whether it puts channels beside each other. */
function isJoin(layer: tf.layers.Layer): boolean {
  if (layer.getClassName() !== 'Concatenate') return false;
  const axis = layer.getConfig().axis as number;
  return axis === -1 || axis === oneShape(layer.outputShape).length - 1;
}

/** Channels, concatenated. */
function joined(layer: tf.layers.Layer, values: Value[], tensors: readonly tf.SymbolicTensor[], who: string): Value {
  for (const [i, {shape}] of tensors.entries()) {
    const [size, units] = [shape[shape.length - 1], unitsOf(values[i])];
    if (size !== units) {
      const received = `${size} that stand for ${units} units`;
      fail(who, `layer ${layer.name} must concatenate channels`, received, 'Concatenate before flattening.');
    }
  }
  return {runs: values.flatMap(({runs}) => runs)};
}

/** Channels that are added, or lie beside each other along another axis. */
function tied(layer: tf.layers.Layer, values: Value[], who: string): Value {
  const [first, ...others] = values;
  const shown = ({runs}: Value) => `[${runs.map(({units}) => units)}]`;
  for (const other of others) {
    if (shown(other) !== shown(first)) {
      const received = `${shown(first)} and ${shown(other)}`;
      const expected = `the branches that layer ${layer.name} ties must have the same units, in the same runs`;
      fail(who, expected, received, 'Put a trainable layer between, such as a dense one.');
    }
    for (const [i, run] of first.runs.entries()) {
      run.space.join(other.runs[i].space);
      run.segment.join(other.runs[i].segment);
    }
  }
  return {runs: first.runs.map((run) => ({...run}))};
}
