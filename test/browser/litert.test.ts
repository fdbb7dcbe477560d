/** @needs litert */

import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import {build} from 'esbuild';
import type {Browser, Page} from 'playwright-core';
import {exporters} from 'tfjs-piecewise';
import {outputsOf} from '../interop/support/cases';
import {beyondKeras, disturb, everyLayer} from '../interop/support/every_layer';
import {LAYER_ROWS, modelOf} from '../interop/support/layer_rows';
import {ROWS} from '../layers/layer_cases';
import {launchChromium} from '../support/chromium';
import {expectClose} from '../support/close';
import {uniform} from '../support/random';
import {serveFolders} from '../support/static_server';

const {installedFolder, packagePath} = require('../../scripts/setup/packages.cjs') as {
  installedFolder(set: string): string;
  packagePath(set: string, file: string): string;
};

/** Loads a model, and runs it on numbers of the shapes given. */
const PAGE = `
import {loadAndCompile, loadLiteRt, Tensor} from '@litertjs/core';
const loaded = loadLiteRt('/wasm/');
globalThis.run = async (url, inputs) => {
  await loaded;
  const model = await loadAndCompile(url, {accelerator: 'wasm'});
  const tensors = inputs.map(({data, shape}) => new Tensor(Float32Array.from(data), shape));
  const results = await model.run(tensors);
  const values = results.map((result) => [...result.toTypedArray()]);
  for (const tensor of [...tensors, ...results]) tensor.delete();
  model.delete();
  return values;
};`;

const MODELS: [title: string, make: () => tf.LayersModel][] = [
  ['every layer', everyLayer],
  ['layers that Keras lacks', beyondKeras],
  ...ROWS.map(({title, make, inputShape}): [string, () => tf.LayersModel] => [
    title,
    () => tf.sequential({layers: [make({inputShape})]}),
  ]),
  ...LAYER_ROWS.map((row): [string, () => tf.LayersModel] => [row.title, () => modelOf(row)]),
];

const folder = mkdtempSync(join(tmpdir(), 'litert-page-'));
let server: Awaited<ReturnType<typeof serveFolders>>;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  await build({
    stdin: {contents: PAGE, resolveDir: installedFolder('litert')},
    bundle: true,
    format: 'esm',
    outfile: join(folder, 'page.js'),
    logLevel: 'error',
  });
  writeFileSync(join(folder, 'index.html'), '<!doctype html><script type="module" src="/page.js"></script>');
  mkdirSync(join(folder, 'models'));
  server = await serveFolders([folder, packagePath('litert', '@litertjs/core')]);
  browser = await launchChromium({gpu: false});
  page = await browser.newPage();
  await page.goto(server.url);
  await page.waitForFunction('globalThis.run');
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
  rmSync(folder, {recursive: true});
});

interface Input {
  data: number[];
  shape: number[];
}

/** What LiteRT.js gives on the CPU for a sample. */
async function run(bytes: Uint8Array, inputs: Input[]): Promise<number[][]> {
  writeFileSync(join(folder, 'models', 'model.tflite'), bytes);
  type Global = {run(url: string, inputs: Input[]): Promise<number[][]>};
  return page.evaluate(([url, given]) => (globalThis as unknown as Global).run(url, given), [
    `/models/model.tflite?${Math.random()}`,
    inputs,
  ] as const);
}

describe.each(['float32', 'int8'] as const)('LiteRT.js in a page, weights of %s', (weights) => {
  it.each(weights === 'float32' ? MODELS : MODELS.slice(0, 1))('gives the outputs of %s', async (_, make) => {
    const model = make();
    disturb(model);
    const inputs = model.inputs.map(({shape}, i): Input => {
      const full = [1, ...(shape.slice(1) as number[])];
      return {shape: full, data: [...uniform(tf.util.sizeFromShape(full), i + 1, -1, 2)]};
    });
    const tensors = inputs.map(({data, shape}) => tf.tensor(data, shape));
    const expected = outputsOf(model, tensors);
    const ys = await run(await exporters.toLiteRT(model, {weights}), inputs);
    const close = weights === 'int8' ? 0.05 : 1e-5;
    for (const [i, y] of ys.entries()) expectClose(y, expected[i], {relative: close, absolute: close});
    expect(ys.length).toBe(expected.length);
    tf.dispose(tensors);
  });
});
