import * as tf from '@tensorflow/tfjs';
import '../index';
import {fail} from '../errors';
import {fileSystem} from '../node';

/** Reads a layers model from the disk. Little or nothing is predicted with it: plain JavaScript is enough. */
export async function readModel(path: string, who: string): Promise<tf.LayersModel> {
  tf.enableProdMode(); // or tfjs advises to install tfjs-node, in the middle of the output
  await tf.setBackend('cpu');
  const artifacts = await fileSystem(path).load();
  requireLayers(artifacts, path, who);
  try {
    return await tf.loadLayersModel(tf.io.fromMemory(artifacts));
  } catch (error) {
    return explain(error as Error, path, who);
  }
}

function requireLayers({modelTopology, format, weightData}: tf.io.ModelArtifacts, path: string, who: string): void {
  const topology = (modelTopology ?? {}) as {[key: string]: unknown};
  if (format === 'graph-model' || 'node' in topology || 'library' in topology) {
    const fix =
      'Name the layers model that it was made from, or convert the Keras model again, with --output_format ' +
      'tfjs_layers_model.';
    fail(who, `${path} must be a layers model`, 'a graph model, which keeps no layers', fix);
  }
  if (!('model_config' in topology || 'config' in topology)) {
    const keys = Object.keys(topology).slice(0, 8).join(', ') || 'nothing';
    fail(who, `the modelTopology of ${path} must have model_config or config`, keys, 'Save the model again.');
  }
  if (weightData === undefined) {
    fail(who, `${path} must have weights`, 'only layers', 'Random weights would mean nothing: save the model whole.');
  }
}

function explain({message}: Error, path: string, who: string): never {
  const unknown = /^Unknown layer: (\S+?)\.? /.exec(message)?.[1];
  if (unknown) {
    const fix =
      'Layers of your own or of other packages need a program: register them with ' +
      'tf.serialization.registerClass, then call the function of this package itself.';
    fail(who, `every layer of ${path} must be of TensorFlow.js or tfjs-piecewise`, `class ${unknown}`, fix);
  }
  throw new Error(`${who}: ${path} cannot be read as a layers model: ${message}`);
}
