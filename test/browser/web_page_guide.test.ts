import {execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';
import {copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {stripVTControlCharacters} from 'node:util';
import type {Browser, Page} from 'playwright-core';
import {installPackage, uninstall} from '../package/installed';
import {launchChromium} from '../support/chromium';
import {serveFolders} from '../support/static_server';

const ROOT = join(__dirname, '../..');
const TFJS = join(ROOT, 'node_modules/@tensorflow/tfjs/dist');
const guide = readFileSync(join(ROOT, 'docs/guides/web_page.md'), 'utf8');

/** The text under a heading, down to the next of that level or above. */
const section = (heading: string) => guide.split(`${heading}\n`)[1].split(/\n##+ /)[0];

/** The blocks of a text that says under which names to save them. */
function saved(text: string): [name: string, content: string][] {
  const blocks = text.matchAll(/[Ss]ave this as `([\w.]+)`[^\n]*:\n+```\w+\n(.*?)```/gs);
  return [...blocks].map(([, name, content]) => [name, content]);
}

let installed: string;
let site: string;
let browser: Browser;
let page: Page;
let errors: string[];

beforeAll(async () => {
  [installed, browser] = await Promise.all([installPackage(), launchChromium({gpu: false})]);
}, 120_000);

beforeEach(() => {
  site = mkdtempSync(join(tmpdir(), 'web-page-'));
  errors = [];
});

afterEach(() => rmSync(site, {recursive: true, force: true}));

afterAll(async () => {
  await browser?.close();
  uninstall(installed);
});

/** Opens the page of a folder, and asks it something. */
async function opened<T>(folder: string, ask: () => Promise<T>): Promise<T> {
  const server = await serveFolders([folder]);
  page = await browser.newPage();
  page.on('pageerror', ({message}) => errors.push(message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.location().url.includes('favicon')) errors.push(message.text());
  });
  try {
    await page.goto(server.url);
    return await ask();
  } finally {
    await page.close();
    await server.close();
  }
}

const draws = (folder: string) =>
  opened(folder, async () => {
    await page.locator('#fit svg').waitFor({timeout: 60_000});
    return page.locator('#fit svg circle').count();
  });

it('cpu: under the policy of the guide a page trains on native kernels, without an error', async () => {
  const text = section('### Under a Content Security Policy');
  const [html] = [...text.matchAll(/```html\n(.*?)```/gs)].map(([, content]) => content);
  for (const [name, content] of [...saved(text), ['index.html', html]]) writeFileSync(join(site, name), content);
  copyFileSync(join(TFJS, 'tf.fesm.min.js'), join(site, 'tf.fesm.min.js'));
  copyFileSync(
    join(installed, 'node_modules/tfjs-piecewise/dist/tfjs-piecewise.min.mjs'),
    join(site, 'tfjs-piecewise.min.mjs'),
  );
  expect(await draws(site)).toBeGreaterThan(5);
  expect(errors).toEqual([]);
}, 90_000);

it('cpu: the page of the README fits a curve, with both files from the folder of packages', async () => {
  const [, html] = /```html\n(.*?)```/s.exec(readFileSync(join(ROOT, 'README.md'), 'utf8'))!;
  writeFileSync(join(site, 'index.html'), `<!doctype html><body>${html}`);
  symlinkSync(join(installed, 'node_modules'), join(site, 'node_modules'));
  const [, says] = /\/\/ (.*?), \.\.\./.exec(html)!;
  await opened(site, () => page.waitForFunction((text) => document.body.textContent?.startsWith(text), says));
  expect(errors).toEqual([]);
}, 90_000);

it('cpu: the files for Vite make a page that trains in a worker, and draws 16 pieces', async () => {
  for (const [name, content] of [...saved(section('## Vite')), ...saved(section('## In a worker'))])
    writeFileSync(join(site, name), content);
  cpSync(join(installed, 'package.json'), join(site, 'package.json'));
  symlinkSync(join(installed, 'node_modules'), join(site, 'node_modules'));
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
  execFileSync(process.execPath, [vite, 'build'], {cwd: site, stdio: 'pipe'});
  expect(await draws(join(site, 'dist'))).toBe(15);
  expect(errors).toEqual([]);

  // The first start of the server: it has prepared nothing yet, and loads the page once.
  rmSync(join(installed, 'node_modules/.vite'), {recursive: true, force: true});
  const server = spawn(process.execPath, [vite, '--port', '0', '--host', '127.0.0.1'], {cwd: site});
  page = await browser.newPage();
  try {
    let printed = '';
    server.stdout.on('data', (text) => {
      printed += stripVTControlCharacters(String(text));
    });
    while (!/127\.0\.0\.1:\d+/.test(printed)) await once(server.stdout, 'data');
    let loads = 0;
    page.on('framenavigated', () => loads++);
    await page.goto(/http:\S+/.exec(printed)![0]);
    await page.locator('#fit svg').waitFor({timeout: 60_000});
    expect(loads).toBe(1);
    expect(printed).not.toContain('reloading');
  } finally {
    await page.close();
    server.kill();
  }
}, 180_000);
