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

/** Nothing but scripts from here: no eval, no wasm, nothing inline. */
const POLICY =
  "default-src 'none'; script-src 'self'; worker-src 'self'; img-src data:; require-trusted-types-for 'script'";

const PAGE = `<!doctype html><meta charset="utf-8"><title>Digits</title><link rel="icon" href="data:,">
<body><h1>Digits</h1><p id="answer"></p><script type="module" src="/page.js"></script>`;
const SCRIPT = `import {labels, predict} from '/model.js';
const policy = globalThis.trustedTypes.createPolicy('own', {createScriptURL: (url) => url});
globalThis.predict = (x) => [...predict(x)];
globalThis.predictInWorker = (x) => new Promise((resolve, reject) => {
  const worker = new Worker(policy.createScriptURL('/worker.js'), {type: 'module'});
  worker.onmessage = ({data}) => resolve(data);
  worker.onerror = () => reject(new Error('The worker failed.'));
  worker.postMessage(x);
});
document.querySelector('#answer').textContent = labels.join(' ');`;
const WORKER = `import {predict} from '/model.js';
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
  const {source} = await exporters.toJavaScript(model, {weights: 'uint8'});
  const files: {[url: string]: string} = {'/': PAGE, '/page.js': SCRIPT, '/worker.js': WORKER, '/model.js': source};
  server = createServer(({url = '/'}, response) => {
    const body = gzipSync(files[url] ?? '');
    transferred += body.length;
    const type = url === '/' ? 'text/html' : 'text/javascript';
    const headers = {'Content-Security-Policy': POLICY, 'Content-Type': type, 'Content-Encoding': 'gzip'};
    response.writeHead(url in files ? 200 : 404, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  await new Promise((resolve) => server.close(resolve));
  model.dispose();
});

it('JavaScript alone: a page under a strict policy predicts, also in a worker, for less than 20 kB of transfer', async () => {
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  expect(await page.textContent('#answer')).toBe(`</script><script>hit = 1</script> ${labels.slice(1).join(' ')}`);
  expect(transferred).toBeLessThan(20_000);
  const x = Array.from(uniform(64, 1, -1, 2));
  type Global = {predict(x: number[]): number[]; predictInWorker(x: number[]): Promise<number[]>};
  const y = await page.evaluate((given) => (globalThis as unknown as Global).predict(given), x);
  const inWorker = await page.evaluate((given) => (globalThis as unknown as Global).predictInWorker(given), x);
  const expected = tf.tidy(() => (model.predict(tf.tensor2d(x, [1, 64])) as tf.Tensor).dataSync());
  expectClose(y, expected, {relative: 0.02});
  expect(inWorker).toEqual(y);
  expect(await page.evaluate(() => 'hit' in globalThis)).toBe(false);
  expect(errors).toEqual([]);
});
