import type * as tf from '@tensorflow/tfjs';
import {nodesOf} from './graph_model/nodes';
import {signatureOf} from './graph_model/signature';
import {weightsOf} from './graph_model/weights';
import {lowerModel} from './lower/lower_model';
import {withMatrixProducts} from './lower/transform';

/**
 * A graph model of standard TensorFlow operations with the same outputs: for pages and programs that have TensorFlow.js
 * but not this package, and for converters that read graph models.
 *
 * A `whtProjection` is a product with a diagonal and products with Hadamard matrices of order 32 at most, never n x n;
 * the others are what their weights stand for. Random signs take a byte each. Batches may be of any size.
 *
 * @param model A built layers model of the layers of this package and the usual ones of TensorFlow.js; with branches,
 *   shared layers, models in it, several inputs and outputs. The inputs keep their names, and the outputs.
 * @returns What `tf.loadGraphModel(tf.io.fromMemory(artifacts))` loads and every IO handler saves.
 * @throws If a layer or an option of a layer is unknown, with its name, or an input is not float32.
 *
 * @example
 * const artifacts = await pw.exporters.toGraphModel(model);
 * await fileSystem('out/graph').save(artifacts);  // of 'tfjs-piecewise/node'; a page then loads 'out/graph/model.json'
 * const graph = await tf.loadGraphModel(tf.io.fromMemory(artifacts));
 */
export async function toGraphModel(model: tf.LayersModel): Promise<tf.io.ModelArtifacts> {
  const graph = withMatrixProducts(await lowerModel(model, 'toGraphModel'));
  const {nodes, constants} = nodesOf(graph);
  return {
    format: 'graph-model',
    generatedBy: 'tfjs-piecewise',
    convertedBy: null,
    modelTopology: {node: nodes, library: {}, versions: {producer: 1395, minConsumer: 12}},
    signature: signatureOf(graph),
    userDefinedMetadata: model.getUserDefinedMetadata() as tf.io.ModelArtifacts['userDefinedMetadata'],
    ...weightsOf(constants),
  };
}
