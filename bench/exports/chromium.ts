/** Chromium with a page that has LiteRT.js, TensorFlow.js on wasm, and files of a folder. */

import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {build} from 'esbuild';
import {chromium} from 'playwright-core';
import {serveFolders} from '../../test/support/static_server';
import {ROOT} from '../machine';
import type {Page} from './page';

const packages = require('../../scripts/setup/packages.cjs') as {
  installedFolder(set: string): string;
  packagePath(set: string, file: string): string;
};
const {findBackends} = require('../../scripts/setup/backends.cjs') as {
  findBackends(): {name: string; executablePath?: string; reason?: string}[];
};

export interface OpenPage {
  readonly version: string;
  latencies(...args: Parameters<Page['latencies']>): ReturnType<Page['latencies']>;
  classes(...args: Parameters<Page['classes']>): ReturnType<Page['classes']>;
  close(): Promise<void>;
}

export async function openPage(folder: string): Promise<OpenPage> {
  const {executablePath, reason} = findBackends().find(({name}) => name === 'webgl')!;
  if (!executablePath) throw new Error(reason);
  mkdirSync(folder, {recursive: true});
  await build({
    stdin: {
      contents: `import * as litert from '@litertjs/core'; import {startPage} from './page'; startPage(litert);`,
      resolveDir: path.join(ROOT, 'bench/exports'),
    },
    bundle: true,
    format: 'esm',
    outfile: path.join(folder, 'page.js'),
    nodePaths: [path.join(packages.installedFolder('litert'), 'node_modules')],
    alias: {'tfjs-piecewise': path.join(ROOT, 'dist/browser.mjs')},
    logLevel: 'error',
  });
  writeFileSync(path.join(folder, 'index.html'), '<!doctype html><script type="module" src="/page.js"></script>');
  const wasm = path.join(ROOT, 'node_modules/@tensorflow/tfjs-backend-wasm/dist');
  const server = await serveFolders([folder, packages.packagePath('litert', '@litertjs/core'), wasm]);
  const browser = await chromium.launch({executablePath, chromiumSandbox: false, args: ['--disable-gpu']});
  const close = async () => {
    await browser.close();
    await server.close();
  };
  const page = await browser.newPage();
  try {
    await page.goto(server.url);
    await page.waitForFunction('globalThis.page', null, {timeout: 120_000});
  } catch (error) {
    await close(); // or the process would wait for both
    throw error;
  }
  type Global = {page: Page};
  return {
    version: browser.version(),
    latencies: (...args) => page.evaluate((given) => (globalThis as unknown as Global).page.latencies(...given), args),
    classes: (...args) => page.evaluate((given) => (globalThis as unknown as Global).page.classes(...given), args),
    close,
  };
}
