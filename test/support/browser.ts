import path from 'node:path';
import {build} from 'esbuild';
import {type Browser, chromium, type Page} from 'playwright-core';
import {servePage} from './page_server';

declare global {
  /** The browser of the jest project, set in jest.config.js. */
  var __CHROMIUM__: {executablePath: string; icd?: string};
  /** On a page: resolves when every error of what ran so far has been reported. */
  var settle: (() => Promise<unknown>) | undefined;
}

/** The exported functions of a page script, called from Node: arguments and results travel as JSON-like values. */
export type Remote<Script> = {
  [Name in keyof Script]: Script[Name] extends (...args: infer Args) => infer Result
    ? (...args: Args) => Promise<Awaited<Result>>
    : never;
};

// One line-up that runs cpu, wasm, webgl (2) and webgpu in one page without a GPU, also with `dataSync` on webgpu.
// Fewer flags cost one of them: without Vulkan, dataSync on webgpu kills the GPU process.
const FLAGS = ['--enable-unsafe-webgpu', '--enable-features=Vulkan', '--use-angle=vulkan'];
const QUIET = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];

/**
 * Starts Chromium for the calling spec file, on a page that runs the bundled `script`. Each call of the returned
 * function loads the page anew, with fresh globals. Any error on the page fails the test that caused it.
 *
 * @param script Path of a .page.ts file; its exports can then be called as if they were here.
 */
export function useBrowser<Script>(script: string): () => Promise<Remote<Script>> {
  let browser: Browser;
  let page: Page;
  let server: Awaited<ReturnType<typeof servePage>>;
  let errors: string[] = [];

  beforeAll(async () => {
    [browser, server] = await Promise.all([launch(), bundle(script).then(servePage)]);
    page = await browser.newPage();
    page.on('pageerror', (error) => errors.push(error.stack ?? error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    page.on('crash', () => errors.push('The page crashed.'));
  });

  afterEach(async () => {
    await page.evaluate(() => globalThis.settle?.());
    const messages = errors;
    errors = [];
    if (messages.length > 0) throw new Error(`The page reported ${messages.length} errors:\n${messages.join('\n')}`);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  return async () => {
    await page.goto(server.url);
    return remote<Script>(page);
  };
}

/** Chromium as the specs use it. */
export function launch(): Promise<Browser> {
  const {executablePath, icd} = globalThis.__CHROMIUM__;
  return chromium.launch({
    executablePath,
    chromiumSandbox: false, // the sandbox does not work for root, who runs tests in containers
    env: {...process.env, ...(icd && {VK_ICD_FILENAMES: icd})} as Record<string, string>,
    args: [...FLAGS, ...QUIET],
  });
}

/** The script and all it imports, tfjs too, as one script that puts its exports into the global `page`. */
async function bundle(script: string): Promise<string> {
  const {outputFiles} = await build({
    entryPoints: [path.resolve(script)],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'page',
    platform: 'browser',
    target: 'es2022',
    conditions: ['tfjs-piecewise:source', 'module'],
    logLevel: 'error',
  });
  return outputFiles[0].text;
}

function remote<Script>(page: Page): Remote<Script> {
  const call = ([name, args]: [string, unknown[]]) =>
    (globalThis as unknown as {page: Record<string, (...args: unknown[]) => unknown>}).page[name](...args);
  return new Proxy({} as Remote<Script>, {
    get: (_, name) =>
      name === 'then'
        ? undefined
        : (...args: unknown[]) => page.evaluate(call, [String(name), args] as [string, unknown[]]),
  });
}
