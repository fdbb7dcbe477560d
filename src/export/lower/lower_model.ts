/**
 * Lowering: a model as standard operations, from which each format is written.
 *
 * Each layer has a `Lowering`, which adds operations to a graph (`operations.ts` is the whole vocabulary) and returns the values
 * of its outputs; the exporters of ONNX and of tfjs's graph models translate operations one by one and know no layer. Invariant:
 * the graph is in order of execution, names are unique, and weights are constants as they are now.
 */

import type * as tf from '@tensorflow/tfjs';
import {fail} from '../../errors';
import {callsOf, namesOf} from '../../model_graph';
import {weightsOf} from '../source';
import {GraphBuilder} from './builder';
import type {LayerCall, Weight} from './layer_call';
import {loweringOf} from './layers';
import type {Graph, Value} from './operations';

/** A model as standard operations with its weights as they are now; any number of inputs and outputs, any batch size. */
export async function lowerModel(model: tf.LayersModel, who: string): Promise<Graph> {
  const {calls, outputs} = callsOf(model, who);
  const graph = new GraphBuilder();
  const inputNames = namesOf(model.inputs);
  const outputNames = namesOf(model.outputs);
  const values: Value[] = model.inputs.map(({shape, dtype}, i) => {
    if (dtype !== 'float32') {
      const fix = 'Give the layers after it float32 data.';
      fail(`${who}, input ${inputNames[i]}`, 'the dtype must be float32', dtype, fix);
    }
    return graph.input(inputNames[i], anyBatch(shape));
  });
  const weights = new Map<tf.layers.Layer, LayerCall['weights']>();
  for (const {layer, reads, writes, outputs} of calls) {
    const lower = loweringOf(layer, who);
    if (!weights.has(layer)) weights.set(layer, await readWeights(layer));
    const call: LayerCall = {
      who,
      layer,
      name: layer.name,
      className: layer.getClassName(),
      config: layer.getConfig(),
      weights: weights.get(layer)!,
      inputs: reads.map((read) => values[read]),
      outputShape: anyBatch(outputs[0].shape),
    };
    const value = await lower(call, graph);
    graph.name(value, layer.name);
    values[writes[0]] = value;
  }
  return graph.finish(outputs.map((output, i) => ({value: values[output], name: outputNames[i]})));
}

/** Graphs take any number of samples, also where a layers model fixes it. */
const anyBatch = (shape: tf.Shape) => [null, ...shape.slice(1)];

async function readWeights(layer: tf.layers.Layer): Promise<LayerCall['weights']> {
  const all: {[name: string]: Weight} = {};
  for (const [name, tensor] of Object.entries(weightsOf(layer))) {
    all[name] = {values: (await tensor.data()) as Float32Array, shape: tensor.shape};
  }
  return all;
}
