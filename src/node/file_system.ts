import {resolve} from 'node:path';
import type * as tf from '@tensorflow/tfjs';
import {loadModel} from './load_model';
import {saveModel} from './save_model';

/**
 * Saves a model to a folder and loads it from there, in Node, without tfjs-node.
 *
 * The folder gets `model.json` and `weights.bin` in the layers format of TensorFlow.js: what is saved here loads in a
 * browser from a web server, and the other way round; models in several weight files load too. A save that fails leaves
 * the files of the last one as they were.
 *
 * @param path A folder; to load, also the path of a `model.json`. Relative paths start at the working directory.
 * @returns A handler for `model.save`, `tf.loadLayersModel` and `tf.loadGraphModel`.
 * @throws If `path` is empty; later, if a file cannot be written, is missing, or is damaged.
 *
 * @example
 * await model.save(fileSystem('out/model'));
 * const copy = await tf.loadLayersModel(fileSystem('out/model'));
 */
export function fileSystem(path: string): Required<tf.io.IOHandler> {
  if (typeof path !== 'string' || path === '') {
    throw new Error(
      `fileSystem: path must be the name of a folder, but is ${JSON.stringify(path)}. Pass one, for example ` +
        '"out/model".',
    );
  }
  const absolute = resolve(path);
  return {
    save: (artifacts) => saveModel(absolute, artifacts),
    load: () => loadModel(absolute),
  };
}
