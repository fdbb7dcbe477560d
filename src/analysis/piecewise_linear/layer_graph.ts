import type * as tf from '@tensorflow/tfjs';
import {fail} from '../../errors';
import {callsOf, leavesOf, weightName} from '../../model_graph';
import type {LayerCall} from './layer_call';

/** A layer call of a model, with the numbers of the values that it reads and writes; value 0 is the model's input. */
export interface GraphCall extends LayerCall {
  readonly layer: tf.layers.Layer;
  readonly reads: readonly number[];
  readonly writes: number;
}

export interface Graph {
  readonly inputShape: readonly number[];
  /** In an order in which each value is written before it is read. */
  readonly calls: readonly GraphCall[];
  /** The number of the value that the model gives. */
  readonly output: number;
  /** What was left out; grows while the layers are asked. */
  readonly notes: string[];
}

/** The layer calls of a model, with weights that are finite numbers. A layer that is used twice is called twice. */
export async function readLayerGraph(model: tf.LayersModel, who: string): Promise<Graph> {
  const {calls, outputs} = callsOf(model, who);
  for (const [what, tensors] of Object.entries({input: model.inputs, output: model.outputs})) {
    if (tensors.length !== 1) {
      fail(who, `the model must have one ${what}`, `${tensors.length}`, 'Make a tf.model of the part to look at.');
    }
  }
  const [input] = model.inputs;
  const weights = await weightsOf(model, who);
  const notes: string[] = [];
  const shapeOf = (tensor: tf.SymbolicTensor, {name}: tf.layers.Layer) => knownShape(tensor.shape, name, who);
  return {
    inputShape: shapeOf(input, input.sourceLayer),
    calls: calls.map(({layer, inputs, outputs: [output], reads, writes: [writes]}, i) => ({
      layer,
      reads,
      writes,
      name: layer.name,
      className: layer.getClassName(),
      config: layer.getConfig(),
      weights: weights.get(layer)!,
      inputShapes: inputs.map((tensor) => shapeOf(tensor, layer)),
      outputShape: shapeOf(output, layer),
      last: i === calls.length - 1,
      note: (text) => notes.includes(text) || notes.push(text),
    })),
    output: outputs[0],
    notes,
  };
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
    for (const variable of layer.weights) {
      const values = Float64Array.from(await variable.read().data());
      const name = weightName(variable);
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
