import {TABLE} from '../kernels/table';
import {type Remote, useBrowser} from '../support/browser';
import {BACKENDS} from './backends';
import {check, type Script} from './check_row';
import type {Origin} from './conformance.page';

const openPage = useBrowser<Script>(`${__dirname}/conformance.page.ts`);
let page: Remote<Script>;

describe.each(BACKENDS)('$title', ({name, flags = {}, started}) => {
  beforeAll(async () => {
    page = await openPage();
    expect(await page.startBackend(name, flags)).toMatchObject({backend: name, ...started});
  });

  describe.each(TABLE)('%s', (_, rows) => {
    it.each(rows)('$title', (row) => check(page, row));
    const few = rows.filter(({outputs}) => outputs[0].values.length > 0).slice(0, 4);
    it.each<Origin>(['view', 'computed'])('of inputs of the origin: %s', async (origin) => {
      for (const row of few) await check(page, row, {origin});
    });
    it('by its definition', async () => {
      for (const row of few) await check(page, row, {by: 'definition'});
    });
  });
});
