import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {gzipSync} from 'node:zlib';
import {type ReadChoices, readTable} from '../../../src/cli/data/read_table';
import {temporaryFolder} from '../../node/support/models';
import {writeTable} from '../support/tables';

const folder = temporaryFolder();
const write = (content: string | Uint8Array, name = 'table.csv') => {
  const path = join(folder(), name);
  writeFileSync(path, content);
  return path;
};
const CHOICES: ReadChoices = {target: 'y', drop: [], categories: [], header: true};
const read = (content: string | Uint8Array, choices: Partial<ReadChoices> = {}) =>
  readTable(write(content), {...CHOICES, ...choices}, 'compare');

/** Rows that differ, so that a few lines of interest make a table. */
const filler = (count: number, line: (i: number) => string) =>
  Array.from({length: count}, (_, i) => line(i)).join('\n');
const rows = (table: {x: Float32Array; inputs: number}, count: number) =>
  Array.from({length: count}, (_, i) => [...table.x.subarray(i * table.inputs, (i + 1) * table.inputs)]);

it('reads numbers, categories and what is missing, by hand', async () => {
  const text = `b,town,y\n1.5,Ulm,2.25\n-2e1,,3\nNA,"Bonn, old",-1\n.5,Ulm,0.125\n${filler(30, (i) => `${i},Ulm,${i / 2}`)}\n`;
  const table = await read(text);
  expect(table.columns).toEqual([
    {name: 'b', kind: 'number', mean: Number.NaN},
    {name: 'town', kind: 'category', values: ['Bonn, old', 'Ulm']},
  ]);
  expect(table.target).toEqual({name: 'y', task: 'regression'});
  expect(table).toMatchObject({rows: 34, inputs: 3, notes: []});
  expect(rows(table, 4)).toEqual([
    [1.5, 0, 1],
    [-20, 0, 0],
    [Number.NaN, 1, 0],
    [0.5, 0, 1],
  ]);
  expect([...table.y.subarray(0, 4)]).toEqual([2.25, 3, -1, 0.125]);
});

const SAME = filler(40, (i) => `${i % 7};${i * i};${i % 2 ? 'yes' : 'no'}`);
it.each([
  ['semicolons and CRLF', `a;b;y\r\n${SAME.replaceAll('\n', '\r\n')}\r\n`],
  ['tabs', `a\tb\ty\n${SAME.replaceAll(';', '\t')}`],
  ['bars', `a|b|y\n${SAME.replaceAll(';', '|')}\n`],
  ['a byte order mark', `\uFEFFa,b,y\n${SAME.replaceAll(';', ',')}\n`],
  ['quotes, blanks and empty lines', `"a", b,"y"\n\n${SAME.replace(/(\d+);(\d+);(\w+)/g, '"$1", $2 ,"$3"')}\n\n`],
  ['other columns in quotes with delimiters', `a;b;y\n${SAME.replaceAll('yes', '"y,e,s"')}`],
])('reads the same table with %s', async (_, text) => {
  const table = await read(text);
  expect(table.columns.map(({name}) => name)).toEqual(['a', 'b']);
  expect(table.rows).toBe(40);
  expect(rows(table, 3)).toEqual([
    [0, 0],
    [1, 1],
    [2, 4],
  ]);
  expect(table.target).toMatchObject({task: 'classification'});
  expect([...table.y.subarray(0, 3)]).toEqual([0, 1, 0]);
});

it('reads gzipped files, and files without a header', async () => {
  const text = filler(40, (i) => `${i},${i % 3}`);
  const packed = await read(gzipSync(text), {target: 'c2', header: false});
  expect(packed).toMatchObject({rows: 40, inputs: 1, target: {labels: ['0', '1', '2']}});
});

it('reads files of many pieces to their last row', async () => {
  const count = 12_000;
  const table = await read(
    `row;y;word\n${filler(count, (i) => `${i}.5;${-i};"${i % 3} and ${'x'.repeat(120 - (i % 9))}"`)}`,
  );
  expect(table).toMatchObject({rows: count, inputs: 10, target: {task: 'regression'}});
  expect([...table.x.subarray(-10, -9), table.y[count - 1]]).toEqual([count - 0.5, 1 - count]);
});

it('takes few different integers for classes, and the word of the caller for the rest', async () => {
  const text = `a,code,y\n${filler(40, (i) => `${i},${i % 4},${i % 4}.0`)}`;
  expect((await read(text)).target).toEqual({name: 'y', task: 'classification', labels: ['0', '1', '2', '3']});
  expect((await read(text, {task: 'regression'})).target).toEqual({name: 'y', task: 'regression'});
  const {columns, inputs} = await read(text, {categories: ['code'], drop: ['a']});
  expect({columns, inputs}).toEqual({
    columns: [{name: 'code', kind: 'category', values: ['0', '1', '2', '3']}],
    inputs: 4,
  });
});

it('leaves out what says nothing, with a line for each', async () => {
  const text = `a,b,gone,id,y\n${filler(40, (i) => `7,${i * i},,${i + 1},${i < 3 ? '?' : i % 2 ? 'u' : 'v'}`)}`;
  const {columns, notes, rows: count} = await read(text);
  expect(columns.map(({name}) => name)).toEqual(['b', 'id']);
  expect(count).toBe(37);
  expect(notes).toEqual([
    "3 of 40 rows are left out: 'y' is missing in them.",
    "Column 'a' is left out: it is always 7.",
    "Column 'gone' is left out: all its cells are missing.",
    "Column 'id' counts the rows: consider --drop id.",
  ]);
});

it('takes a column of one value or nothing, word or number, for whether it is there', async () => {
  const text = `a,word,number,y\n${filler(40, (i) => `${i * i},${i % 4 ? '' : 'yes'},${i % 5 ? 'NA' : '2.50'},${i % 2}`)}`;
  const {columns, notes, inputs, x} = await read(text);
  expect(columns.slice(1)).toEqual([
    {name: 'word', kind: 'category', values: ['yes']},
    {name: 'number', kind: 'category', values: ['2.5']},
  ]);
  expect(notes).toEqual([
    "Column 'word' is missing in 30 of 40 rows, and always 'yes' in the others: its input is 1 where it is there, else 0.",
    "Column 'number' is missing in 32 of 40 rows, and always 2.5 in the others: its input is 1 where it is there, else 0.",
  ]);
  const column = (place: number) => Array.from({length: 40}, (_, row) => x[row * inputs + place]);
  expect(column(1)).toEqual(Array.from({length: 40}, (_, i) => (i % 4 ? 0 : 1)));
  expect(column(2)).toEqual(Array.from({length: 40}, (_, i) => (i % 5 ? 0 : 1)));
});

describe('errors in three parts', () => {
  const many = (count: number, line: (i: number) => string) => `a,y\n${filler(count, line)}`;
  it.each<[string, string | Uint8Array, Partial<ReadChoices>, RegExp]>([
    ['empty', '', {}, /table\.csv must have a header and rows, but received an empty file\. Name another file\.$/],
    ['blank', '\n\n', {}, /must have a header and rows, but received empty lines/],
    ['binary', Uint8Array.of(80, 75, 3, 4, 0, 0, 1), {}, /must be a table as text, but received a binary file\. Save/],
    ['UTF-16', Uint8Array.of(0xff, 0xfe, 97, 0), {}, /must be text in UTF-8, but received UTF-16\. Save/],
    [
      'Latin-1',
      Buffer.from(
        many(40, (i) => `${i % 2 ? 'a' : 'ä'},${i}`),
        'latin1',
      ),
      {},
      /'a', line 2: the text must be UTF-8/,
    ],
    [
      'a wrong target',
      many(40, (i) => `${i},${i}`),
      {target: 'Y1'},
      /--target must be a column, but received 'Y1'\. Did/,
    ],
    ['a far target', many(40, (i) => `${i},${i}`), {target: 'price'}, /received 'price'\. The columns are a, y\.$/],
    ['a wrong --drop', many(40, (i) => `${i},${i}`), {drop: ['b']}, /--drop must be a column, but received 'b'/],
    ['a name twice', `a,a,y\n1,2,3\n`, {}, /each column differently, but received 'a' twice\. Rename/],
    ['no name', `,a,y\n1,2,3\n`, {}, /name every column, but received no name for column 1\. Name it/],
    ['no header', `1,2,3\n4,5,6\n`, {}, /must be names, but received the numbers 1,2,3\. .*--no-header/],
    ['few rows', many(29, (i) => `${i},${i}`), {}, /must have 30 rows or more, but received 29\. Add rows/],
    [
      'few answers',
      many(40, (i) => `${i},${i < 20 ? i : ''}`),
      {},
      /30 rows or more with a value of 'y', but received 20/,
    ],
    ['one class', many(40, (i) => `${i},x`), {}, /two classes or more, but received only 'x'\. Add rows/],
    ['one number', many(40, (i) => `${i},1.5`), {}, /differ from row to row, but received only 1\.5/],
    ['no answer', many(40, (i) => `${i},`), {}, /'y' must have values, but received none/],
    [
      'nothing to predict from',
      many(40, (i) => `1,${i}`),
      {},
      /a column to predict from, but received none beside 'y'/,
    ],
    ['many classes', many(400, (i) => `${i},w${i % 150}`), {}, /at most 100 classes, but received 150\. Join rare/],
    [
      'a text as a number',
      many(40, (i) => `${i},${i === 5 ? 'x' : i}`),
      {task: 'regression'},
      /numbers for a regression, but received 'x' in line 7/,
    ],
    ['dates', many(40, (i) => `2024-01-${i},${i}`), {}, /received dates such as '2024-01-0' in line 2.*--drop a\.$/],
    ['commas', many(40, (i) => `"1,${i}",${i}`), {}, /numbers with commas such as '1,0' in line 2/],
    [
      'words among numbers',
      many(40, (i) => `${i === 9 ? 'ten' : i},${i}`),
      {},
      /39 numbers and 1 word, the first 'ten' in line 11, which --categories a/,
    ],
    [
      'many categories',
      many(80, (i) => `w${i},${i}`),
      {},
      /received 80 categories such as 'w0' in line 2, where 50 are the most \(column 'a'\)/,
    ],
    [
      'a short line',
      `a,b,y\n1,2,3\n1,2\n`,
      {},
      /line 3: there must be 3 cells, as in the lines before, but received 2/,
    ],
    ['an open quote', `a,y\n"1,2\n3,4\n`, {}, /quotes must be closed, but received an open one/],
    ['a quote inside', `a,y\n1,2\n5" nails,4\n`, {}, /line 3: quotes must be around a whole cell/],
    [
      'a huge number',
      many(40, (i) => `${i}e99,${i}`),
      {},
      /'a', line 3: numbers must be below 3\.40e\+38, but received 1e\+99/,
    ],
  ])('%s', async (_, content, choices, message) => {
    await expect(read(content, choices)).rejects.toThrow(message);
  });

  it('no file, and a folder', async () => {
    const none = join(folder(), 'none.csv');
    await expect(readTable(none, CHOICES, 'train')).rejects.toThrow(
      /^train: the table must be a file .*none\.csv \(there is no such file\)\. Check the path\.$/,
    );
    await expect(readTable(folder(), CHOICES, 'train')).rejects.toThrow(/\(it is a folder\)/);
  });

  it('a file that is cut while packed', async () => {
    const packed = gzipSync(filler(5000, (i) => `${i},${Math.sin(i)}`));
    await expect(read(packed.subarray(0, 2000), {target: 'c2', header: false})).rejects.toThrow(
      /must be a table as text/,
    );
  });

  it('all columns that cannot be inputs at once', async () => {
    const lines = Array.from({length: 60}, (_, i) => [`2024-01-0${1 + (i % 9)}`, `name ${i}`, i, i % 2]);
    const path = writeTable(folder(), [['when', 'full name', 'n', 'y'], ...lines]);
    await expect(readTable(path, CHOICES, 'compare')).rejects.toThrow(
      /when.*full name.*--drop when --drop 'full name'\.$/,
    );
  });
});
