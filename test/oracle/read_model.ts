import type * as tf from '@tensorflow/tfjs';
import {READERS} from './layers';
import type {Call} from './layers/call';
import {exactly} from './piece';
import type {Network} from './steps';

/** A model as exact steps, by the float32 numbers of its weights. */
export function readModel(model: tf.LayersModel): Network {
  const input = model.inputs[0];
  const places = new Map<number, number>([[input.id, 0]]);
  const network: Network = {inputShape: input.shape.slice(1) as number[], stages: [], output: 0, cut: false};
  for (const layer of model.layers) {
    const className = layer.getClassName();
    if (className === 'InputLayer') continue;
    const node = (layer as unknown as Layer).inboundNodes[0];
    const [output] = node.outputTensors;
    const call: Call = {
      className,
      config: layer.getConfig(),
      weights: weightsOf(layer),
      inputShapes: node.inputTensors.map(({shape}) => shape.slice(1) as number[]),
      outputShape: output.shape.slice(1) as number[],
      isLast: output.id === model.outputs[0].id,
    };
    const steps = READERS[className](call);
    const reads = node.inputTensors.map(({id}) => places.get(id)!);
    if (steps === 'cut') network.cut = true;
    network.stages.push({reads, steps: steps === 'cut' ? [] : steps});
    places.set(output.id, network.stages.length);
  }
  network.output = places.get(model.outputs[0].id)!;
  return network;
}

interface Layer {
  inboundNodes: {inputTensors: tf.SymbolicTensor[]; outputTensors: tf.SymbolicTensor[]}[];
}

/** By the last part of their names, of two layers in one after forward_ and backward_; of two with one name, the first. */
function weightsOf(layer: tf.layers.Layer): Call['weights'] {
  const weights: Call['weights'] = {};
  const isPair = layer.getClassName() === 'Bidirectional';
  for (const weight of layer.weights) {
    const [, way] = /(forward_|backward_)[^/]*\/[^/]*$/.exec(weight.originalName) ?? [];
    const name = weight.originalName.slice(weight.originalName.lastIndexOf('/') + 1);
    weights[isPair ? `${way}${name}` : name] ??= exactly(weight.read().dataSync());
  }
  return weights;
}
