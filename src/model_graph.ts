/** A model as the calls of its layers: what instruments and exporters walk through. */

import type * as tf from '@tensorflow/tfjs';
import {fail} from './errors';

/** One use of a layer. Values have numbers: first the inputs of the model, then what each call writes. */
export interface ModelCall {
  readonly layer: tf.layers.Layer;
  readonly inputs: readonly tf.SymbolicTensor[];
  readonly outputs: readonly tf.SymbolicTensor[];
  readonly reads: readonly number[];
  readonly writes: readonly number[];
}

export interface ModelCalls {
  /** Models in the model are entered; a layer that is used twice is called twice. Each value is written before it is read. */
  readonly calls: readonly ModelCall[];
  /** The numbers of the values that the model gives. */
  readonly outputs: readonly number[];
}

/** Also one of another copy of tfjs, of which it is no instance here. */
export const isModel = (layer: tf.layers.Layer): layer is tf.LayersModel =>
  Array.isArray((layer as tf.LayersModel)?.layers);

/** The names of inputs or outputs. A `tf.Sequential` that was loaded has no inputNames and outputNames yet. */
export const namesOf = (tensors: readonly tf.SymbolicTensor[]): string[] =>
  tensors.map(({sourceLayer}) => sourceLayer.name);

/** The layers that hold no other, in order; models in the model are entered. */
export const leavesOf = (model: tf.LayersModel): tf.layers.Layer[] =>
  model.layers.flatMap((layer) => (isModel(layer) ? leavesOf(layer) : [layer]));

/** The last part of a weight's name: 'kernel' of 'dense_1/kernel'. */
export const weightName = ({originalName}: {originalName: string}): string =>
  originalName.slice(originalName.lastIndexOf('/') + 1);

/** @throws If it is no layers model, or has no layers. */
export function callsOf(model: tf.LayersModel, who: string): ModelCalls {
  if (!isModel(model)) {
    fail(who, 'model must be a tf.Sequential or tf.LayersModel', typeof model, 'Graph models keep no layers.');
  }
  if (model.layers.length === 0) {
    fail(who, 'the model must have layers', 'an empty model', 'Add some: model.add(tf.layers.dense(...)).');
  }
  const calls: ModelCall[] = [];
  let values = model.inputs.length;

  /** The numbers of what a model gives for the values that it reads. */
  const enter = ({inputs, outputs}: tf.LayersModel, reads: readonly number[]): number[] => {
    const numbers = new Map(inputs.map(({id}, i) => [id, reads[i]]));
    const visit = (tensor: tf.SymbolicTensor): number => {
      if (!numbers.has(tensor.id)) {
        const layer = tensor.sourceLayer;
        const {inputTensors, outputTensors} = layer.inboundNodes[tensor.nodeIndex];
        const read = inputTensors.map(visit);
        const written = isModel(layer) ? enter(layer, read) : call(layer, inputTensors, outputTensors, read);
        for (const [i, {id}] of outputTensors.entries()) numbers.set(id, written[i]);
      }
      return numbers.get(tensor.id)!;
    };
    return outputs.map(visit);
  };
  const call = (
    layer: tf.layers.Layer,
    inputs: tf.SymbolicTensor[],
    outputs: tf.SymbolicTensor[],
    reads: number[],
  ): number[] => {
    const writes = outputs.map(() => values++);
    calls.push({layer, inputs, outputs, reads, writes});
    return writes;
  };
  const outputs = enter(
    model,
    model.inputs.map((_, i) => i),
  );
  return {calls, outputs};
}
