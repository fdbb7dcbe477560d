/** The playground as a visitor sees it: what the controls do, on every kind of screen. */

import type {Page} from 'playwright-core';
import {numbers, parse, trained, usePlayground} from '../support/playground';

const {visit, picture} = usePlayground();
jest.setTimeout(120_000);

describe('wasm, unless another backend is chosen: the playground', () => {
  const check = (page: Page, name: string, value: string) =>
    page.locator(`input[name="${name}"][value="${value}"]`).check({force: true});
  const headline = (page: Page, name: string) => page.locator(`#plot-${name} .headline`).textContent();

  it('trains at once: the loss falls, and the regions are those of the depth', async () => {
    const page = await visit();
    await trained(page, 2);
    expect(await numbers(page, 'pieces')).toEqual([expect.any(String), '32']);
    const [denseFirst] = (await numbers(page, 'mean squared error')).map(parse);
    await trained(page, 60);
    const [dense, ours] = (await numbers(page, 'mean squared error')).map(parse);
    expect(dense).toBeLessThan(denseFirst);
    expect(ours).toBeLessThan(dense / 10);
    const [denseSize, oursSize] = (await numbers(page, 'weights')).map(parse);
    expect(denseSize).toBeGreaterThanOrEqual(oursSize);
    expect(denseSize).toBeLessThan(oursSize + 3);
    expect(await page.locator('#verdict').textContent()).toMatch(/^Dense has [\d,.]+ times the error of ours/);
    expect(await page.locator('#loss .line').count()).toBe(2);
    expect(await page.locator('#plot-ours .ticks').getAttribute('d')).toMatch(/^(M[\d.]+ \d+V\d+){31}$/);
    await picture('curve');
  });

  it('paints within a second, and the page itself never loads TensorFlow.js', async () => {
    let paint = Number.POSITIVE_INFINITY;
    // The best of three: a busy machine makes any page slow.
    for (let i = 0; i < 3 && paint >= 1000; i++) {
      const page = await visit();
      paint = Math.min(paint, await page.evaluate(firstPaint));
      await page.waitForLoadState('networkidle'); // some parts come later than the first paint
      const bytes = await page.evaluate(() => {
        const loaded = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
        // That of the worker is of type 'other'.
        const scripts = loaded.filter(({name, initiatorType}) => name.endsWith('.js') && initiatorType === 'script');
        return scripts.reduce((sum, {decodedBodySize}) => sum + decodedBodySize, 0);
      });
      expect(bytes).toBeGreaterThan(10_000);
      expect(bytes).toBeLessThan(120_000); // TensorFlow.js alone has more than a million
    }
    process.stderr.write(`First contentful paint of the playground: ${paint.toFixed(0)} ms.\n`);
    expect(paint).toBeLessThan(1000);
  });

  function firstPaint(): Promise<number> {
    return new Promise((resolve) => {
      const observer = new PerformanceObserver((list) => {
        const [entry] = list.getEntriesByName('first-contentful-paint');
        if (entry) resolve(entry.startTime);
      });
      observer.observe({type: 'paint', buffered: true});
    });
  }

  it('every control of the curve works', async () => {
    const page = await visit('#backend=cpu');
    await trained(page, 2);
    for (const target of ['exp', 'sine', 'steps', 'power', 'co2', 'draw', 'square']) {
      await check(page, 'target', target);
      await page.waitForFunction((name) => location.hash.includes(name) || name === 'square', target);
      await trained(page, 2);
    }
    for (const [depth, regions] of [
      ['3', '8'],
      ['6', '64'],
    ]) {
      await page.locator('#depth').fill(depth);
      await page.waitForFunction((n) => document.querySelector('#plot-ours .headline b')?.textContent === n, regions);
    }
    await page.locator('#noise').fill('0.1');
    await trained(page, 2);
    expect(await page.locator('output[for="noise"]').textContent()).toBe('10 %');
    await page.locator('#units').fill('40');
    await page.waitForFunction(() => /40 units/.test(document.querySelector('#plot-dense h2')?.textContent ?? ''));
    expect((await numbers(page, 'weights'))[0]).toBe('121');
    for (const family of ['region', 'wht']) {
      await page.locator('[name="family"]').selectOption(family);
      await page.locator('#width').fill('2');
      await trained(page, 2);
      expect(await page.locator('#bars rect').count()).toBeGreaterThan(4);
    }
    await page.locator('[name="speed"]').selectOption('fast');
    await page.locator('#reset').click();
    await page.locator('#run').click();
    await page.waitForFunction(() => document.querySelector('#status')?.textContent === 'Paused.');
    const epoch = () => page.locator('#epoch').textContent();
    let before: string | null;
    // A step may be under way. Without an end to this the test runs out of time.
    do {
      before = await epoch();
      await page.waitForTimeout(500);
    } while ((await epoch()) !== before);
    await page.locator('#step').click();
    await page.waitForFunction(
      (shown) => document.querySelector('#epoch')?.textContent === shown,
      String(Number(before) + 1),
    );
    await page.locator('[name="speed"]').selectOption('slow');
    await page.locator('#run').click();
    before = await epoch();
    await page.waitForFunction((shown) => document.querySelector('#epoch')?.textContent !== shown, before);
  });

  it('two stages: all weights are free after the first, at the budget of the free form', async () => {
    const page = await visit('#stages=free&depth=3');
    await page.waitForFunction(() => /free/.test(document.querySelector('#plot-ours h2')?.textContent ?? ''));
    const [dense, ours] = (await numbers(page, 'weights')).map(parse);
    expect(ours).toBeGreaterThan(40);
    expect(dense).toBeGreaterThanOrEqual(ours);
    expect(dense).toBeLessThan(ours + 3);
  });

  it('the address carries the state, and nothing else gets in by it', async () => {
    const page = await visit('#target=sine&family=wht&depth=2&seed=7&backend=cpu');
    await trained(page, 2);
    expect(await page.locator('[name="family"]').inputValue()).toBe('wht');
    expect(await page.locator('output[for="depth"]').textContent()).toBe('2 blocks');
    await page.locator('#noise').fill('0.05');
    const hash = await page.evaluate(() => location.hash);
    expect(Object.fromEntries(new URLSearchParams(hash.slice(1)))).toEqual({
      target: 'sine',
      family: 'wht',
      depth: '2',
      seed: '7',
      backend: 'cpu',
      noise: '0.05',
    });
    await page.evaluate(() => {
      location.hash = '#target=<img>&depth=99&family=none&points=%00&tab=nowhere&backend=x&__proto__=1';
    });
    await page.waitForFunction(() => (document.querySelector('#depth') as HTMLInputElement).value === '2');
    expect(await page.locator('[name="target"]:checked').inputValue()).toBe('sine');
    await trained(page, 2);
  });

  it('by keyboard alone', async () => {
    const page = await visit();
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    const focused = () =>
      page.evaluate(() => document.activeElement?.id || document.activeElement?.getAttribute('name'));
    await press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the plots');
    await press('Tab', 'ArrowRight');
    expect(await page.locator('#panel-plane').isVisible()).toBe(true);
    await press('ArrowLeft');
    expect(await focused()).toBe('tab-curve');
    for (let i = 0; i < 20 && (await focused()) !== 'target'; i++) await press('Tab');
    await press('ArrowLeft'); // from the first to the last: draw
    expect(await page.locator('[name="target"]:checked').inputValue()).toBe('draw');
    await press('Tab');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-valuetext'))).toContain(
      'point 17 of 33',
    );
    await press('ArrowRight', 'ArrowUp', 'ArrowUp');
    expect(await page.evaluate(() => location.hash)).toContain('points=');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-valuetext'))).toContain(
      'point 18 of 33',
    );
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle);
    expect(outline).not.toBe('none');
    await trained(page, 2);
  });

  it('drawing by pointer changes the target', async () => {
    const page = await visit('#target=draw&backend=cpu');
    await trained(page, 2);
    const box = (await page.locator('#pad svg').boundingBox())!;
    await page.mouse.move(box.x + 10, box.y + 10);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width - 10, box.y + box.height - 10, {steps: 8});
    await page.mouse.up();
    const points = new URLSearchParams((await page.evaluate(() => location.hash)).slice(1)).get('points')!;
    expect(points).toHaveLength(33);
    const letters = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_';
    expect(letters.indexOf(points[4])).toBeGreaterThan(letters.indexOf(points[28]) + 30);
    await trained(page, 2);
  });

  it('trains on every backend that is chosen in the page', async () => {
    // A GPU of software computes the sooner the less it has to draw.
    const page = await visit('#depth=2', {gpu: true, viewport: {width: 400, height: 300}});
    await page.locator('[name="backend"]').focus(); // whether an adapter answers is asked when somebody wants to know
    await page.locator('[name="backend"] [value="webgpu"]:not([disabled])').waitFor({state: 'attached'});
    for (const backend of ['webgpu', 'webgl', 'cpu']) {
      await page.locator('[name="backend"]').selectOption(backend);
      expect(await page.evaluate(() => location.hash)).toContain(backend);
      await page.locator(`#epoch[data-backend="${backend}"]`).waitFor();
      await trained(page, 2);
      expect((await headline(page, 'ours'))?.startsWith('4 pieces')).toBe(true);
    }
  });

  it('webgpu is not offered where no adapter answers, even to an address that asks for it', async () => {
    const page = await visit('#backend=webgpu&depth=2');
    await page.locator('#epoch[data-backend="wasm"]').waitFor();
    await trained(page, 2);
    expect(await page.locator('[name="backend"] option').allTextContents()).toEqual(['wasm', 'webgl', 'cpu']);
  });

  it('the curve is drawn before the first epoch', async () => {
    const page = await visit('#target=sine');
    const paths = () =>
      page.locator('#plot-ours svg path').evaluateAll((all) => all.map((each) => each.getAttribute('class')));
    const [target, line] = ['#plot-ours .target', '#plot-ours .line'];
    await page.waitForFunction(
      ([drawn, missing]) => document.querySelector(drawn) && !document.querySelector(missing),
      [target, line],
    );
    const first = await page.locator('#plot-ours .target').getAttribute('d');
    expect(first!.split('M')).toHaveLength(257);
    await trained(page, 2);
    expect(await paths()).toContain('line');
    expect(await page.locator('#plot-ours .target').getAttribute('d')).toBe(first);
  });

  it('no spike at the ends of a curve', async () => {
    for (const target of ['draw', 'co2', 'steps']) {
      const page = await visit(`#target=${target}&backend=cpu&speed=fast`);
      await trained(page, 150);
      // In pixels: the fit at the ends is no farther from the curve than a fifth of the plot.
      const off = await page.evaluate(() => {
        const numbers = (name: string) =>
          (
            document
              .querySelector(`#plot-ours .${name}`)!
              .getAttribute('d')!
              .match(/-?[\d.]+,-?[\d.]+|-?[\d.]+ -?[\d.]+/g) ?? []
          ).map((pair) => Number(pair.split(/[ ,]/)[1]));
        const [line, curve] = [numbers('line'), numbers('target')];
        return [...line.keys()].filter((i) => i < 4 || i >= line.length - 4).map((i) => Math.abs(line[i] - curve[i]));
      });
      expect(off).toHaveLength(8);
      expect(Math.max(...off)).toBeLessThan(60);
    }
  });

  it('copies a link to exactly this', async () => {
    const page = await visit('#depth=2&seed=3&backend=cpu', {permissions: ['clipboard-read', 'clipboard-write']});
    await page.locator('#noise').fill('0.05');
    await page.locator('#copy').click();
    await page.waitForFunction(() => /in the clipboard/.test(document.querySelector('#status')?.textContent ?? ''));
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(link).toBe(page.url());
    expect(link).toContain('depth=2');
    expect(link).toContain('noise=0.05');
  });
});
