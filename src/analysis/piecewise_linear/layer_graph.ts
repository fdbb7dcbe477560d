import type * as tf from '@tensorflow/tfjs';
import {fail} from '../../errors';
import {callsOf, leavesOf, type ModelCall, namesOf, weightName} from '../../model_graph';
import {type LayerWeight, twoLayersInside} from '../../tfjs_internals';
import type {LayerCall} from './layer_call';

/** A layer call of a model, with the numbers of the values that it reads and writes; first come the model's inputs. */
export interface GraphCall extends LayerCall {
  readonly layer: tf.layers.Layer;
  readonly reads: readonly number[];
  readonly writes: number;
}

export interface Graph {
  /** Shapes of the values 0, 1, ... */
  readonly inputShapes: readonly number[][];
  /** In an order in which each value is written before it is read. */
  readonly calls: readonly GraphCall[];
  /** The numbers of the values that the model gives, or of the one that was asked for. */
  readonly outputs: readonly number[];
  /** What was left out; grows while the layers are asked. */
  readonly notes: string[];
}

/** An output of a model, by its name or number. */
export type OutputName = string | number;

/**
 * The layer calls of a model, with weights that are finite numbers. A layer that is used twice is called twice. If one of
 * several outputs is asked for, the calls that it hangs on.
 */
export async function readLayerGraph(model: tf.LayersModel, who: string, output?: OutputName): Promise<Graph> {
  const {calls: all, outputs: given} = callsOf(model, who);
  const outputs = output === undefined ? given : [given[indexOf(output, namesOf(model.outputs), who)]];
  const calls = output === undefined ? all : neededFor(outputs, all);
  const isLast = (value: number) => outputs.includes(value) && !calls.some(({reads}) => reads.includes(value));
  const weights = await weightsOf(model, who);
  const notes: string[] = [];
  const shapeOf = (tensor: tf.SymbolicTensor, {name}: tf.layers.Layer) => knownShape(tensor.shape, name, who);
  return {
    inputShapes: model.inputs.map((input) => shapeOf(input, input.sourceLayer)),
    calls: calls.map(({layer, inputs, outputs: [written], reads, writes: [writes]}) => ({
      layer,
      reads,
      writes,
      name: layer.name,
      className: layer.getClassName(),
      config: layer.getConfig(),
      weights: weights.get(layer)!,
      inputShapes: inputs.map((tensor) => shapeOf(tensor, layer)),
      outputShape: shapeOf(written, layer),
      last: isLast(writes),
      note: (text) => notes.includes(text) || notes.push(text),
    })),
    outputs,
    notes,
  };
}

function indexOf(output: OutputName, names: readonly string[], who: string): number {
  const index = typeof output === 'number' ? output : names.indexOf(output);
  if (Number.isInteger(index) && index >= 0 && index < names.length) return index;
  const range = `0 to ${names.length - 1}`;
  return fail(
    who,
    `output must be one of '${names.join("', '")}', or ${range}`,
    output,
    'Leave it out for all together.',
  );
}

/** The calls that the values hang on, in their order. */
function neededFor(values: readonly number[], calls: readonly ModelCall[]): readonly ModelCall[] {
  const needed = new Set(values);
  const kept = [...calls].reverse().filter(({reads, writes}) => {
    if (!writes.some((value) => needed.has(value))) return false;
    for (const read of reads) needed.add(read);
    return true;
  });
  return kept.reverse();
}

/** A shape without the batch axis. */
function knownShape(shape: tf.Shape, layer: string, who: string): number[] {
  return shape.slice(1).map((size) => {
    if (size === null) {
      fail(
        who,
        `all sizes of layer ${layer} must be known`,
        `shape [${shape.map((s) => s ?? 'null')}]`,
        'Set inputShape.',
      );
    }
    return size;
  });
}

/** The weights of all layers in doubles, read once. */
async function weightsOf(model: tf.LayersModel, who: string): Promise<Map<tf.layers.Layer, LayerCall['weights']>> {
  const all = new Map<tf.layers.Layer, LayerCall['weights']>();
  for (const layer of leavesOf(model)) {
    const own: {[name: string]: Float64Array} = {};
    for (const [name, variable] of namedWeights(layer)) {
      const values = Float64Array.from(await variable.read().data());
      const bad = values.findIndex((value) => !Number.isFinite(value));
      if (bad >= 0) {
        const place = `${values[bad]} at [${bad}]`;
        fail(who, `the weights ${name} of layer ${layer.name} must be finite`, place, 'Did the training diverge?');
      }
      own[name] = values;
    }
    all.set(layer, own);
  }
  return all;
}

/** By the last part of their names; of the two layers in one after `forward_` and `backward_`. */
function namedWeights(layer: tf.layers.Layer): [name: string, weight: LayerWeight][] {
  if (layer.getClassName() !== 'Bidirectional') return layer.weights.map((weight) => [weightName(weight), weight]);
  const inside = Object.entries(twoLayersInside(layer));
  return inside.flatMap(([way, {weights}]) =>
    weights.map((weight): [string, LayerWeight] => [`${way}_${weightName(weight)}`, weight]),
  );
}
