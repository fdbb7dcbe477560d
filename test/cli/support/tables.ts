import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {uniformNumbers} from '../../../src/math/random';

/** Writes a table; cells with a comma, a quote or a line break are quoted. */
export function writeTable(folder: string, lines: readonly (readonly unknown[])[], name = 'table.csv'): string {
  const quoted = (cell: unknown) => (/[",\n]/.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : cell);
  const path = join(folder, name);
  writeFileSync(path, lines.map((line) => line.map(quoted).join(',')).join('\n'));
  return path;
}

/** Three numbers of a sample: in [-1, 1], in thousands, a few hundredths. */
export function numbersOf(row: number): [number, number, number] {
  const random = uniformNumbers(row + 1);
  return [random(0), 5000 + 1000 * random(1), 0.02 * random(2)].map((value) => Number(value.toPrecision(6))) as [
    number,
    number,
    number,
  ];
}

/** Two classes that a line in the plane of a and b tells apart, most of the time. */
export const classes = (rows: number): unknown[][] => [
  ['a', 'b', 'c', 'kind'],
  ...Array.from({length: rows}, (_, row) => {
    const [a, b, c] = numbersOf(row);
    return [a, b, c, a + (b - 5000) / 1000 > 0 ? 'above' : 'below'];
  }),
];

/** A price that depends on a number, on a category, and a little on another number. */
export const prices = (rows: number): unknown[][] => [
  ['size', 'town', 'age', 'price'],
  ...Array.from({length: rows}, (_, row) => {
    const [a, b] = numbersOf(row);
    const town = ['Ulm', 'Bonn, old', 'Köln "X"'][row % 3];
    return [a, town, b, 100_000 + 50_000 * a + 30_000 * (row % 3) + b];
  }),
];
