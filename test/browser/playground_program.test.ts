/** The state of the page as a program, and as a notebook: both train the networks of the page to what the page shows. */

import {execFile} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {promisify} from 'node:util';
import type {Page} from 'playwright-core';
import {installPackage, uninstall} from '../package/installed';
import {numbers, parse, paused, saveLayers, usePlayground} from '../support/playground';

const {visit} = usePlayground();
jest.setTimeout(180_000);

let folder: string;
beforeAll(async () => {
  folder = await installPackage();
}, 120_000);
afterAll(() => uninstall(folder));

interface Found {
  name: string;
  weights: string;
  pieces: string;
  rest: string;
}

/** The lines that a program prints of its networks. */
function printed(output: string): Found[] {
  const lines = output.split('\n').filter((line) => /^(dense|ours): /.test(line));
  return lines.map((line) => {
    const [, name, weights, pieces, rest] = /^(\w+): ([\d,]+) weights, ([\d,]+) [a-z ]+, (.*)$/.exec(line)!;
    return {name, weights, pieces, rest};
  });
}

async function copiedCode(page: Page): Promise<string> {
  await page.locator('#copy-code').click();
  await page.waitForFunction(() =>
    /program is in the clipboard/.test(document.querySelector('#status')?.textContent ?? ''),
  );
  return page.evaluate(() => navigator.clipboard.readText());
}

/** As its first lines say: a file of that name in a folder with the packed package. */
function run(code: string): Promise<string> {
  const name = /Save it as (\S+)(?: beside .*)?, then: npm install tfjs-piecewise @tensorflow\/tfjs && node \1/.exec(
    code,
  )![1];
  writeFileSync(join(folder, name), code);
  return node(name);
}

/** The page goes on to be served: a program may ask it for data. */
const node = async (file: string) => (await promisify(execFile)(process.execPath, [file], {cwd: folder})).stdout;

/** `apart`: pieces that the two engines of JavaScript may differ by, whose exp and log round differently. */
async function expectCurve(page: Page, found: Found[], apart = 0): Promise<void> {
  expect(found.map(({name}) => name)).toEqual(['dense', 'ours']);
  expect(found.map(({weights}) => weights)).toEqual(await numbers(page, 'weights'));
  const pieces = await numbers(page, 'pieces');
  for (const [i, one] of found.entries()) {
    expect(Math.abs(Number(one.pieces) - Number(pieces[i]))).toBeLessThanOrEqual(apart);
  }
  const shown = (await numbers(page, 'mean squared error')).map(parse);
  for (const [i, {rest}] of found.entries()) {
    const error = Number(/mean squared error (\S+)/.exec(rest)![1]);
    expect(Math.abs(error - shown[i])).toBeLessThan(0.06 * shown[i]); // two digits are shown
  }
}

const clipboard = {permissions: ['clipboard-read', 'clipboard-write']};

describe('wasm, unless another backend is chosen: the playground', () => {
  it.each([
    'target=exp&depth=3',
    'target=sine&family=wht&depth=2&units=20',
    'target=draw&family=region&depth=3&noise=0.05',
    'target=exp&stages=free&depth=3&noise=0.05',
  ])('copied code of %s runs in Node as pasted', async (hash) => {
    const page = await visit(`#${hash}&backend=cpu`, clipboard);
    await paused(page, '#epoch', hash.includes('free') ? 310 : 30);
    const code = await copiedCode(page);
    expect(code).toContain(page.url());
    await expectCurve(page, printed(await run(code)), hash.includes('free') ? 1 : 0);
  });

  it('copied code of the plane does, too', async () => {
    const page = await visit('#tab=plane&set=moons&pwidth=3&pblocks=1&backend=cpu', clipboard);
    await paused(page, '#plane-epoch', 10);
    const row = (label: string) => page.locator(`#plane-numbers tr:has(th:text-is("${label}")) td`).allTextContents();
    const found = printed(await run(await copiedCode(page)));
    expect(found.map(({weights}) => weights)).toEqual(await row('weights'));
    expect(found.map(({pieces}) => pieces)).toEqual(await row('regions'));
  });

  it('copied code of the digits trains the pair that is looked into, to the accuracy of the page', async () => {
    const page = await visit('#tab=images&epochs=2&seed=3&candidate=3&backend=cpu', clipboard);
    await page.waitForFunction(() => /All networks are/.test(document.querySelector('#status')?.textContent ?? ''));
    const label = (await page.locator('#pareto svg').getAttribute('aria-label'))!;
    const shown = (name: string) => new RegExp(`${name}, (\\d+) weights: ([\\d.]+) %`).exec(label)!.slice(1);
    const lines = (await run(await copiedCode(page)))
      .trim()
      .split('\n')
      .map((line) => /^(\w+): (\d+) weights, ([\d.]+) % of 360 test digits$/.exec(line)!.slice(1));
    // Sums in the order of another engine may turn a few of 360 images.
    const expected = [
      ['dense', ...shown('Dense, 8 units')],
      ['ours', ...shown('Ours, 128 x 1')],
    ];
    expect(lines.map(([name, weights]) => [name, weights])).toEqual(expected.map(([name, weights]) => [name, weights]));
    for (const [i, [, , accuracy]] of lines.entries()) {
      expect(Math.abs(Number(accuracy) - Number(expected[i][2]))).toBeLessThan(1.5);
    }
  });

  it('copied code of a model that was opened reads it, and finds the linear regions of the page', async () => {
    const page = await visit('#tab=model&opened=example&backend=cpu', clipboard);
    await page.locator('#opened[data-complete]').waitFor();
    const caption = await page.locator('#model-regions .picture > svg').getAttribute('aria-label');
    const [, regions] = /([\d,]+) linear regions/.exec(caption ?? '')!;
    const code = await copiedCode(page);
    expect(code).toContain('beside model.json and its weight files');
    await saveLayers(page, folder);
    const output = await run(code);
    expect(output).toContain('in all: 426 weights, 128 breakpoints');
    expect(output).toContain(`\n${regions.replace(/,/g, '')} linear regions`);
  });

  it('before there is anything to take, the page says what to do', async () => {
    const page = await visit('#tab=model', clipboard);
    for (const button of ['#copy-code', '#take-open']) {
      await page.locator(button).click();
      await page.waitForFunction(() => /choose a model/.test(document.querySelector('#status')?.textContent ?? ''));
      expect(await page.locator('#take').isVisible()).toBe(false);
      await page.evaluate(() => document.querySelector('#status')!.replaceChildren());
    }
  });
});
