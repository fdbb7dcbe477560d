import type * as tf from '@tensorflow/tfjs';
import {fail} from '../errors';
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
export async function graphOf(model: tf.LayersModel, who: string): Promise<Graph> {
  if (!isModel(model)) {
    fail(who, 'model must be a tf.Sequential or tf.LayersModel', typeof model, 'Graph models keep no layers.');
  }
  if (model.layers.length === 0) {
    fail(who, 'the model must have layers', 'an empty model', 'Add some: model.add(tf.layers.dense(...)).');
  }
  for (const [what, tensors] of Object.entries({input: model.inputs, output: model.outputs})) {
    if (tensors.length !== 1) {
      fail(who, `the model must have one ${what}`, `${tensors.length}`, 'Make a tf.model of the part to look at.');
    }
  }
  const [input] = model.inputs;
  const [output] = model.outputs;
  const weights = await weightsOf(model, who);
  const notes: string[] = [];
  const numbers = new Map<number, number>([[input.id, 0]]);
  const calls: GraphCall[] = [];

  /** The number of the value of a tensor, after the calls that make it. `inner` are the inputs of models in the model. */
  const visit = (tensor: tf.SymbolicTensor, inner: Map<number, number>): number => {
    const known = inner.get(tensor.id);
    if (known !== undefined) return known;
    const layer = tensor.sourceLayer;
    const {inputTensors} = layer.inboundNodes[tensor.nodeIndex];
    const reads = inputTensors.map((read) => visit(read, inner));
    const number = isModel(layer) ? enter(layer, tensor.tensorIndex, reads) : add(layer, tensor, inputTensors, reads);
    inner.set(tensor.id, number);
    return number;
  };
  const enter = (nested: tf.LayersModel, which: number, reads: number[]) =>
    visit(nested.outputs[which], new Map(nested.inputs.map(({id}, i) => [id, reads[i]])));
  const add = (layer: tf.layers.Layer, tensor: tf.SymbolicTensor, inputs: tf.SymbolicTensor[], reads: number[]) => {
    const writes = calls.length + 1;
    const shapeOf = ({shape}: tf.SymbolicTensor) => knownShape(shape, layer.name, who);
    calls.push({
      layer,
      reads,
      writes,
      name: layer.name,
      className: layer.getClassName(),
      config: layer.getConfig(),
      weights: weights.get(layer)!,
      inputShapes: inputs.map(shapeOf),
      outputShape: shapeOf(tensor),
      get last() {
        return writes === calls.length;
      },
      note: (text) => notes.includes(text) || notes.push(text),
    });
    return writes;
  };

  const last = visit(output, numbers);
  return {inputShape: knownShape(input.shape, input.sourceLayer.name, who), calls, output: last, notes};
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
  for (const layer of leaves(model)) {
    const own: {[name: string]: Float64Array} = {};
    for (const variable of layer.weights) {
      const values = Float64Array.from(await variable.read().data());
      const name = variable.originalName.split('/').pop()!;
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

const leaves = (model: tf.LayersModel): tf.layers.Layer[] =>
  model.layers.flatMap((layer) => (isModel(layer) ? leaves(layer) : [layer]));

/** Also one of another copy of tfjs, of which it is no instance here. */
const isModel = (layer: tf.layers.Layer): layer is tf.LayersModel => Array.isArray((layer as tf.LayersModel)?.layers);
