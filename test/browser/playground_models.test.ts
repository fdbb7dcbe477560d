/** Models go out of the playground and come in: those of Node give the same accuracy, hostile ones are refused. */

import {execFileSync} from 'node:child_process';
import {mkdirSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {gzipSync} from 'node:zlib';
import * as tf from '@tensorflow/tfjs';
import 'tfjs-piecewise';
import type {Page} from 'playwright-core';
import {fileSystem} from 'tfjs-piecewise/node';
import {batch} from '../../examples/node/batch';
import {type Dataset, loadDigits} from '../../examples/node/datasets';
import {wht} from '../../examples/node/models';
import {compile} from '../../examples/node/recipe';
import {accuracy} from '../../examples/node/training';
import {idx} from '../examples/support';
import {runAll, written} from '../interop/support/cases';
import {ROOT} from '../package/build';
import {expectClose} from '../support/close';
import {numbers, trained, usePlayground} from '../support/playground';

const {visit, picture, data} = usePlayground();
jest.setTimeout(120_000);

describe('wasm, unless another backend is chosen: the playground', () => {
  let dataset: Dataset;
  let inNode: number;
  const saved = join(data, 'model');
  const path = (name: string) => join(saved, name);

  beforeAll(async () => {
    await tf.setBackend('cpu');
    dataset = loadDigits();
    const model = wht({inputs: 64, classes: 10, width: 64, blocks: 2, parametersPerBreakpoint: 2}).build(1);
    const recipe = {learningRate: 0.03, weightDecay: 0, labelSmoothing: 0, batchSize: 100, epochs: 1};
    const {optimizer} = compile(model, recipe);
    for (let step = 0; step < 10; step++) {
      const rows = Int32Array.from({length: 100}, (_, i) => 100 * step + i);
      const [x, y] = batch(dataset.train, rows, 10);
      await model.trainOnBatch(x, y);
      tf.dispose([x, y]);
    }
    optimizer.dispose();
    inNode = accuracy(model, dataset.test, dataset);
    const {scaling} = dataset;
    await saveAs('model', 'digits');
    await saveAs('clothes', 'fashion-mnist');
    writeImages();

    async function saveAs(folder: string, name: string): Promise<void> {
      model.setUserDefinedMetadata({name: 'wht 64x2', dataset: name, scaling, testAccuracy: inNode, output: 'logits'});
      await model.save(fileSystem(join(data, folder)));
    }
  }, 60_000);

  /** The test images as the two files in which Fashion-MNIST is published. */
  function writeImages(): void {
    const {x, y, count} = dataset.test;
    const {mean, std} = dataset.scaling;
    const pixels = Uint8Array.from(x, (value) => Math.round(value * std + mean));
    mkdirSync(join(data, 'images'));
    const write = (name: string, file: Uint8Array) => writeFileSync(join(data, 'images', `${name}.gz`), gzipSync(file));
    write('t10k-images-idx3-ubyte', idx([count, 8, 8], pixels));
    write('t10k-labels-idx1-ubyte', idx([count], y));
  }

  async function open(page: Page, files: string[]): Promise<void> {
    await page.locator('#files').setInputFiles(files);
    await page.waitForFunction(() => !/^(Reading …)?$/.test(document.querySelector('#opened')?.textContent ?? ''));
  }

  const accuracyShown = (page: Page) => page.locator('#opened').getAttribute('data-accuracy');
  // One page for all that is opened: what was opened before must not matter.
  let page: Page;

  it('a model that Node trained gets the same accuracy on the digits', async () => {
    expect(inNode).toBeGreaterThan(0.3);
    page = await visit('#tab=model');
    await open(page, [path('model.json'), path('weights.bin')]);
    expect(Number(await accuracyShown(page))).toBe(inNode);
    const shown = `${(100 * inNode).toFixed(1)} %`;
    expect(await page.locator('#opened dd').allTextContents()).toEqual(
      expect.arrayContaining(['wht 64x2', shown, shown]),
    );
    expect(await page.locator('#opened canvas').count()).toBe(24);
    await page.locator('#opened[data-complete]').waitFor();
    expect(await page.locator('#model-report tbody tr').count()).toBe(5); // four layers, and all
    expect(await page.locator('#model-network .picture > svg').count()).toBe(1);
    const regions = await page.locator('#model-regions .picture > svg').getAttribute('aria-label');
    expect(Number(/([\d,]+) linear regions/.exec(regions ?? '')?.[1].replace(/,/g, ''))).toBeGreaterThan(20);
    await picture('opened');
  });

  it('a model of other data, with its images chosen or at an address', async () => {
    const model = ['model.json', 'weights.bin'].map((name) => join(data, 'clothes', name));
    await open(page, model);
    expect(await page.locator('#opened').textContent()).toContain(
      'trained on fashion-mnist, whose test images are not in',
    );
    const images = readdirSync(join(data, 'images')).map((name) => join(data, 'images', name));
    await open(page, [...images, ...model]);
    expect(Number(await accuracyShown(page))).toBe(inNode);
    await page.locator('[name="data"]').fill('./images');
    await open(page, model);
    expect(Number(await accuracyShown(page))).toBe(inNode);
    expect(await page.evaluate(() => location.hash)).toContain('data=.%2Fimages');
  });

  it('hostile files are refused with a message, and the page goes on', async () => {
    const json = readFileSync(path('model.json'), 'utf8');
    const weights = readFileSync(path('weights.bin'));
    const cases: [string, string, Uint8Array, RegExp][] = [
      ['path', json.replace('weights.bin', '../../../weights.bin'), weights, /must lie in its folder/],
      ['key', json.replace('{', '{"__proto__": {"polluted": 1},'), weights, /has the key "__proto__"/],
      ['class', json.replace('"class_name":"Dense"', '"class_name":"Evil"'), weights, /Unknown layer: Evil/],
      ['units', json.replace('"units":64', '"units":4000000000'), weights, /units is 4000000000, more than/],
      ['shape', json.replace('"shape":[64,10]', '"shape":[640000,100000]'), weights, /bytes, but model.json expects/],
      ['bytes', json, weights.subarray(0, 100), /has 100 bytes, but model.json expects \d+ bytes of weights/],
      ['cut', json.slice(0, 500), weights, /is not JSON, or was cut off/],
    ];
    for (const [name, changed, bytes, message] of cases) {
      expect(changed === json).toBe(name === 'bytes');
      const folder = join(data, 'hostile', name);
      mkdirSync(folder, {recursive: true});
      writeFileSync(join(folder, 'model.json'), changed);
      writeFileSync(join(folder, 'weights.bin'), bytes);
      await open(
        page,
        ['model.json', 'weights.bin'].map((file) => join(folder, file)),
      );
      expect(await page.locator('#opened .bad').textContent()).toMatch(message);
    }
    await open(page, [path('weights.bin')]);
    expect(await page.locator('#opened .bad').textContent()).toMatch(/there must be one .json file/);
    await open(page, [path('model.json'), path('weights.bin')]);
    expect(Number(await accuracyShown(page))).toBe(inNode);
  });

  it('what is downloaded loads in Node and in ONNX Runtime, with the weights of the page', async () => {
    const page = await visit('#family=wht&depth=2&target=sine');
    await trained(page, 20);
    await page.locator('#run').click();
    const folder = join(data, 'downloaded');
    const files: string[] = [];
    page.on('download', async (download) => {
      await download.saveAs(join(folder, download.suggestedFilename()));
      files.push(download.suggestedFilename());
    });
    await page.locator('#take-open').click();
    for (const format of ['layers', 'onnx', 'litert', 'javascript', 'c']) {
      await page.locator(`#take [data-format="${format}"]`).click();
    }
    const expected = ['model.c', 'model.h', 'model.json', 'model.mjs', 'model.onnx', 'model.tflite', 'weights.bin'];
    for (let i = 0; i < 200 && files.length < expected.length; i++) await page.waitForTimeout(50);
    expect(files.sort()).toEqual(expected);
    const model = await tf.loadLayersModel(fileSystem(folder));
    const [, parameters] = await numbers(page, 'weights');
    expect(model.countParams()).toBe(Number(parameters));
    const x = tf.linspace(0, 1, 256).reshape([256, 1]);
    const outputs = [await (model.predict(x) as tf.Tensor).data<'float32'>()];
    const errors = Array.from(outputs[0], (value, i) => Math.abs(value - (Math.sin((2 * Math.PI * i) / 255) + 1) / 2));
    const [, shown] = await numbers(page, 'largest error');
    expect(Math.max(...errors)).toBeCloseTo(Number(shown), 2);
    writeFileSync(join(folder, 'input0.bin'), await x.data());
    writeFileSync(join(folder, 'inputs.json'), JSON.stringify([{name: model.inputNames[0], shape: x.shape}]));
    const program = `import {predict} from './model.mjs'; console.log(predict([0.25])[0])`;
    writeFileSync(join(folder, 'predict.mjs'), program);
    const predicted = Number(execFileSync(process.execPath, [join(folder, 'predict.mjs')], {encoding: 'utf8'}));
    const quarter = (model.predict(tf.tensor2d([[0.25]])) as tf.Tensor).dataSync()[0];
    expect(Math.abs(predicted - quarter)).toBeLessThan(1e-4);
    expect(readFileSync(join(folder, 'model.c'), 'utf8')).toContain('void model(const float *x, float *y)');
    expect(readFileSync(join(folder, 'model.tflite')).toString('latin1', 4, 8)).toBe('TFL3');
    const onnx = {title: 'the download', folder, outputs};
    runAll(process.execPath, 'run_onnx.cjs', 'node', [onnx]);
    expectClose(written(onnx, 'node')[0], outputs[0], {relative: 1e-5, absolute: 1e-5});
  });

  it('the digits train: accuracy rises for both families, and predictions are shown', async () => {
    const page = await visit('#tab=images&epochs=2');
    await page.waitForFunction(() =>
      /All networks are trained/.test(document.querySelector('#status')?.textContent ?? ''),
    );
    expect(await page.locator('#pareto circle').count()).toBe(10);
    const label = (await page.locator('#pareto svg').getAttribute('aria-label'))!;
    const best = (family: string) =>
      Math.max(...[...label.matchAll(new RegExp(`${family}[^;]*: ([\\d.]+) %`, 'g'))].map((match) => Number(match[1])));
    expect(best('Ours')).toBeGreaterThan(70);
    expect(best('Dense')).toBeGreaterThan(50);
    await page.waitForFunction(() => document.querySelectorAll('#judgement canvas').length === 24);
    await page.locator('#candidate').selectOption('9');
    await page.locator('#judgement summary').click();
    expect(await page.locator('#judgement .confusion td').count()).toBe(101);
    expect(await page.locator('#progress-text').textContent()).toBe('Done: 10 networks, 2 epochs each');
    expect(await page.locator('#digits-verdict').textContent()).toMatch(/(won|Level within chance) at about [\d,]+/);
    expect(await page.locator('#recorded-verdict').textContent()).toMatch(
      /^The transform over channels against the better convolutional network: [a-z ]+ at .* catches up with transforms in all blocks\.$/,
    );
    await picture('digits');
  });

  it('what was trained on another tab is looked into, and what cannot be read has clear words', async () => {
    const page = await visit('#tab=plane&set=circle');
    await page.waitForFunction(() => Number(document.querySelector('#plane-epoch')?.textContent) >= 2);
    await page.locator('#take-open').click();
    await page.locator('#inspect').click();
    await page.locator('#opened[data-complete]').waitFor();
    expect(await page.locator('#model-regions').textContent()).toContain('Its two inputs');
    const swish = tf.sequential({layers: [tf.layers.dense({units: 3, activation: 'swish', inputShape: [2]})]});
    await swish.save(fileSystem(join(data, 'swish')));
    await open(
      page,
      ['model.json', 'weights.bin'].map((file) => join(data, 'swish', file)),
    );
    await page.locator('#opened[data-complete]').waitFor();
    expect(await page.locator('#model-regions').textContent()).toMatch(/This cannot be shown.*swish/);
    expect(await page.locator('#model-report tbody tr').count()).toBe(2);
  });

  it('is as small as it was', () => {
    const folder = join(ROOT, 'out/playground/assets');
    const sizes = readdirSync(folder).map((name) => ({name, kB: statSync(join(folder, name)).size / 1000}));
    const scripts = sizes.filter(({name}) => name.endsWith('.js'));
    const total = sizes.reduce((sum, {kB}) => sum + kB, 0);
    // What the page loads by itself: everything but the worker and the backends.
    const own = scripts.filter(
      ({name}) =>
        /^(index|curve|plane|images|model|program|tab|random|judgement|half_life)/.test(name) && !isWorker(name),
    );
    const page = own.reduce((sum, {kB}) => sum + kB, 0);
    process.stderr.write(`Playground: ${page.toFixed(0)} kB of page scripts, ${total.toFixed(0)} kB in all.\n`);
    expect(page).toBeLessThan(119); // 6 of them are programs to copy, which load when somebody asks
    expect(total).toBeLessThan(3755);
    // Programs to copy have a space before the name; minified imports have none.
    for (const {name} of scripts) expect(readFileSync(join(folder, name), 'utf8')).not.toMatch(/from["'`]node:/);
  });

  const isWorker = (name: string) => statSync(join(ROOT, 'out/playground/assets', name)).size > 1e6;
});
