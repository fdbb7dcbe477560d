import {sizeOf, TABLE} from '../kernels/table';
import {useBrowser} from '../support/browser';
import {BACKENDS} from './backends';
import {check, type Place, type Script, startOn} from './check_row';
import type {Origin} from './conformance.page';

const openPage = useBrowser<Script>(`${__dirname}/conformance.page.ts`);
let place: Place;

describe.each(BACKENDS)('$title', (backend) => {
  beforeAll(async () => {
    place = await startOn(await openPage(), backend);
  });

  describe.each(TABLE)('%s', (_, rows) => {
    const {every, from} = backend.rows ?? {every: 1, from: 0};
    it.each(rows.filter((__, i) => i % every === from))('$title', (row) => check(place, row));
    const few = rows.filter((row) => sizeOf(row) > 0).slice(0, 4);
    it.each<Origin>(['view', 'computed'])('of inputs of the origin: %s', async (origin) => {
      for (const row of few) await check(place, row, {origin});
    });
    it('by its definition', async () => {
      for (const row of few) await check(place, row, {by: 'definition'});
    });
  });
});
