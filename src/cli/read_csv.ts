import {readFile} from 'node:fs/promises';
import {fail} from '../errors';

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** The rows of a CSV file of numbers, `columns` in each. A first line without any number is a header. */
export async function readCsv(path: string, columns: number): Promise<number[][]> {
  const lines = (await read(path)).replace(/^\uFEFF/, '').split(/\r?\n/);
  if (lines[lines.length - 1] === '') lines.pop();
  const isHeader = lines.length > 0 && cellsOf(lines[0]).every((cell) => !NUMBER.test(cell));
  const rows = lines.slice(Number(isHeader)).map((line, i) => numbersOf(line, i + 1 + Number(isHeader)));
  if (rows.length < 2) {
    fail(path, 'there must be two lines of numbers or more', `${rows.length}`, 'Segments go from one to another.');
  }
  return rows;

  function numbersOf(line: string, number: number): number[] {
    const where = `${path}, line ${number}`;
    const cells = cellsOf(line);
    const values = cells.map((cell, i) => {
      const value = NUMBER.test(cell) ? Number(cell) : Number.NaN;
      if (Number.isFinite(value)) return value;
      return fail(
        where,
        `column ${i + 1} must be a finite number`,
        `'${cell}'`,
        'Fill in what is missing, or remove it.',
      );
    });
    if (values.length === columns) return values;
    const fix = 'Separate them by commas, and leave out labels.';
    return fail(where, `there must be ${columns} numbers, the inputs of the model`, `${values.length}`, fix);
  }
}

const cellsOf = (line: string) => line.split(',').map((cell) => cell.trim());

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    return fail(
      'report',
      '--data must be a file that can be read',
      `${path} (${(error as Error).message})`,
      'Check it.',
    );
  }
}
