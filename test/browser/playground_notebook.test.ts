/** The state of the page as a notebook. */

import {execFileSync} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Page} from 'playwright-core';
import {ROOT} from '../package/build';
import {numbers, parse, usePlayground} from '../support/playground';

const {visit, data} = usePlayground();
jest.setTimeout(120_000);

describe('wasm, unless another backend is chosen: the playground', () => {
  it('the notebook trains the networks of the page to what the page shows', async () => {
    const page = await visit('#stages=free&depth=3&target=exp&noise=0.05&backend=cpu');
    await page.waitForFunction(() => /free/.test(document.querySelector('#plot-ours h2')?.textContent ?? ''));
    await page.locator('#run').click();
    await settled(page);
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#download-notebook').click()]);
    const name = download.suggestedFilename();
    await download.saveAs(join(data, name));
    const notebook = JSON.parse(readFileSync(join(data, name), 'utf8')) as {
      cells: {cell_type: string; source: string[]}[];
    };
    const [first] = notebook.cells;
    expect(first.source.join('')).toContain(page.url());
    const printed = runCells(notebook.cells);
    for (const [i, which] of ['dense', 'ours'].entries()) {
      const shown = await Promise.all(['parameters', 'regions now'].map(async (row) => (await numbers(page, row))[i]));
      const title = await page.locator(`#plot-${which} h2`).textContent();
      const found = /^(.+): (\d+) parameters, (\d+) linear regions, mean squared error (\S+)$/m;
      const [, ...said] = found.exec(printed.split('\n')[i])!;
      expect(said.slice(0, 3)).toEqual([title, ...shown]);
      const error = parse((await numbers(page, 'mean squared error'))[i]);
      expect(Math.abs(Number(said[3]) - error)).toBeLessThan(0.06 * error); // two digits are shown
    }
  });

  /** A step may be under way when training is paused. */
  async function settled(page: Page): Promise<void> {
    const epoch = () => page.locator('#epoch').textContent();
    for (let before: string | null = null; before !== (await epoch()); ) {
      before = await epoch();
      await page.waitForTimeout(500);
    }
  }

  /** What the code of a notebook prints; its kernel is stood in for by what takes its pictures. */
  function runCells(cells: {cell_type: string; source: string[]}[]): string {
    const code = cells.filter(({cell_type}) => cell_type === 'code').map(({source}) => source.join(''));
    const kernel = "import {display} from 'tslab';";
    const program = code.join('\n').replace(kernel, 'const display = {html: (_: string) => {}};');
    const file = join(ROOT, 'out/playground_notebook.mts');
    writeFileSync(file, program);
    return execFileSync(process.execPath, ['--import', 'tsx', '--conditions=tfjs-piecewise:source', file], {
      cwd: ROOT,
      encoding: 'utf8',
    });
  }
});
