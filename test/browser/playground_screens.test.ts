/** The playground on every kind of screen, light and dark: nothing over anything, nothing out of sight, WCAG AA. */

import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import type {Page} from 'playwright-core';
import {ROOT} from '../package/build';
import {launchChromium} from '../support/chromium';
import {trained, usePlayground} from '../support/playground';

const {visit, picture} = usePlayground();
jest.setTimeout(180_000);

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const SCREENS = [
  {name: 'desk', viewport: {width: 1280, height: 800}},
  {name: 'wide', viewport: {width: 1920, height: 1080}},
  {name: 'phone', viewport: {width: 390, height: 844}, hasTouch: true, isMobile: true},
];

/** Each tab, and when it has something to show. */
const TABS: {[tab: string]: (page: Page) => Promise<unknown>} = {
  curve: (page) => trained(page, 30),
  plane: (page) => trained(page, 10, '#plane-epoch'),
  images: (page) => page.waitForFunction(() => document.querySelectorAll('#judgement canvas').length > 0),
  model: async (page) => {
    await page.locator('#example').click();
    await page.locator('#opened[data-complete]').waitFor();
  },
};

/** Texts and controls that cover each other, by pairs. */
function overlaps(): string[] {
  const all = [
    ...document.querySelectorAll(
      'button, select, input:not([type="radio"], [type="file"], [type="hidden"]), fieldset span, h1, h2, p, td, th, li, ' +
        'summary, output, progress, canvas, dd, dt, .plot svg text, .loss svg text, .picture > svg > text',
    ),
  ].filter(
    (element) => element.checkVisibility({visibilityProperty: true}) && element.closest('dialog:not([open])') === null,
  );
  const boxes = all.map((element) => ({element, box: element.getBoundingClientRect()}));
  const named = (element: Element) =>
    `${element.tagName} ${element.id || (element.textContent ?? '').trim().slice(0, 30)}`;
  const found: string[] = [];
  for (const [i, a] of boxes.entries()) {
    for (const b of boxes.slice(i + 1)) {
      if (a.element.contains(b.element) || b.element.contains(a.element) || a.box.width * b.box.width === 0) continue;
      const width = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
      const height = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
      // Lines of text have some room around their letters.
      if (width > 1.5 && height > 3) found.push(`${named(a.element)} | ${named(b.element)}`);
    }
  }
  return found;
}

/** What a finger cannot hit: below 44 px, unless it scrolls. */
function smallTargets(): string[] {
  const targets = [
    ...document.querySelectorAll('button, select, input, summary, nav a, .chips label, .segments label'),
  ];
  return targets
    .filter((target) => target.checkVisibility() && !target.matches('[type="hidden"]'))
    .map((target) => ({target, box: target.getBoundingClientRect()}))
    .filter(({box}) => box.width < 43.5 || box.height < 43.5)
    .map(({target, box}) => `${target.tagName} ${target.id || target.textContent} ${box.width} x ${box.height}`);
}

const outOfSight = (selectors: string[]) => {
  const {innerHeight, innerWidth} = window;
  return selectors.filter((selector) => {
    const {top, bottom, left, right} = document.querySelector(selector)!.getBoundingClientRect();
    return top < 0 || left < 0 || right > innerWidth || bottom > innerHeight;
  });
};

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const {axe} = window as unknown as {axe: {run(options: object): Promise<{violations: AxeViolation[]}>}};
    const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const found = await axe.run({runOnly: rules});
    return found.violations.map(({id, nodes}) => `${id}: ${nodes.map(({html}) => html.slice(0, 120)).join(' ')}`);
  });
}

interface AxeViolation {
  id: string;
  nodes: {html: string}[];
}

describe.each(SCREENS)('wasm: the playground on a $name', ({name, ...screen}) => {
  it.each(Object.keys(TABS))('%s', async (tab) => {
    const page = await visit(`#tab=${tab}`, {...screen, reducedMotion: 'reduce'}); // nothing fades
    await TABS[tab](page);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({colorScheme});
      await picture(`${name}_${tab}_${colorScheme}`);
      expect(await page.evaluate(overlaps)).toEqual([]);
      expect(await violations(page)).toEqual([]);
    }
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(sideways).toBeLessThanOrEqual(0);
    if (name === 'phone') expect(await page.evaluate(smallTargets)).toEqual([]);
    // Everything of a training at once, without scrolling; on a phone its controls and both plots.
    const seen = {curve: ['#run', '#plot-dense', '#plot-ours'], plane: ['#run', '#mosaic-dense', '#mosaic-ours']}[tab];
    if (seen) expect(await page.evaluate(outOfSight, seen)).toEqual([]);
    if (name !== 'phone' && tab !== 'model') {
      const down = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
      expect(down).toBeLessThanOrEqual(0);
    }
  });

  it('the dialog of what can be taken', async () => {
    const page = await visit('#depth=2', screen);
    await trained(page, 2);
    await page.locator('#take-open').click();
    await picture(`${name}_export`);
    expect(await violations(page)).toEqual([]);
    const outside = await page.evaluate(outOfSight, ['#take']);
    expect(outside).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await page.locator('#take').isVisible()).toBe(false);
  });
});

it('wasm: from a file: address the page says that it needs a server', async () => {
  const browser = await launchChromium({gpu: false});
  try {
    const page = await browser.newPage();
    await page.goto(pathToFileURL(join(ROOT, 'out/playground/index.html')).href);
    expect(await page.locator('#status').textContent()).toMatch(/This page needs a server.*npm run playground/);
  } finally {
    await browser.close();
  }
});
