import type * as tf from '@tensorflow/tfjs';
import {lowerModel} from './lower/lower_model';
import {type Graph, translate} from './lower/operations';
import {withMatrixProducts} from './lower/transform';
import {Collector} from './onnx/collector';
import {graphProto, modelProto} from './onnx/messages';
import {onnxOperations} from './onnx/operations';
import {plainName} from './unique_names';

/**
 * An ONNX model of standard operations (opset 13) with the same outputs: for ONNX Runtime in browsers, Node, Python, C++,
 * C# and Java, and all that reads ONNX.
 *
 * A `whtProjection` is a product with a diagonal and products with Hadamard matrices of order 32 at most, never n x n;
 * the others are what their weights stand for. Random signs take a byte each. Batches may be of any size. Images have
 * their channels last, as in TensorFlow.js.
 *
 * @param model A built layers model of the layers of this package and the usual ones of TensorFlow.js; with branches,
 *   shared layers, models in it, several inputs and outputs. The inputs keep their names, and the outputs.
 * @returns The bytes of an .onnx file.
 * @throws If a layer or an option of a layer is unknown, with its name, or an input is not float32.
 *
 * @example
 * import {writeFile} from 'node:fs/promises';
 * await writeFile('model.onnx', await pw.exporters.toOnnx(model));
 */
export async function toOnnx(model: tf.LayersModel): Promise<Uint8Array> {
  return writeGraph(await lowerModel(model, 'toOnnx'), model);
}

/** The bytes of an .onnx file. */
export function writeGraph(lowered: Graph, model: tf.LayersModel): Uint8Array {
  const graph = withMatrixProducts(lowered);
  const collector = new Collector(graph.uniqueName);
  for (const constant of graph.constants) collector.constant(constant);
  const operations = onnxOperations(collector);
  for (const operation of graph.operations) translate(operation, operations);
  const proto = graphProto(plainName(model.name), collector.nodes, collector.tensors, graph);
  return modelProto(proto, model.getUserDefinedMetadata() ?? {});
}
