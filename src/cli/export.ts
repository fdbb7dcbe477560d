import {existsSync, realpathSync, statSync} from 'node:fs';
import {stat} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import type * as tf from '@tensorflow/tfjs';
import {fail} from '../errors';
import {quantize, toC, toDense, toGraphModel, toJavaScript} from '../export';
import {lowerModel} from '../export/lower/lower_model';
import type {Graph, Value} from '../export/lower/operations';
import {writeLiteRT} from '../export/to_litert';
import {writeGraph} from '../export/to_onnx';
import {fileSystem} from '../node';
import {replaceFiles} from '../node/replace_files';
import {checkerOf} from './check';
import {type Format, parseExportOptions, type Target} from './export_options';
import {requireKerasLayers} from './keras_layers';
import {makeFolder} from './make_folder';
import {readModel} from './read_model';
import type {Terminal} from './terminal';

export {HELP} from './export_options';

/** `tfjs-piecewise export`: a saved model in another format. */
export async function exportModel(args: string[], terminal: Terminal): Promise<void> {
  const {model: path, target, folder, check} = parseExportOptions(args);
  const {to} = target;
  if (TAKES_PLACE.includes(to)) requireOtherFolder(path, folder);
  const model = await readModel(path, 'export');
  // What cannot be checked is not written.
  const checker = check && (await checkerOf(model, to, check, terminal));
  const {files, hint = ''} = await (WRITERS[to] as Writer<Format>)(model, folder, target);
  const lines = await Promise.all(files.map(async (file) => `  ${file}  ${integer((await stat(file)).size)} bytes\n`));
  terminal.print(`${path} as ${TITLES[to]}:\n${lines.join('')}${hint}`);
  if (checker) terminal.print(await checker(folder));
}

/** Formats whose files have the names of those that a saved model has. */
const TAKES_PLACE: readonly Format[] = ['graph', 'dense', 'keras', 'quantized'];

const TITLES: {[format in Format]: string} = {
  onnx: 'ONNX',
  litert: 'LiteRT',
  graph: 'a graph model',
  dense: 'a layers model of standard layers',
  keras: 'a layers model for Keras',
  quantized: 'a layers model with quantized weights',
  js: 'a JavaScript module',
  c: 'C99',
};

interface Written {
  readonly files: readonly string[];
  /** How to use it: names and shapes, or the lines to write. */
  readonly hint?: string;
}

type Writer<F extends Format> = (
  model: tf.LayersModel,
  folder: string,
  target: Extract<Target, {to: F}>,
) => Promise<Written>;

const WRITERS: {[F in Format]: Writer<F>} = {
  onnx: async (model, folder) => {
    const graph = await lowerModel(model, 'toOnnx');
    return graphWritten(folder, 'model.onnx', graph, writeGraph(graph, model));
  },
  litert: async (model, folder, {weights}) => {
    const graph = await lowerModel(model, 'toLiteRT');
    return graphWritten(folder, 'model.tflite', graph, writeLiteRT(graph, model, weights, 'toLiteRT'));
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
  keras: async (model, folder) => {
    requireKerasLayers(model);
    const path = JSON.stringify(join(folder, 'model.json'));
    const hint = `Python: from tfjs_piecewise_keras import load_model\n        model = load_model(${path})\n`;
    return {...(await saved(folder, () => model.save(fileSystem(folder)))), hint};
  },
  quantized: async (model, folder, {weights: dtype}) => {
    const {artifacts, weights} = await quantize(model, {dtype});
    const lines = weights.map(({name, error, kept, dtype}) =>
      kept === null
        ? `  ${name}: ${dtype}, off by ${error.toPrecision(2)} at most\n`
        : `  ${name} stays, for ${kept}\n`,
    );
    return {...(await saved(folder, () => fileSystem(folder).save(artifacts))), hint: lines.join('')};
  },
  js: async (model, folder, {weights, simd}) => {
    const {source, types} = await toJavaScript(model, {weights, simd});
    const hint = "JavaScript: import {predict} from './model.mjs'\n";
    return {...(await written(folder, {'model.mjs': source, 'model.d.mts': types})), hint};
  },
  c: async (model, folder, {weights}) => {
    const {source, header} = await toC(model, {weights});
    return {...(await written(folder, {'model.c': source, 'model.h': header})), hint: `C: #include "model.h"\n`};
  },
};

async function graphWritten(folder: string, name: string, graph: Graph, content: Uint8Array): Promise<Written> {
  const path = join(folder, name);
  await makeFolder(folder, 'export', 'FOLDER');
  await replaceFiles([{path, content}]);
  return {files: [path], hint: `Inputs: ${shown(graph.inputs)}\nOutputs: ${shown(graph.outputs)}\n`};
}

async function written(folder: string, texts: {[name: string]: string}): Promise<Written> {
  await makeFolder(folder, 'export', 'FOLDER');
  const all = Object.entries(texts).map(([name, text]) => ({path: join(folder, name), content: text}));
  await replaceFiles(all.map(({path, content}) => ({path, content: new TextEncoder().encode(content)})));
  return {files: all.map(({path}) => path)};
}

async function saved(folder: string, save: () => Promise<tf.io.SaveResult>): Promise<Written> {
  await makeFolder(folder, 'export', 'FOLDER');
  await save();
  return {files: ['model.json', 'weights.bin'].map((name) => join(folder, name))};
}

/** There the result would take the place of the model that it is made from. */
function requireOtherFolder(path: string, folder: string): void {
  if (!existsSync(path) || !existsSync(folder)) return;
  const own = statSync(path).isDirectory() ? path : dirname(path);
  if (realpathSync(own) !== realpathSync(folder)) return;
  fail('export', 'FOLDER must not be that of MODEL, whose files it would replace', folder, 'Name another folder.');
}

const shown = (values: readonly Value[]) =>
  values
    .map(({name, shape}) => `${name} [${['batch', ...shape.slice(1).map((size) => size ?? '?')].join(', ')}]`)
    .join(', ');

const integer = (value: number) => value.toLocaleString('en');
