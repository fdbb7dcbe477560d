/** A Fashion-MNIST model of `npm start` opens in the playground, and is as good there on every backend. */

import {existsSync, mkdirSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {gzipSync} from 'node:zlib';
import {startBackend} from '../../examples/node/backend';
import {checkpointOf, modelFolder, saveBest} from '../../examples/node/best_model';
import {type Checksums, type Dataset, loadDigits, loadFashionMnist, sha256} from '../../examples/node/datasets';
import {experimentsFor} from '../../examples/node/experiments';
import {trainRun} from '../../examples/node/training';
import {idx} from '../examples/support';
import {usePlayground} from '../support/playground';

const DEBIAN = '/usr/share/datasets/fashion-mnist';
const TRAINED_ON = 2000;

const {visit, picture, data} = usePlayground();
jest.setTimeout(120_000);

/** The images of the Debian package, or, where it is not installed, the digits as such files: 28 x 28, 3 to a pixel. */
async function images(): Promise<Dataset> {
  const folder = join(data, 'images');
  if (existsSync(DEBIAN)) {
    symlinkSync(DEBIAN, folder);
    return loadFashionMnist();
  }
  mkdirSync(folder);
  const {train, test, scaling} = loadDigits();
  const checksums: {-readonly [name in keyof Checksums]: string} = {};
  for (const [part, {x, y, count}] of Object.entries({train, t10k: test})) {
    const large = new Uint8Array(count * 28 * 28);
    for (let i = 0; i < large.length; i++) {
      const [image, row, column] = [Math.floor(i / 784), Math.floor(i / 28) % 28, i % 28].map(Math.floor);
      const [top, left] = [row, column].map((at) => Math.floor((at - 2) / 3));
      const isInside = top >= 0 && top < 8 && left >= 0 && left < 8;
      if (isInside) large[i] = 15 * Math.round(x[64 * image + 8 * top + left] * scaling.std + scaling.mean);
    }
    for (const [name, file] of Object.entries({
      [`${part}-images-idx3-ubyte`]: idx([count, 28, 28], large),
      [`${part}-labels-idx1-ubyte`]: idx([count], y),
    })) {
      writeFileSync(join(folder, `${name}.gz`), gzipSync(file));
      checksums[name] = sha256(file);
    }
  }
  return loadFashionMnist({data: folder, checksums});
}

let inNode: number;
let files: string[];

beforeAll(async () => {
  await startBackend('wasm');
  const all = await images();
  const {x, y, count} = all.train;
  const some = Math.min(count, TRAINED_ON);
  const dataset = {...all, train: {x: x.subarray(0, 784 * some), y: y.subarray(0, some), count: some}};
  const experiment = experimentsFor('fashion-mnist', 1).find(({architecture}) => architecture.name.includes('1024x2'))!;
  const {name} = experiment.architecture;
  const checkpoint = checkpointOf(data, name, 1);
  const signal = new AbortController().signal;
  const result = await trainRun(experiment, dataset, 1, {checkpoint, resume: false, signal, onEpoch: () => {}});
  await saveBest(data, name, [result], dataset);
  inNode = result.testAccuracy;
  files = ['model.json', 'weights.bin'].map((file) => join(modelFolder(data, name), file));
}, 120_000);

it('wasm, cpu, webgl and webgpu: the accuracy of Node', async () => {
  expect(inNode).toBeGreaterThan(0.5);
  const page = await visit('#tab=model&data=images', {gpu: true, viewport: {width: 500, height: 600}});
  const found: {[backend: string]: number} = {};
  await page.locator('[name="backend"]').focus(); // whether an adapter answers is asked when somebody wants to know
  for (const backend of ['wasm', 'cpu', 'webgl', 'webgpu']) {
    await page.locator('[name="backend"]').selectOption(backend);
    await page.locator('#files').setInputFiles([]); // or the same files again would be no change
    await page.locator('#files').setInputFiles(files);
    await page.locator('#opened[data-accuracy]').waitFor();
    found[backend] = Number(await page.locator('#opened').getAttribute('data-accuracy'));
    expect(await page.locator('#opened canvas').count()).toBe(24);
    await picture('fashion_mnist');
  }
  process.stderr.write(`Fashion-MNIST model: ${inNode} in Node, ${JSON.stringify(found)} in Chromium.\n`);
  // One image in 10,000 may lie on the edge between two classes.
  for (const accuracy of Object.values(found)) expect(Math.abs(accuracy - inNode)).toBeLessThanOrEqual(1e-4);
});
