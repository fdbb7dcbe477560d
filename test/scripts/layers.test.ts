import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import {analysis, layers} from 'tfjs-piecewise';
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

describe('says "some" of what is read by option only:', () => {
  it.each<[string, (more: object) => tf.layers.Layer, string]>([
    ['BlockDense', (more) => layers.blockDense({blocks: 2, size: 2, ...more}), 'yes'],
    ['ReLUPair', (more) => layers.reluPair(more), 'yes'],
    ['RegionDense', (more) => layers.regionDense({units: 2, ...more}), 'some'],
    ['TriangleWave', (more) => layers.triangleWave(more), 'yes'],
    ['WHTProjection', (more) => layers.whtProjection({units: 2, ...more}), 'yes'],
  ])('%s', async (className, layerOf, cell) => {
    expect(rows.get(className)!.slice(0, 2)).toEqual([cell, cell]);
    const count = async (more: object) => {
      const model = tf.sequential({layers: [layerOf({inputShape: [4], ...more})]});
      const {regions} = await analysis.countLinearRegions(model, {from: [0, 0, 0, 0], to: [1, 1, 1, 1]});
      return regions;
    };
    if (cell === 'yes') expect(await count({})).toBeGreaterThan(0);
    else {
      await expect(count({})).rejects.toThrow("received inputNorm 'sigmoid'");
      expect(await count({inputNorm: 'clip'})).toBeGreaterThan(0);
    }
  });
});
