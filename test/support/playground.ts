import {mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Browser, BrowserContextOptions, Page} from 'playwright-core';
import {ensurePlayground, ROOT} from '../package/build';
import {launchChromium} from './chromium';
import {serveFolders} from './static_server';

const PICTURES = join(ROOT, 'out/playground_pictures');

/**
 * The production build of the playground in Chromium. Any error on the page, or a request that fails, fails the test. A
 * page stays until the next visit: tests may share it.
 */
export function usePlayground() {
  const data = mkdtempSync(join(tmpdir(), 'playground-'));
  const browsers = new Map<boolean, Browser>();
  let server: Awaited<ReturnType<typeof serveFolders>>;
  let page: Page | undefined;
  let errors: string[] = [];

  beforeAll(async () => {
    await ensurePlayground();
    server = await serveFolders([join(ROOT, 'out/playground'), data]);
  }, 120_000);

  afterEach(() => {
    const messages = errors;
    errors = [];
    expect(messages).toEqual([]);
  });

  afterAll(async () => {
    for (const browser of browsers.values()) await browser.close();
    await server?.close();
    rmSync(data, {recursive: true, force: true});
  });

  /** A visit of a new visitor. */
  async function visit(
    hash = '',
    {gpu = false, ...options}: BrowserContextOptions & {gpu?: boolean} = {},
  ): Promise<Page> {
    await page?.context().close();
    const browser = browsers.get(gpu) ?? (await launchChromium({gpu}));
    browsers.set(gpu, browser);
    const context = await browser.newContext({viewport: {width: 1280, height: 800}, colorScheme: 'light', ...options});
    page = await context.newPage();
    page.on('pageerror', (error) => errors.push(error.stack ?? error.message));
    page.on('console', (message) => {
      // What Chromium says of a machine without a GPU when somebody asks.
      if (message.text() === 'No available adapters.') return;
      if (['error', 'warning'].includes(message.type())) errors.push(message.text());
    });
    page.on('requestfailed', (request) => errors.push(`${request.url()} failed: ${request.failure()?.errorText}`));
    page.on('response', (response) => {
      if (response.status() >= 400) errors.push(`${response.url()} answered ${response.status()}`);
    });
    page.setDefaultTimeout(60_000); // of a machine that does much else
    await page.goto(server.url + hash);
    return page;
  }

  /** For people: pictures go to a folder that git does not see. */
  async function picture(name: string): Promise<void> {
    mkdirSync(PICTURES, {recursive: true});
    await page?.screenshot({path: join(PICTURES, `${name}.png`)});
  }

  return {visit, picture, data};
}

/** Waits until both networks have trained for so many epochs. */
export async function trained(page: Page, epochs: number, place = '#epoch'): Promise<void> {
  await page.waitForFunction(
    ([selector, least]) => Number(document.querySelector(selector)?.textContent?.replace(/,/g, '')) >= Number(least),
    [place, String(epochs)],
  );
}

/** Pauses once some epochs are trained; a step may be under way. */
export async function paused(page: Page, epoch: string, least: number): Promise<void> {
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

/** A row of the table of numbers, dense and ours, as shown. */
export function numbers(page: Page, label: string): Promise<string[]> {
  return page.locator(`#numbers tr:has(th:text-is("${label}")) td`).allTextContents();
}

/** Back from 1.2·10⁻³. */
export function parse(shown: string): number {
  const [digits, power] = shown.split('·10⁻');
  if (power === undefined) return Number(digits.replace(/,/g, ''));
  const exponent = [...power].map((sign) => '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(sign)).join('');
  return Number(digits) / 10 ** Number(exponent);
}

/** Saves the files of the model that is open, as a user downloads them: model.json and its weights. */
export async function saveLayers(page: Page, folder: string): Promise<void> {
  const files: Promise<void>[] = [];
  page.on('download', (download) => files.push(download.saveAs(join(folder, download.suggestedFilename()))));
  await page.locator('#take-open').click();
  await page.locator('#take [data-format="layers"]').click();
  for (let i = 0; i < 200 && files.length < 2; i++) await page.waitForTimeout(50);
  await Promise.all(files);
}
