/** @needs tfjs-node
 *  @slow */

import {execFileSync} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {installPackage, uninstall} from '../package/installed';
import {blocksOf} from './pages';

const guide = readFileSync(join(__dirname, '../../docs/guides/your_own_data.md'), 'utf8');

/** Discs and bars, as a user's folder might have them. */
const DRAW = `
import {mkdirSync, writeFileSync} from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import {node} from 'tfjs-piecewise/tfjs-node';

for (const [label, norm] of Object.entries({circle: Math.hypot, bar: (x, y) => 3 * Math.abs(y)})) {
  mkdirSync('images/' + label, {recursive: true});
  for (let i = 0; i < 60; i++) {
    const size = 24 + (i % 16);
    const [radius, x, y] = [5 + (i % 6), size / 2 + (i % 3) - 1, size / 2 + (i % 5) - 2];
    const pixels = Array.from({length: size * size}, (_, j) =>
      norm((j % size) - x, Math.floor(j / size) - y) < radius ? 220 : 30);
    const image = tf.tensor3d(pixels, [size, size, 1], 'int32').tile([1, 1, 3]);
    writeFileSync('images/' + label + '/' + i + '.png', await node.encodePng(image));
  }
}
`;

it('the program for images in a folder reads them, learns them, and saves the model', async () => {
  const folder = await installPackage();
  try {
    const node = (file: string) =>
      execFileSync(process.execPath, [file], {cwd: folder, encoding: 'utf8', stdio: 'pipe'});
    writeFileSync(join(folder, 'draw.mjs'), DRAW);
    node('draw.mjs');
    const program = blocksOf(guide).find(({before}) => before.includes('Save this as `images.mjs`'))!;
    writeFileSync(join(folder, 'images.mjs'), program.code);
    const [, weights, accuracy] = /^(\d+) weights, accuracy ([\d.]+)$/m.exec(node('images.mjs')) ?? [];
    expect(Number(weights)).toBe(2 * 256 + 2 * 256 + 32 * 2 + 2);
    expect(Number(accuracy)).toBeGreaterThan(0.8);
    expect(JSON.parse(readFileSync(join(folder, 'model/model.json'), 'utf8')).userDefinedMetadata.labels).toEqual([
      'bar',
      'circle',
    ]);
  } finally {
    uninstall(folder);
  }
}, 120_000);
