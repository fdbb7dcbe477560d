import path from 'node:path';
import {build} from 'esbuild';
import type {Browser, Page} from 'playwright-core';
import {launchChromium} from './chromium';
import {servePage} from './page_server';

declare global {
  /** On a page: resolves when every error of what ran so far has been reported. */
  var settle: (() => Promise<unknown>) | undefined;
}

/** The exported functions of a page script, called from Node: arguments and results travel as JSON-like values. */
export type Remote<Script> = {
  [Name in keyof Script]: Script[Name] extends (...args: infer Args) => infer Result
    ? (...args: Args) => Promise<Awaited<Result>>
    : never;
};

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
    [browser, server] = await Promise.all([launchChromium(), bundle(script).then(servePage)]);
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
