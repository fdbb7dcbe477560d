import {stat} from 'node:fs/promises';
import {join} from 'node:path';
import type * as tf from '@tensorflow/tfjs';
import {toDense, toGraphModel, toOnnx} from '../export';
import {plainName} from '../export/lower/plain_name';
import {namesOf} from '../model_calls';
import {fileSystem} from '../node';
import {replaceFiles} from '../node/replace_files';
import {type Format, parseExportOptions} from './export_options';
import {makeFolder} from './make_folder';
import {readModel} from './read_model';
import type {Terminal} from './terminal';

export {HELP} from './export_options';

/** `tfjs-piecewise export`: a saved model in another format. */
export async function exportModel(args: string[], terminal: Terminal): Promise<void> {
  const {model: path, to, folder} = parseExportOptions(args);
  const model = await readModel(path, 'export');
  const files = await WRITERS[to](model, folder);
  const lines = await Promise.all(files.map(async (file) => `  ${file}  ${integer((await stat(file)).size)} bytes\n`));
  terminal.print(`${path} as ${TITLES[to]}:\n${lines.join('')}${hint(to, folder, model)}`);
}

const TITLES: {[format in Format]: string} = {
  onnx: 'ONNX',
  graph: 'a graph model',
  dense: 'a layers model of standard layers',
  keras: 'a layers model for Keras',
};

/** What writes each format; the paths of its files. */
const WRITERS: {[format in Format]: (model: tf.LayersModel, folder: string) => Promise<string[]>} = {
  onnx: async (model, folder) => {
    const content = await toOnnx(model);
    const path = join(folder, 'model.onnx');
    await makeFolder(folder, 'export', 'FOLDER');
    await replaceFiles([{path, content}]);
    return [path];
  },
  graph: async (model, folder) => {
    const artifacts = await toGraphModel(model);
    return saved(folder, () => fileSystem(folder).save(artifacts));
  },
  dense: (model, folder) => {
    const dense = toDense(model);
    return saved(folder, () => dense.save(fileSystem(folder)));
  },
  // The bridge reads the layers as they are.
  keras: (model, folder) => saved(folder, () => model.save(fileSystem(folder))),
};

async function saved(folder: string, save: () => Promise<tf.io.SaveResult>): Promise<string[]> {
  await makeFolder(folder, 'export', 'FOLDER');
  await save();
  return ['model.json', 'weights.bin'].map((name) => join(folder, name));
}

/** How to use it: names and shapes, or the lines to write. */
function hint(to: Format, folder: string, model: tf.LayersModel): string {
  const path = JSON.stringify(join(folder, 'model.json'));
  if (to === 'keras') {
    return `Python: from tfjs_piecewise_keras import load_model\n        model = load_model(${path})\n`;
  }
  if (to !== 'onnx') return '';
  const shown = (tensors: tf.SymbolicTensor[]) => {
    const names = namesOf(tensors).map(plainName);
    const shapes = tensors.map(({shape}) => ['batch', ...shape.slice(1).map((size) => size ?? '?')].join(', '));
    return names.map((name, i) => `${name} [${shapes[i]}]`).join(', ');
  };
  return `Inputs: ${shown(model.inputs)}\nOutputs: ${shown(model.outputs)}\n`;
}

const integer = (value: number) => value.toLocaleString('en');
