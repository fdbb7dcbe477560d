/**
 * npm run bench -- --exports: networks of the examples as JavaScript, LiteRT and C: bytes, accuracy, the time of one image in Node
 * and in Chromium beside TensorFlow.js, and what a Cortex-M4 needs. Trains for a few minutes the first time.
 */

import {execFileSync} from 'node:child_process';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import {parseArgs} from 'node:util';
import {gzipSync} from 'node:zlib';
import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {fileSystem} from 'tfjs-piecewise/node';
import {start} from '../backends';
import {compare} from '../compare';
import {provenance, ROOT} from '../machine';
import {fileNameOf, rounded} from '../record';
import {onChip} from './chip';
import {type OpenPage, openPage} from './chromium';
import {type Network, trainedNetworks} from './networks';
import {lines, withTables} from './report';
import type {ExportResults, ExportRow, NetworkResults} from './results';

const FOLDER = path.join(ROOT, 'bench/results/exports');
const GUIDE = path.join(ROOT, 'docs/guides/small_models.md');
const FILES = path.join(ROOT, 'out/bench/exports/files');
const EFFORT = {turns: 41, budget: 2000};

type Predict = (x: Float32Array) => Float32Array;

const USAGE = `npm run bench -- --exports [options]
It takes no options. Networks are trained the first time, for a few minutes; the numbers go to bench/results/exports and
into docs/guides/small_models.md.`;

export async function main(): Promise<void> {
  const {values: options} = parseArgs({options: {help: {type: 'boolean', default: false}}});
  if (options.help) return console.log(USAGE);
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  tf.enableProdMode();
  await start('wasm');
  const networks = await trainedNetworks((what) => console.log(what));
  const results: ExportResults = {...provenance(), networks: []};
  const page = await openPage(FILES);
  results.versions.chromium = page.version;
  try {
    for (const network of networks) {
      results.networks.push(await measure(network, page));
      for (const line of lines(results.networks.at(-1)!)) console.log(line);
    }
  } finally {
    await page.close();
  }
  mkdirSync(FOLDER, {recursive: true});
  const file = path.join(FOLDER, fileNameOf(results.machine));
  writeFileSync(file, `${JSON.stringify(results, rounded, 1)}\n`);
  const recorded: ExportResults = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(GUIDE, withTables(readFileSync(GUIDE, 'utf8'), recorded));
  execFileSync('npx', ['biome', 'format', '--write', GUIDE], {cwd: ROOT, stdio: 'ignore'}); // as all pages are
  console.log(`Recorded in ${path.relative(ROOT, file)}, and in ${path.relative(ROOT, GUIDE)}.`);
}

async function measure({title, epochs, model, dataset}: Network, page: OpenPage): Promise<NetworkResults> {
  const name = title.replace(/\W+/g, '_');
  const folder = path.join(FILES, name);
  mkdirSync(folder, {recursive: true});
  const {test} = dataset;
  const size = test.x.length / test.count;
  const x = test.x.slice(0, size);
  writeFileSync(path.join(folder, 'images.bin'), new Uint8Array(test.x.buffer, test.x.byteOffset, test.x.byteLength));
  await model.save(fileSystem(path.join(folder, 'layers')));
  const share = (classes: ArrayLike<number>) => test.y.filter((label, i) => classes[i] === label).length / test.count;

  const exports: ExportRow[] = [];
  const predicts: {[name: string]: Predict} = {};
  for (const weights of ['float32', 'float16', 'uint8'] as const) {
    const add = (format: ExportRow['format'], text: string, accuracy: number) =>
      exports.push({format, weights, bytes: text.length, gzip: gzipSync(text).length, accuracy});
    let accuracy = 0;
    for (const simd of [false, true]) {
      const {source} = await pw.exporters.toJavaScript(model, {weights, simd});
      const name = simd ? `${weights}_simd` : weights;
      const file = path.join(folder, `${name}.mjs`);
      writeFileSync(file, source);
      const module: {predict: Predict} = await import(`${pathToFileURL(file).href}?${Date.now()}`);
      predicts[name] = module.predict;
      const right = share(classesOf(module.predict(test.x), dataset.numClasses));
      if (!simd) accuracy = right;
      add(simd ? 'JavaScript, simd' : 'JavaScript', source, right);
    }
    const {source, header} = await pw.exporters.toC(model, {weights});
    add('C', source + header, accuracy);
  }
  for (const weights of ['float32', 'float16', 'int8'] as const) {
    const bytes = await pw.exporters.toLiteRT(model, {weights});
    writeFileSync(path.join(folder, `${weights}.tflite`), bytes);
    const accuracy = share(await page.classes(`/${name}/${weights}.tflite`, `/${name}/images.bin`, size));
    exports.push({format: 'LiteRT', weights, bytes: bytes.length, gzip: gzipSync(bytes).length, accuracy});
  }
  const own = tf.tidy(() => (model.predict(tf.tensor(test.x, [test.count, size])) as tf.Tensor).dataSync<'float32'>());
  const node = await compare(
    {
      javascript: {run: () => predicts.float32(x)},
      simd: {run: () => predicts.float32_simd(x)},
      tfjs: {run: () => tf.tidy(() => (model.predict(tf.tensor(x, [1, size])) as tf.Tensor).dataSync())},
    },
    EFFORT,
  );
  return {
    network: title,
    parameters: model.countParams(),
    epochs,
    accuracy: share(classesOf(own, dataset.numClasses)),
    exports,
    node,
    chromium: await page.latencies(`/${name}`, [...x], EFFORT),
    chip: await onChip(model, x, folder),
  };
}

function classesOf(outputs: Float32Array, classes: number): number[] {
  return Array.from({length: outputs.length / classes}, (_, i) => {
    const own = outputs.subarray(i * classes, (i + 1) * classes);
    return own.indexOf(Math.max(...own));
  });
}
