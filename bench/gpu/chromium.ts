import {mkdtempSync, rmSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {chromium} from 'playwright-core';
import {createServer} from 'vite';
import {ROOT} from '../machine';
import type {GpuRun} from './results';

interface FoundChromium {
  executable?: string;
  icd?: string;
}

const GPU = ['--enable-unsafe-webgpu', '--enable-features=Vulkan', '--use-angle=vulkan', '--ignore-gpu-blocklist'];

/** The same measurement in a page. Throws if there is no Chromium, or no adapter in it. */
export async function measureInChromium(seconds: number, progress: (what: string) => void): Promise<GpuRun> {
  const {findChromium} = require('../../scripts/setup/chromium_files.cjs') as {findChromium(): FoundChromium};
  const {executable} = findChromium();
  if (!executable) throw new Error('no Chromium: npm run setup -- browser, or name one in CHROME_PATH');
  const cacheDir = mkdtempSync(path.join(os.tmpdir(), 'tfjs-piecewise-gpu-'));
  const server = await createServer({
    root: ROOT,
    configFile: false,
    cacheDir,
    logLevel: 'error',
    server: {host: '127.0.0.1', port: 0, watch: null, hmr: false},
    resolve: {alias: {'tfjs-piecewise': path.join(ROOT, 'dist/browser.mjs')}},
  });
  await server.listen();
  const browser = await chromium.launch({executablePath: executable, chromiumSandbox: false, args: GPU});
  try {
    const page = await browser.newPage();
    page.on('console', (message) => progress(message.text()));
    await page.goto(`${server.resolvedUrls!.local[0]}bench/gpu/page.html`);
    await page.waitForFunction('window.measure', undefined, {timeout: 120_000});
    const run = await page.evaluate(`window.measure(${seconds})`);
    return run as GpuRun;
  } finally {
    await browser.close();
    await server.close();
    rmSync(cacheDir, {recursive: true, force: true});
  }
}
