/** The tab of two dimensions: its mosaics are alive, and answer to pointer and keys. */

import type {Page} from 'playwright-core';
import {trained, usePlayground} from '../support/playground';

const {visit, picture} = usePlayground();
jest.setTimeout(120_000);

const EPOCH = '#plane-epoch';

describe('wasm, unless another backend is chosen: the playground', () => {
  const row = (page: Page, label: string) =>
    page.locator(`#plane-numbers tr:has(th:text-is("${label}")) td`).allTextContents();
  const check = (page: Page, name: string, value: string) =>
    page.locator(`input[name="${name}"][value="${value}"]`).check({force: true});
  const own = async (page: Page) =>
    new URLSearchParams((await page.evaluate(() => location.hash)).slice(1)).get('own') ?? '';
  const mosaic = (page: Page, name: string) => page.locator(`#mosaic-${name} canvas`);

  /** How many colours a canvas has. */
  const colors = (page: Page, name: string) =>
    mosaic(page, name).evaluate((canvas: HTMLCanvasElement) => {
      const {data} = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      return new Set(new Uint32Array(data.buffer)).size;
    });

  it('learns the circle, with several times the regions of dense from no more weights', async () => {
    const page = await visit('#tab=plane&set=circle');
    await trained(page, 60, EPOCH);
    await page.locator('#run').click();
    await page.waitForFunction(() => document.querySelector('#status')?.textContent === 'Paused.');
    await page.waitForTimeout(2000); // a step may be under way
    const [dense, ours] = (await row(page, 'regions')).map((text) => Number(text.replace(/,/g, '')));
    expect(ours).toBeGreaterThan(3 * dense);
    const [weights, own] = (await row(page, 'weights')).map(Number);
    expect(own).toBeLessThanOrEqual(weights);
    for (const share of await row(page, 'correct')) expect(Number.parseFloat(share)).toBeGreaterThan(85);
    expect(await colors(page, 'ours')).toBeGreaterThan(300);
    expect(await mosaic(page, 'ours').getAttribute('aria-label')).toContain(`mosaic of ${ours} linear regions`);
    await picture('plane');
  });

  it('says the affine function at the pointer, and at the keys', async () => {
    const page = await visit('#tab=plane&set=xor&backend=cpu');
    await trained(page, 2, EPOCH);
    await page.locator('#run').click();
    const box = (await mosaic(page, 'ours').boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.3, box.y + box.height * 0.6);
    const lines = page.locator('#affine span');
    await lines.nth(1).waitFor();
    const shown = await lines.allTextContents();
    expect(shown).toHaveLength(2);
    for (const line of shown) expect(line).toMatch(/: score = −?[\d.]+ x [+−] [\d.]+ y [+−] [\d.]+ in this region, /);
    await page.mouse.move(5, 5);
    expect(await lines.first().textContent()).toContain('Point at a tile');
    await mosaic(page, 'dense').focus();
    await page.keyboard.press('ArrowRight');
    const first = await lines.first().textContent();
    for (let i = 0; i < 20; i++) await page.keyboard.press('ArrowUp');
    expect(await lines.first().textContent()).not.toBe(first);
  });

  it('takes own points by click and by key, into the address, and out of it', async () => {
    const page = await visit('#tab=plane&backend=cpu');
    await check(page, 'set', 'own');
    expect(await page.locator('#status').textContent()).toContain('Click on one of the pictures');
    const box = (await mosaic(page, 'dense').boundingBox())!;
    await page.mouse.click(box.x + box.width * 0.25, box.y + box.height * 0.25);
    await check(page, 'kind', '0');
    await page.mouse.click(box.x + box.width * 0.75, box.y + box.height * 0.75);
    expect(await own(page)).toHaveLength(6);
    await page.keyboard.press('Enter');
    const points = await own(page);
    expect(points).toHaveLength(9);
    expect([points[2], points[5], points[8]]).toEqual(['1', '0', '0']);
    await trained(page, 4, EPOCH);
    await page.reload();
    await trained(page, 4, EPOCH);
    expect(await own(page)).toBe(points);
    await page.locator('#clear').click();
    expect(await own(page)).toBe('');
  });

  it('every control makes other networks or points', async () => {
    const page = await visit('#tab=plane&backend=cpu');
    for (const set of ['circle', 'moons', 'xor', 'spirals']) {
      await check(page, 'set', set);
      await trained(page, 2, EPOCH);
    }
    await page.locator('#pwidth').fill('3');
    await page.waitForFunction(() => /8 x 2/.test(document.querySelector('#mosaic-ours h2')?.textContent ?? ''));
    await page.locator('#pblocks').fill('1');
    await page.waitForFunction(() => /8 x 1/.test(document.querySelector('#mosaic-ours h2')?.textContent ?? ''));
    await page.locator('#punits').fill('6');
    await page.waitForFunction(() => /6 x 2/.test(document.querySelector('#mosaic-dense h2')?.textContent ?? ''));
    await page.locator('#pnoise').fill('0.1');
    await trained(page, 2, EPOCH);
    expect(await row(page, 'weights')).toEqual(['67', '25']);
  });
});
