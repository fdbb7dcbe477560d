import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {gzipSync} from 'node:zlib';
import * as tf from '@tensorflow/tfjs';
import type {Browser} from 'playwright-core';
import {exporters, layers} from 'tfjs-piecewise';
import {disturb} from '../interop/support/every_layer';
import {launchChromium} from '../support/chromium';
import {expectClose} from '../support/close';
import {uniform} from '../support/random';

/** Nothing but scripts from here: no eval, no wasm but where it is said, nothing inline. */
const policy = (wasm: boolean) =>
  `default-src 'none'; script-src 'self'${wasm ? " 'wasm-unsafe-eval'" : ''}; worker-src 'self'; img-src data:; require-trusted-types-for 'script'`;

const PAGE = `<!doctype html><meta charset="utf-8"><title>Digits</title><link rel="icon" href="data:,">
<body><h1>Digits</h1><p id="answer"></p><script type="module" src="./page.js"></script>`;
const SCRIPT = `import {labels, predict} from './model.js';
const policy = globalThis.trustedTypes.createPolicy('own', {createScriptURL: (url) => url});
globalThis.predict = (x) => [...predict(x)];
globalThis.predictInWorker = (x) => new Promise((resolve, reject) => {
  const worker = new Worker(policy.createScriptURL('./worker.js'), {type: 'module'});
  worker.onmessage = ({data}) => resolve(data);
  worker.onerror = () => reject(new Error('The worker failed.'));
  worker.postMessage(x);
});
document.querySelector('#answer').textContent = labels.join(' ');`;
const WORKER = `import {predict} from './model.js';
onmessage = ({data}) => postMessage([...predict(data)]);`;

let server: Server;
let browser: Browser;
let transferred = 0;
const model = tf.sequential({
  layers: [
    layers.whtProjection({units: 256, seed: 1, inputShape: [64]}),
    layers.reluPair(),
    layers.whtProjection({units: 256, seed: 2}),
    layers.reluPair(),
    layers.whtProjection({units: 256, seed: 3}),
    tf.layers.dense({units: 10}),
  ],
});
const labels = [...'0123456789'];

beforeAll(async () => {
  disturb(model);
  model.setUserDefinedMetadata({labels: ['</script><script>hit = 1</script>', ...labels.slice(1)]});
  const sources = {
    plain: (await exporters.toJavaScript(model, {weights: 'uint8'})).source,
    simd: (await exporters.toJavaScript(model, {weights: 'uint8', simd: true})).source,
  };
  const files: {[name: string]: string} = {'': PAGE, 'page.js': SCRIPT, 'worker.js': WORKER};
  // /MODULE/POLICY/FILE
  server = createServer(({url = '/'}, response) => {
    const [, module, wasm, file] = url.split('/');
    const text = file === 'model.js' ? sources[module as keyof typeof sources] : files[file];
    const body = gzipSync(text ?? '');
    transferred += body.length;
    const type = file === '' ? 'text/html' : 'text/javascript';
    const headers = {'Content-Security-Policy': policy(wasm === 'wasm'), 'Content-Type': type};
    response.writeHead(text === undefined ? 404 : 200, {...headers, 'Content-Encoding': 'gzip'}).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  await new Promise((resolve) => server.close(resolve));
  model.dispose();
});

/** What the page and its worker give for a sample, and the errors that the page shows. */
async function predictions(path: string, x: readonly number[]) {
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/${path}/`);
  expect(await page.textContent('#answer')).toBe(`</script><script>hit = 1</script> ${labels.slice(1).join(' ')}`);
  type Global = {predict(x: readonly number[]): number[]; predictInWorker(x: readonly number[]): Promise<number[]>};
  const y = await page.evaluate((given) => (globalThis as unknown as Global).predict(given), x);
  const inWorker = await page.evaluate((given) => (globalThis as unknown as Global).predictInWorker(given), x);
  expect(await page.evaluate(() => 'hit' in globalThis)).toBe(false);
  await page.close();
  return {y, inWorker, errors};
}

const x = Array.from(uniform(64, 1, -1, 2));

it('JavaScript alone: a page under a strict policy predicts, also in a worker, for less than 20 kB of transfer', async () => {
  const {y, inWorker, errors} = await predictions('plain/strict', x);
  expect(transferred).toBeLessThan(20_000);
  const expected = tf.tidy(() => (model.predict(tf.tensor2d(x, [1, 64])) as tf.Tensor).dataSync());
  expectClose(y, expected, {relative: 0.02});
  expect(inWorker).toEqual(y);
  expect(errors).toEqual([]);
});

it('with simd: WebAssembly where the policy allows it, and the same numbers as JavaScript alone where it does not', async () => {
  const [plain, forbidden, allowed] = await Promise.all(
    ['plain/strict', 'simd/strict', 'simd/wasm'].map((path) => predictions(path, x)),
  );
  expect(forbidden).toEqual({y: plain.y, inWorker: plain.y, errors: []});
  // In single precision.
  expect(allowed.y).not.toEqual(plain.y);
  expectClose(allowed.y, plain.y, {relative: 1e-6});
  expect(allowed).toEqual({y: allowed.y, inWorker: allowed.y, errors: []});
});
