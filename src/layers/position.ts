import type * as tf from '@tensorflow/tfjs';
import {seedFromText} from '../math/random';

/** Names that tfjs counts up over the whole program: they say nothing of the model. */
const COUNTED = /\d(_input)?$/;

/**
 * A number for the place that a layer takes in a model, told by the way from the inputs to there: which layers, in which order
 * of their uses. The same code builds the same places, whatever the program has built before. 0 for tensors, which have no place.
 */
export function positionOf(inputs: tf.Tensor | tf.Tensor[] | tf.SymbolicTensor | tf.SymbolicTensor[]): number {
  const tensors = [inputs].flat() as (tf.Tensor | tf.SymbolicTensor)[];
  const known = new Map<Node, number>();
  const uses = (tensor: tf.SymbolicTensor) => tensor.sourceLayer.outboundNodes.length;
  const places = tensors.flatMap((tensor) => ('sourceLayer' in tensor ? [[output(tensor, known), uses(tensor)]] : []));
  return places.length > 0 ? seedFromText(String(places)) : 0;
}

type Node = tf.layers.Layer['inboundNodes'][number];

function output({sourceLayer, nodeIndex, tensorIndex}: tf.SymbolicTensor, known: Map<Node, number>): number {
  return seedFromText(`${place(sourceLayer.inboundNodes[nodeIndex], known)} ${tensorIndex}`);
}

function place(node: Node, known: Map<Node, number>): number {
  let number = known.get(node);
  if (number === undefined) {
    const {outboundLayer, inputTensors, inboundLayers} = node;
    // Not by their shapes: a model for longer sequences is the same function.
    const start = COUNTED.test(outboundLayer.name) ? '' : outboundLayer.name;
    const reads = inboundLayers.map((layer, i) => [output(inputTensors[i], known), layer.outboundNodes.indexOf(node)]);
    number = seedFromText(reads.length > 0 ? String(reads) : start);
    known.set(node, number);
  }
  return number;
}
