import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Browser, Page} from 'playwright-core';
import {ensureBuild, ROOT} from '../package/build';
import {launchChromium} from '../support/chromium';

let browser: Browser;

beforeAll(async () => {
  [browser] = await Promise.all([launchChromium({gpu: false}), ensureBuild()]);
}, 120_000);

afterAll(() => browser?.close());

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const manifest = JSON.parse(read('package.json'));

/** What a content delivery network would send: an address without a file is that of a field of package.json. */
function fileOf(address: string): string | null {
  const {hostname, pathname} = new URL(address);
  const field = {'cdn.jsdelivr.net': 'jsdelivr', 'unpkg.com': 'unpkg'}[hostname];
  const [, name, path] = /^(?:\/npm)?\/((?:@[^/]+\/)?[^@/]+)@[\d.]+(\/.+)?$/.exec(pathname) ?? [];
  if (!field || !name) return null;
  const folder = name === 'tfjs-piecewise' ? ROOT : join(ROOT, 'node_modules', name);
  const own = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = join(folder, path ?? own[field]);
  return existsSync(file) ? file : null;
}

/** A page of this text, to which the networks send local files; what went wrong is kept. */
async function open(html: string): Promise<{page: Page; errors: string[]; requests: string[]}> {
  const page = await browser.newPage();
  const [errors, requests]: string[][] = [[], []];
  page.on('pageerror', ({message}) => errors.push(message));
  await page.route('**/*', (route) => {
    const address = route.request().url();
    if (address === 'https://page.test/') return route.fulfill({contentType: 'text/html', body: html});
    requests.push(address);
    const file = fileOf(address);
    const headers = {'access-control-allow-origin': '*'};
    return file
      ? route.fulfill({path: file, contentType: 'text/javascript', headers})
      : route.fulfill({status: 404, body: 'not found'});
  });
  await page.goto('https://page.test/');
  return {page, errors, requests};
}

it('cpu: the page without a bundler trains, and shows its fit', async () => {
  const html = read('examples/cdn/index.html');
  const {page, errors, requests} = await open(html);
  await page.locator('#fit svg').waitFor({timeout: 60_000});
  expect(errors).toEqual([]);
  expect(requests.filter((address) => !address.includes('favicon'))).toHaveLength(2);
  const title = await page.locator('#fit svg title').first().textContent();
  expect(title).toBe('sin x');
  expect(await page.locator('#fit svg circle').count()).toBeGreaterThan(5);
  expect(html.trim().split('\n').length).toBeLessThanOrEqual(14);
  expect(html).toContain(`tfjs-piecewise@${manifest.version}'`);
  await page.close();
}, 90_000);

it('cpu: the guide shows this page', () => {
  expect(read('docs/guides/web_page.md')).toContain(read('examples/cdn/index.html'));
});

const script = (body: string) => `<!doctype html><body></body><script type="module">${body}</script>`;

it('cpu: the other network, TensorFlow.js as a module, every layer and every kernel', async () => {
  const {page, errors} = await open(
    script(`
      globalThis.tf = await import('https://cdn.jsdelivr.net/npm/@tensorflow/tfjs@4.22.0/dist/tf.fesm.min.js');
      const pw = await import('https://unpkg.com/tfjs-piecewise@0.1.0');
      await tf.setBackend('cpu');
      const kernels = ['cpu', 'wasm', 'webgl', 'webgpu'].map((name) => Boolean(tf.getKernel('WalshHadamard', name)));
      const layers = [pw.layers.whtProjection({units: 8, inputShape: [2]}), pw.layers.reluPair(), pw.layers.regionDense({units: 1})];
      const model = tf.sequential({layers});
      model.compile({optimizer: pw.optimizers.adamW(), loss: 'meanSquaredError'});
      const {history} = await model.fit(tf.ones([8, 2]), tf.ones([8, 1]), {epochs: 2, verbose: 0});
      document.body.textContent = JSON.stringify({kernels, losses: history.loss.length});`),
  );
  await page.getByText('losses').waitFor({timeout: 60_000});
  expect(errors).toEqual([]);
  expect(JSON.parse((await page.textContent('body'))!)).toEqual({kernels: [true, true, true, true], losses: 2});
  await page.close();
}, 90_000);

it('cpu: says what is missing where TensorFlow.js is', async () => {
  const {page, errors} = await open(script(`import 'https://unpkg.com/tfjs-piecewise@0.1.0';`));
  if (errors.length === 0) await page.waitForEvent('pageerror');
  expect(errors.join()).toMatch(
    /tfjs-piecewise: TensorFlow.js must be the global tf, but received undefined. Put <script/,
  );
  await page.close();
});
