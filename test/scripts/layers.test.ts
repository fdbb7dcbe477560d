import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {layersPage} from '../../scripts/layers/page';

const page = layersPage();
const rows = new Map(
  [...page.matchAll(/^\| `(\w+)` +\|(.*)\|$/gm)].map(([, name, cells]) => [
    name,
    cells.split('|').map((cell) => cell.trim()),
  ]),
);

it('LAYERS.md is what the tables of the code say: if not, npm run layers', () => {
  expect(readFileSync(join(__dirname, '../../docs/LAYERS.md'), 'utf8')).toBe(page);
});

it('has a row for each class of layers, ours first, and none for what is no layer', () => {
  const names = [...rows.keys()];
  expect(names.slice(0, 5)).toEqual(['BlockDense', 'ReLUPair', 'RegionDense', 'TriangleWave', 'WHTProjection']);
  for (const name of ['Dense', 'Conv3DTranspose', 'TimeDistributed', 'Resizing', 'CategoryEncoding']) {
    expect(names).toContain(name);
  }
  for (const name of ['InputLayer', 'Sequential', 'LSTMCell', 'StackedRNNCells', 'Adam', 'relu']) {
    expect(names).not.toContain(name);
  }
});

it('says of some layers what is known of them', () => {
  expect(rows.get('Dense')).toEqual(new Array(10).fill('yes'));
  expect(rows.get('Add')).toEqual(rows.get('Dense'));
  expect(rows.get('Embedding')).toEqual(['', '', '', '', '', '', '', '', 'yes', 'yes']);
  expect(rows.get('Conv3DTranspose')!.slice(3)).toEqual(['yes', 'yes', 'yes', 'yes', 'yes', 'yes', '']);
});
