/** @needs notebooks
 * The notebooks that each tab of the playground offers, run by the kernel that they ask for: tslab for JavaScript. */

import {execFile} from 'node:child_process';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {promisify} from 'node:util';
import type {Page} from 'playwright-core';
import {installPackage, uninstall} from '../package/installed';
import {numbers, paused, saveLayers, usePlayground} from '../support/playground';

const {command, tslab} = require('../../scripts/setup/notebooks_state.cjs');
const {visit} = usePlayground();
jest.setTimeout(300_000);

let folder: string;
beforeAll(async () => {
  folder = await installPackage();
  const kernel = join(folder, 'jupyter/kernels/jslab');
  mkdirSync(kernel, {recursive: true});
  const argv = [process.execPath, tslab, 'kernel', '--js', '--config-path={connection_file}'];
  writeFileSync(
    join(kernel, 'kernel.json'),
    JSON.stringify({argv, display_name: 'JavaScript', language: 'javascript'}),
  );
}, 120_000);
afterAll(() => uninstall(folder));

interface Cell {
  cell_type: string;
  source: string[];
  outputs?: {name?: string; text?: string[]; data?: {'text/html'?: string[]}}[];
}

const cellsOf = (file: string) => (JSON.parse(readFileSync(join(folder, file), 'utf8')) as {cells: Cell[]}).cells;

/** Downloads what a button of the dialog gives. */
async function take(page: Page, button: string): Promise<void> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator(button).click()]);
  await download.saveAs(join(folder, download.suggestedFilename()));
}

/** The lines that its cells print, and its pictures. An error in a cell, also one of types, ends the run. */
async function run(page: Page): Promise<{lines: string[]; pictures: string[]}> {
  await page.locator('#take-open').click();
  await take(page, '#download-notebook');
  const [title] = cellsOf('playground.ipynb');
  expect(title.source.join('')).toContain(page.url());
  const args = ['--to', 'notebook', '--execute', '--output', 'done.ipynb', 'playground.ipynb'];
  const env = {...process.env, JUPYTER_PATH: join(folder, 'jupyter')};
  await promisify(execFile)(command('jupyter-nbconvert'), args, {cwd: folder, env});
  const outputs = cellsOf('done.ipynb').flatMap((cell) => cell.outputs ?? []);
  expect(outputs.filter(({name}) => name === 'stderr')).toEqual([]);
  return {
    lines: outputs.flatMap(({text}) => text ?? []).flatMap((text) => text.trim().split('\n')),
    pictures: outputs.flatMap(({data}) => data?.['text/html']?.join('').slice(0, 4) ?? []),
  };
}

describe('wasm: the notebook of the playground', () => {
  it('of a curve trains to the pieces of the page', async () => {
    const page = await visit('#depth=3&target=exp&noise=0.05&backend=cpu');
    await paused(page, '#epoch', 20);
    const [weights, pieces] = [await numbers(page, 'weights'), await numbers(page, 'pieces')];
    const {lines, pictures} = await run(page);
    const expected = ['dense', 'ours'].map((name, i) => `${name}: ${weights[i]} weights, ${pieces[i]} pieces`);
    expect(lines.map((line) => line.replace(/, mean squared error.*/, ''))).toEqual(expected);
    expect(pictures).toEqual(['<svg', '<svg']);
  });

  it('of the plane draws both mosaics', async () => {
    const page = await visit('#tab=plane&set=moons&pwidth=3&pblocks=1&backend=cpu');
    await paused(page, '#plane-epoch', 10);
    const headlines = await page.locator('#panel-plane .headline b').allTextContents();
    const {lines, pictures} = await run(page);
    expect(lines.map((line) => /weights, (\d+) linear regions/.exec(line)?.[1])).toEqual(headlines);
    expect(pictures).toEqual(['<svg', '<svg']);
  });

  it('of the digits reads them from the page', async () => {
    const page = await visit('#tab=images&epochs=2&candidate=1&backend=cpu');
    await page.waitForFunction(() => /All networks are/.test(document.querySelector('#status')?.textContent ?? ''));
    const {lines, pictures} = await run(page);
    expect(lines).toEqual([
      expect.stringMatching(/^dense: 310 weights, \d+\.\d % of 360 test digits$/),
      expect.stringMatching(/^ours: 298 weights, \d+\.\d % of 360 test digits$/),
    ]);
    expect(pictures).toEqual(['<svg', '<svg']);
  });

  it('of a model reads it from beside itself', async () => {
    const page = await visit('#tab=model&opened=example&backend=cpu');
    await page.locator('#opened[data-complete]').waitFor();
    const label = await page.locator('#model-regions .picture > svg').getAttribute('aria-label');
    const regions = /([\d,]+) linear regions/.exec(label ?? '')![1].replace(/,/g, '');
    await saveLayers(page, folder);
    await page.locator('#take-close').click();
    const {lines, pictures} = await run(page);
    expect(lines).toContain('in all: 426 weights, 128 breakpoints, 1776 multiply-adds');
    expect(lines).toContain(`${regions} linear regions`);
    expect(pictures).toEqual(['<svg', '<svg']);
  });
});
