import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {lines, withTables} from '../../bench/exports/report';
import type {ExportResults} from '../../bench/exports/results';

const ROOT = join(__dirname, '../..');
const GUIDE = readFileSync(join(ROOT, 'docs/guides/small_models.md'), 'utf8');
const FOLDER = join(ROOT, 'bench/results/exports');
const recorded = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json'))
  .map((file): ExportResults => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')));

it('the tables of the guide are those of a recorded run', () => {
  // The formatter pads the cells.
  const plain = (page: string) => page.replace(/-{3,}/g, '---').replace(/ {2,}/g, ' ');
  expect(recorded.map((results) => plain(withTables(GUIDE, results)))).toContain(plain(GUIDE));
});

it('a page without a place for a table is refused', () => {
  expect(() => withTables('# Nothing', recorded[0])).toThrow('the page must have the comment <!-- bench: sizes -->');
});

it('the terminal gets the same cells', () => {
  const [network] = recorded[0].networks;
  const text = lines(network).join('\n');
  expect(text).toContain(network.network);
  for (const {bytes} of network.exports) expect(text).toContain(bytes.toLocaleString('en-US'));
  for (const {instructions} of network.chip) expect(text).toContain(instructions.toLocaleString('en-US'));
});

it('exports are nearly as right as their models, and one byte a weight costs little', () => {
  for (const {networks} of recorded) {
    for (const {accuracy, exports} of networks) {
      for (const row of exports) {
        expect(Math.abs(row.accuracy - accuracy)).toBeLessThan(row.weights === 'float32' ? 0.002 : 0.01);
      }
    }
  }
});
