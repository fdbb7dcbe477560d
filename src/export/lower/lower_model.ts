/**
 * Lowering: a model as standard operations, from which each format is written.
 *
 * Each layer has a `Lowering`, which adds operations to a graph (`operations.ts` is the whole vocabulary) and returns the values
 * of its outputs; the exporters of ONNX and of tfjs's graph models translate operations one by one and know no layer. Invariant:
 * the graph is in order of execution, names are unique, and weights are constants as they are now.
 */

import type * as tf from '@tensorflow/tfjs';
import {fail} from '../../errors';
import {callsOf, isModel, namesOf} from '../../model_graph';
import {weightsOf} from '../source';
import {GraphBuilder} from './builder';
import type {LayerCall, Weight} from './layer_call';
import {loweringOf} from './layers';
import type {Graph, Size, Value} from './operations';

/** A model as standard operations with its weights as they are now; any number of inputs and outputs, any batch size. */
export async function lowerModel(model: tf.LayersModel, who: string): Promise<Graph> {
  callsOf(model, who); // refuses what is no model
  const graph = new GraphBuilder();
  const inputNames = namesOf(model.inputs);
  const outputNames = namesOf(model.outputs);
  const inputs: Value[] = model.inputs.map(({shape, dtype}, i) => {
    if (dtype !== 'float32') {
      const fix = 'Give the layers after it float32 data.';
      fail(`${who}, input ${inputNames[i]}`, 'the dtype must be float32', dtype, fix);
    }
    return graph.input(inputNames[i], anyBatch(shape));
  });
  const outputs = await new ModelLowering(graph, who).outputs(model, inputs);
  return graph.finish(outputs.map((value, i) => ({value, name: outputNames[i]})));
}

/** Adds the layers of models to one graph. */
class ModelLowering {
  private readonly weights = new Map<tf.layers.Layer, LayerCall['weights']>();

  constructor(
    private readonly graph: GraphBuilder,
    private readonly who: string,
  ) {}

  /** What a model gives for values that it reads. */
  async outputs(model: tf.LayersModel, inputs: readonly Value[]): Promise<Value[]> {
    const {calls, outputs} = callsOf(model, this.who);
    const values = [...inputs];
    for (const {layer, reads, writes, outputs} of calls) {
      const read = reads.map((number) => values[number]);
      values[writes[0]] = await this.output(layer, read, anyBatch(outputs[0].shape));
    }
    return outputs.map((number) => values[number]);
  }

  private async output(layer: tf.layers.Layer, inputs: Value[], outputShape: readonly Size[]): Promise<Value> {
    const lower = loweringOf(layer, this.who);
    if (!this.weights.has(layer)) this.weights.set(layer, await readWeights(layer));
    const call: LayerCall = {
      who: this.who,
      layer,
      name: layer.name,
      className: layer.getClassName(),
      config: layer.getConfig(),
      weights: this.weights.get(layer)!,
      inputs,
      outputShape,
      lower: async (inner, x) => {
        if (isModel(inner)) return (await this.outputs(inner, [x]))[0];
        return this.output(inner, [x], anyBatch(inner.computeOutputShape([...x.shape]) as tf.Shape));
      },
    };
    const value = await lower(call, this.graph);
    this.graph.name(value, layer.name);
    return value;
  }
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
