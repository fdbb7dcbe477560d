import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {ROOT} from './build';

const {group, page, roundUp, withoutErrors} = require('../../scripts/backends/page.cjs');

it.each([
  [0, 'exact'],
  [1e-7, '1e-7'],
  [1.01e-7, '2e-7'],
  [4.9e-6, '5e-6'],
  [5.1e-6, '1e-5'],
  [0.3, '5e-1'],
])('an error of %d is written as %s', (error, text) => expect(roundUp(error)).toBe(text));

const node = {environment: 'Node', title: 'wasm'};
const threads = {environment: 'Chromium', title: 'wasm with threads'};
const report = {backend: 'wasm', path: 'a SIMD module', kernels: {A: 'native', B: 'portable'}};
const records = [
  {runner: threads, kernel: 'A', error: 3e-8},
  {runner: node, kernel: 'A', error: 3e-7},
  {runner: node, report},
  {runner: node, kernel: 'A', error: 1e-8},
  {runner: node, kernel: 'B', error: 0},
  {runner: node, op: 'a', order: 2},
  {runner: {environment: 'Node', title: 'cpu'}, kernel: 'A', error: 0},
];
const runners = group(records, ['cpu', 'wasm', 'webgl']);
// Tables are aligned; what is in them matters here.
const close = (text: string) => text.replaceAll(/ +/g, ' ');
const text = page(runners, {cpu: 'A note.', wasm: 'Another.', webgl: 'No results.'});

it('lists where kernels ran, in the order of the backends, Node first', () => {
  expect(runners.map(({title}: {title: string}) => title)).toEqual(['cpu', 'wasm', 'wasm with threads']);
  expect(close(text)).toContain('| wasm in Node | a SIMD module | 1 of 2 | 3 | 5e-7 | 0, 1, 0 |');
  expect(close(text)).toContain('| wasm with threads | not recorded | | 1 | 5e-8 | 0, 0, 0 |');
});

it('has a section for each backend: its note, and its kernels if any ran', () => {
  expect(close(text)).toContain('## wasm\n\nAnother.\n\n| kernel | wasm in Node | wasm with threads |');
  expect(close(text)).toContain('| A | native, 2 cases, 5e-7 | ?, 1 cases, 5e-8 |');
  expect(close(text)).toContain('| B | portable, 1 cases, exact | |');
  expect(text.trimEnd()).toMatch(/## webgl\n\nNo results\.$/);
});

it('is the same for two machines except for the errors', () => {
  const other = records.map((record) => ('error' in record ? {...record, error: 0.4} : record));
  const otherText = page(group(other, ['cpu', 'wasm', 'webgl']), {
    cpu: 'A note.',
    wasm: 'Another.',
    webgl: 'No results.',
  });
  expect(otherText).not.toBe(text);
  expect(withoutErrors(otherText)).toBe(withoutErrors(text));
});

it('BACKENDS.md has the notes as they are', () => {
  const committed = readFileSync(join(ROOT, 'docs/BACKENDS.md'), 'utf8');
  const notes = join(ROOT, 'scripts/backends/notes');
  for (const file of readdirSync(notes)) expect(committed).toContain(readFileSync(join(notes, file), 'utf8').trim());
});
