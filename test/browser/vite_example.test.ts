import {type ChildProcess, execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {stripVTControlCharacters} from 'node:util';
import type {Browser} from 'playwright-core';
import {ensureBuild, ROOT} from '../package/build';
import {launchChromium} from '../support/chromium';

const VITE = join(ROOT, 'node_modules/vite/bin/vite.js');
let folder: string;
let server: ChildProcess;
let browser: Browser;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vite-example-'));
  await ensureBuild();
  const command = ['examples/vite', '--outDir', folder];
  execFileSync(process.execPath, [VITE, 'build', ...command, '--emptyOutDir'], {cwd: ROOT, stdio: 'pipe'});
  server = spawn(process.execPath, [VITE, 'preview', ...command, '--port', '0', '--host', '127.0.0.1'], {cwd: ROOT});
  browser = await launchChromium();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  server?.kill();
  rmSync(folder, {recursive: true, force: true});
});

async function address(): Promise<string> {
  let printed = '';
  while (true) {
    const [text] = await once(server.stdout!, 'data');
    printed += text;
    const found = /http:\/\/127\.0\.0\.1:\d+\//.exec(stripVTControlCharacters(printed));
    if (found) return found[0];
  }
}

it('wasm: the example for Vite trains in a worker, and its page shows the fit', async () => {
  const url = await address();
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', ({message}) => errors.push(message));
  await page.goto(url);
  await page.getByText(/^Done: epoch 300 of 300/).waitFor({timeout: 60_000});
  const status = await page.locator('#status').textContent();
  expect(status).toMatch(/mean squared error \d\.\de-[4-9] \(wasm, 8 weights\)/);
  expect((await page.locator('#fit').getAttribute('d'))!.split('L')).toHaveLength(200);
  expect(errors).toEqual([]);
}, 90_000);
