/** @needs tools
 *  @slow */

import {mkdirSync, readFileSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import type {Browser, BrowserContextOptions, Page} from 'playwright-core';
import {buildSite, ROOT} from '../docs/site';
import {launchChromium} from '../support/chromium';
import {serveFolders} from '../support/static_server';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
/** Of the theme of typedoc: links inside of what unfolds a section, and a level of headings that is left out. */
const NOT_OURS = {'nested-interactive': {enabled: false}, 'heading-order': {enabled: false}};
const PICTURES = join(ROOT, 'out/docs_pictures');

let folder: string;
let server: Awaited<ReturnType<typeof serveFolders>>;
let browser: Browser;
let page: Page | undefined;
let errors: string[] = [];

beforeAll(async () => {
  ({folder} = buildSite({playground: true}));
  [server, browser] = await Promise.all([serveFolders([folder]), launchChromium({gpu: false})]);
  mkdirSync(PICTURES, {recursive: true});
}, 180_000);

afterEach(async () => {
  await page?.context().close();
  const messages = errors;
  errors = [];
  expect(messages).toEqual([]);
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
  rmSync(folder, {recursive: true, force: true});
});

async function visit(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({viewport: {width: 1280, height: 800}, ...options});
  page = await context.newPage();
  page.on('pageerror', (error) => errors.push(error.stack ?? error.message));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) errors.push(message.text());
  });
  page.on('response', (response) => {
    if (response.status() >= 400) errors.push(`${response.url()} answered ${response.status()}`);
  });
  await page.goto(server.url + path);
  await page.locator('#tsd-nav-container li').first().waitFor({state: 'attached'});
  return page;
}

/** What sticks out of the window, and what lies on each other in the bar at the top. */
function misplaced(): string[] {
  const found: string[] = [];
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) found.push(`page ${document.documentElement.scrollWidth} wide`);
  const scrolls = (element: Element): boolean =>
    element !== document.body &&
    (/auto|scroll|hidden/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement!));
  for (const element of document.querySelectorAll('.col-content *')) {
    const {right, width: wide} = element.getBoundingClientRect();
    if (wide > 0 && right > width + 1 && !scrolls(element)) found.push(`${element.tagName} ends at ${right}`);
  }
  const bar = [...document.querySelectorAll('.tsd-toolbar-contents > *, #tsd-toolbar-links > a')]
    .filter((element) => element.id !== 'tsd-toolbar-links' && element.checkVisibility())
    .map((element) => element.getBoundingClientRect())
    .filter((box) => box.width > 0)
    .sort((a, b) => a.left - b.left);
  bar.forEach((box, i) => {
    if (i > 0 && box.left < bar[i - 1].right - 0.5) found.push(`bar: ${box.left} lies on ${bar[i - 1].right}`);
    if (box.right > width) found.push(`bar: ends at ${box.right}`);
  });
  return found;
}

describe('pages: the documentation,', () => {
  it.each([
    ['csv', 'Your own data'],
    ['tensorboard', 'Training'],
    ['homogeneous', 'Training'],
    ['worker', 'In a web page'],
    ['onnx', 'Save and export'],
    ['images', 'Choose a layer'],
    ['folder', 'Your own data'],
    ['nan', 'Troubleshooting'],
    ['security policy', 'In a web page'],
    ['csp', 'In a web page'],
    ['react', 'In a web page'],
    ['memory leak', 'In a web page'],
    ['gpu', 'Backends'],
    ['learning rate', 'Training'],
    ['checkpoint', 'Training'],
    ['early stopping', 'Training'],
    ['overfitting', 'Training'],
    ['freeze', 'Training'],
    ['fine-tune', 'Training'],
    ['regression', 'Your own data'],
    ['classification', 'Your own data'],
    ['save', 'Save and export'],
    ['arduino', 'Small models on phones and microcontrollers'],
    ['phone', 'Small models on phones and microcontrollers'],
    ['slow', 'Troubleshooting'],
    ['keras', 'Keras and Python: tfjs-piecewise-keras'],
    ['python', 'Keras and Python: tfjs-piecewise-keras'],
    ['quantize', 'tfjs-piecewise/exporters.quantize'],
    ['error message', 'Troubleshooting'],
    ['c code', 'Small models on phones and microcontrollers'],
    ['browser', 'In a web page'],
    ['number of parameters', 'Look inside'],
    ['dead relu', 'Look inside'],
    ['fit a curve', 'Curves'],
    ['load model', 'Save and export'],
    ['typescript', 'Troubleshooting'],
    ['unknown layer', 'Troubleshooting'],
    ['does not learn', 'Troubleshooting'],
    ['webgpu', 'Backends'],
    ['vite', 'In a web page'],
    ['missing values', 'Your own data'],
    ['tfjs-node', 'Backends'],
    ['whtProjection', 'tfjs-piecewise/layers.whtProjection'],
  ])('who searches for %s is led to %s first', async (words, title) => {
    const found = await visit('index.html');
    await found.keyboard.press('/');
    await found.locator('#tsd-search-input').fill(words);
    const first = found.locator('#tsd-search-results li').first();
    await first.waitFor();
    expect(((await first.textContent()) ?? '').replace(/\s+/g, ' ').trim()).toBe(title);
  });

  const PAGES = [
    'index.html',
    'documents/Theory.html',
    'documents/Training.html',
    'documents/Glossary.html',
    'documents/Troubleshooting.html',
    'modules/tfjs-piecewise.html',
    'functions/tfjs-piecewise_layers.whtProjection.html',
  ];

  describe.each([
    [1280, 800],
    [1920, 1080],
    [390, 844],
  ])('at %i x %i', (width, height) => {
    it.each(PAGES)('%s fits', async (path) => {
      const found = await visit(path, {viewport: {width, height}, hasTouch: width < 500});
      expect(await found.evaluate(misplaced)).toEqual([]);
      await found.screenshot({path: join(PICTURES, `${path.replace(/\W+/g, '_')}_${width}.png`)});
    });
  });

  describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
    it.each(PAGES)('%s passes axe-core', async (path) => {
      const found = await visit(path, {colorScheme, viewport: {width: 390, height: 844}});
      await found.evaluate(AXE);
      const {violations} = (await found.evaluate(`axe.run({rules: ${JSON.stringify(NOT_OURS)}})`)) as {
        violations: {id: string; nodes: {html: string; failureSummary: string}[]}[];
      };
      expect(violations.map(({id, nodes}) => [id, nodes.map(({html}) => html.slice(0, 120))])).toEqual([]);
      await found.screenshot({path: join(PICTURES, `${path.replace(/\W+/g, '_')}_${colorScheme}.png`)});
    });
  });

  it('a button switches between light and dark, and the choice stays', async () => {
    const found = await visit('index.html', {colorScheme: 'light'});
    const background = () => found.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await background();
    await found.getByRole('button', {name: 'Dark'}).click();
    const dark = await background();
    expect(dark).not.toBe(light);
    await found.reload();
    await found.getByRole('button', {name: 'Light'}).waitFor();
    expect(await background()).toBe(dark);
  });

  it.each([1280, 390])(
    '%i pixels wide, the playground is one or two clicks away, and the way back one',
    async (width) => {
      const found = await visit('documents/Training.html', {viewport: {width, height: 844}});
      const link = found.getByRole('link', {name: 'Playground'}).filter({visible: true});
      if ((await link.count()) === 0) await found.locator('#tsd-toolbar-menu-trigger').click();
      await link.first().click();
      expect(await found.locator('h1').textContent()).toBe('tfjs-piecewise');
      await found.locator('#tab-plane').waitFor();
      await found.getByRole('link', {name: 'Docs'}).click();
      await found.locator('#tsd-nav-container li').first().waitFor({state: 'attached'});
      expect(new URL(found.url()).pathname).toBe('/index.html');
    },
  );

  it('formulas are drawn, not written', async () => {
    const found = await visit('documents/Theory.html');
    expect(await found.locator('math').count()).toBeGreaterThan(10);
    expect(await found.locator('.col-content').textContent()).not.toContain('$');
  });

  it('modules have their import names, and a summary each', async () => {
    const {exports} = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    const found = await visit('modules.html');
    const shown = await found.locator('.tsd-member-summary-name').allInnerTexts();
    const wanted = Object.keys(exports)
      .filter((name) => !/package.json|ops|projection/.test(name))
      .map((name) => `tfjs-piecewise${name.slice(1)}`);
    expect(shown.map((name) => name.trim()).sort()).toEqual(expect.arrayContaining(wanted.sort()));
    const silent = await found
      .locator('dd.tsd-member-summary')
      .filter({hasText: /^\s*$/})
      .evaluateAll((summaries) =>
        summaries.map((summary) => summary.previousElementSibling?.textContent?.trim() ?? ''),
      );
    expect(silent.filter((name) => wanted.includes(name))).toEqual([]);
  });
});
