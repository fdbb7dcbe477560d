import type {Browser, Page} from 'playwright-core';
import {pictures} from '../plot/support/pictures';
import {launchChromium} from '../support/chromium';

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await launchChromium({gpu: false});
  page = await browser.newPage();
}, 60_000);

afterAll(() => browser?.close());

interface Box {
  text: string;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** The boxes of the texts of a picture, and of the marks that texts must not cover. */
async function measure(
  svg: string,
): Promise<{texts: Box[]; marks: Box[]; width: number; height: number; bad: string[]}> {
  await page.setContent(`<!doctype html><style>body{margin:0}</style>${svg}`);
  return page.evaluate(() => {
    const root = document.querySelector('svg')!;
    const box = (element: Element) => {
      const {left, right, top, bottom} = element.getBoundingClientRect();
      const text = [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.nodeValue);
      return {text: text.join(''), left, right, top: top + scrollY, bottom: bottom + scrollY};
    };
    const texts = [...root.querySelectorAll('text')].map(box);
    const marks = [...root.querySelectorAll('path[transform]')].map(box);
    const {width, height} = root.getBoundingClientRect();
    // What the parser of HTML would mend, that of XML refuses.
    const parsed = new DOMParser().parseFromString(root.outerHTML, 'image/svg+xml');
    const bad = [...parsed.querySelectorAll('parsererror')].map((error) => error.textContent ?? '');
    if (document.querySelector('script')) bad.push('a script');
    return {texts, marks, width, height, bad};
  });
}

const overlap = (a: Box, b: Box) =>
  Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0.5 &&
  Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.5;

describe('pictures', () => {
  it.each(Object.keys(pictures))(
    '%s: texts stand inside and apart from each other, on no mark',
    async (name) => {
      for (const width of [280, 360, 520, 720, 1200]) {
        const {texts, marks, bad, ...size} = await measure(await pictures[name](width));
        expect(bad).toEqual([]);
        expect(texts.length).toBeGreaterThan(0);
        expect(size.width).toBe(width);
        const clipped = texts.filter(
          ({left, right, top, bottom}) =>
            left < -0.5 || top < -0.5 || right > size.width + 0.5 || bottom > size.height + 0.5,
        );
        const pairs = texts.flatMap((a, i) =>
          texts.slice(i + 1).flatMap((b) => (overlap(a, b) ? [[a.text, b.text]] : [])),
        );
        const covered = texts.flatMap((a) => marks.flatMap((b) => (overlap(a, b) ? [a.text] : [])));
        expect({width, clipped, pairs, covered}).toEqual({width, clipped: [], pairs: [], covered: []});
      }
    },
    60_000,
  );

  it('a picture follows the scheme of the page', async () => {
    const svg = await pictures['accuracy of families'](400);
    const ground = async (colorScheme: 'light' | 'dark') => {
      await page.emulateMedia({colorScheme});
      await page.setContent(svg);
      return page.evaluate(() => getComputedStyle(document.querySelector('rect')!).fill);
    };
    expect(await ground('light')).toBe('rgb(255, 255, 255)');
    expect(await ground('dark')).toBe('rgb(21, 24, 29)');
    await page.emulateMedia({colorScheme: null});
  });
});
