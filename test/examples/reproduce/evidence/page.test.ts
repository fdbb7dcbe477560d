import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {FAMILIES, type Family} from '../../../../examples/reproduce/evidence/images/networks';
import {blocksOf, chartsOf, filled, PAGE, PLAYGROUND, playgroundOf} from '../../../../examples/reproduce/evidence/page';
import {imageCells, longestCells} from '../../../../examples/reproduce/evidence/page/image_cells';
import {RECORD, readRecord, writeRecord} from '../../../../examples/reproduce/evidence/record';
import {recordedVerdicts} from '../../../../examples/web/images/recorded';

const evidence = readRecord();
const page = readFileSync(PAGE, 'utf8');
const readme = readFileSync(join(PAGE, '../../../README.md'), 'utf8');

it('says what the record says: npm run reproduce -- evidence --record writes it anew', () => {
  expect(page).toBe(filled(page, blocksOf(evidence)));
});

it('shows each part of the record', () => {
  const shown = [...page.matchAll(/<!-- evidence: (\S+) -->/g)].map(([, name]) => name);
  expect(shown.sort()).toEqual(Object.keys(blocksOf(evidence)).sort());
});

it('has no measured number outside of what is written from the record', () => {
  const prose = page.replace(/<!-- evidence: \S+ -->.*?<!-- end -->/gs, '').replace(/```.*?```/gs, '');
  expect(prose.match(/\d+\.\d+|\d,\d{3}(?! test images)/g)).toBeNull();
});

it('and its charts are those of the record', () => {
  for (const [path, svg] of Object.entries(chartsOf(evidence))) {
    expect(readFileSync(path, 'utf8')).toBe(svg);
    expect(page + readme).toMatch(new RegExp(`(\\.\\.|docs)/${path.split('/').at(-1)!.replace('.', '\\.')}`));
  }
});

it('the first page has the longest training in its words', () => {
  const {images, epochs, cells} = longestCells(evidence.images)!;
  const ours = cells.find(({family}) => family === 'mixture')!;
  const [rival] = cells.filter(({family}) => !FAMILIES[family].ours).sort((a, b) => b.mean - a.mean);
  const [own, their] = [ours, rival].map(({mean}) => `${(100 * mean).toFixed(1)} %`);
  const [least, most] = [ours, rival].map(({parameters}) => parameters.toLocaleString('en'));
  const text = readme.replace(/\s+/g, ' ');
  expect(text).toContain(
    `${least} parameters reach ${own} after ${epochs} epochs of ${images.toLocaleString('en')} images`,
  );
  expect(text).toContain(`and ${most} of ${FAMILIES[rival.family].title} ${their}`);
});

it('the playground has its part of the record, and ends in sentences of the page without their differences', () => {
  expect(readFileSync(PLAYGROUND, 'utf8')).toBe(playgroundOf(evidence));
  const text = page.replace(/\*\*|, in points| \([^)]*\)/g, '');
  expect(recordedVerdicts.length).toBeGreaterThan(1);
  for (const sentence of recordedVerdicts) expect(text).toContain(sentence);
});

it('is of the networks that the code makes', () => {
  for (const {family, budget, network, parameters} of [...evidence.images, ...evidence.cost]) {
    const {name, parameters: count} = (FAMILIES[family] as Family).network(budget)!;
    expect([family, budget, network, parameters]).toEqual([family, budget, name, count]);
  }
});

it('the record is written as it was read', () => {
  const folder = mkdtempSync(join(tmpdir(), 'evidence-'));
  const copy = join(folder, 'evidence.json');
  writeRecord(evidence, copy);
  expect(readFileSync(copy, 'utf8')).toBe(readFileSync(RECORD, 'utf8'));
  rmSync(folder, {recursive: true});
});

it('chooses rates by validation images, and no number by test images', () => {
  for (const {family, budget, learningRate, rates, runs} of imageCells(evidence.images)) {
    const [{images, epochs}] = runs;
    const same = evidence.images.filter(
      (run) => run.family === family && run.budget === budget && run.images === images && run.epochs === epochs,
    );
    const first = same.filter((run) => run.seed === 1 && run.validation !== undefined);
    expect(first.map((run) => run.learningRate).sort((a, b) => a - b)).toEqual(rates);
    const best = Math.max(...first.map(({validation}) => validation!));
    expect(first.find((run) => run.learningRate === learningRate)!.validation).toBe(best);
  }
});
