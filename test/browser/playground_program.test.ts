/** The state of the page as a program, and as a notebook: both train the networks of the page to what the page shows. */

import {execFileSync} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Page} from 'playwright-core';
import {installPackage, uninstall} from '../package/installed';
import {numbers, parse, usePlayground} from '../support/playground';

const {visit, data} = usePlayground();
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

/** Pauses once some epochs are trained; a step may be under way. */
async function paused(page: Page, epoch: string, least: number): Promise<void> {
  const shown = () => page.locator(epoch).textContent();
  await page.waitForFunction(
    ([selector, epochs]) => Number(document.querySelector(selector as string)?.textContent) >= (epochs as number),
    [epoch, least],
  );
  await page.locator('#run').click();
  for (let before: string | null = null; before !== (await shown()); ) {
    before = await shown();
    await page.waitForTimeout(500);
  }
}

async function copiedCode(page: Page): Promise<string> {
  await page.locator('#copy-code').click();
  await page.waitForFunction(() =>
    /program is in the clipboard/.test(document.querySelector('#status')?.textContent ?? ''),
  );
  return page.evaluate(() => navigator.clipboard.readText());
}

/** As its first lines say: a file of that name in a folder with the packed package. */
function run(code: string): string {
  const name = /Save it as (\S+), then: npm install tfjs-piecewise @tensorflow\/tfjs && node \1/.exec(code)![1];
  writeFileSync(join(folder, name), code);
  return execFileSync(process.execPath, [name], {cwd: folder, encoding: 'utf8', stdio: 'pipe'});
}

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
    await expectCurve(page, printed(run(code)), hash.includes('free') ? 1 : 0);
  });

  it('copied code of the plane does, too', async () => {
    const page = await visit('#tab=plane&set=moons&pwidth=3&pblocks=1&backend=cpu', clipboard);
    await paused(page, '#plane-epoch', 10);
    const row = (label: string) => page.locator(`#plane-numbers tr:has(th:text-is("${label}")) td`).allTextContents();
    const found = printed(run(await copiedCode(page)));
    expect(found.map(({weights}) => weights)).toEqual(await row('weights'));
    expect(found.map(({pieces}) => pieces)).toEqual(await row('regions'));
  });

  it('the notebook is the same program in cells', async () => {
    const page = await visit('#depth=3&target=exp&noise=0.05&backend=cpu');
    await paused(page, '#epoch', 20);
    await page.locator('#take-open').click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#download-notebook').click()]);
    const file = join(data, download.suggestedFilename());
    await download.saveAs(file);
    const {cells} = JSON.parse(readFileSync(file, 'utf8')) as {cells: {cell_type: string; source: string[]}[]};
    expect(cells[0].source.join('')).toContain(page.url());
    const code = cells.filter(({cell_type}) => cell_type === 'code').map(({source}) => source.join(''));
    // The kernel is stood in for by what takes its pictures.
    const kernel = "import {display} from 'tslab';";
    expect(code[0]).toContain(kernel);
    const program = code.join('\n').replace(kernel, 'const display = {html: (svg) => console.log(svg.slice(0, 4))};');
    writeFileSync(join(folder, 'notebook.mjs'), program);
    const output = execFileSync(process.execPath, ['notebook.mjs'], {cwd: folder, encoding: 'utf8', stdio: 'pipe'});
    expect(output.match(/^<svg$/gm)).toHaveLength(2);
    await expectCurve(page, printed(output));
  });
});
