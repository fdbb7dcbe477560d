import {fail} from '../../errors';
import {categoryOf, isMissing, numberOf} from './cell';
import {ColumnScan} from './column_scan';
import {type ColumnChoices, type Columns, columnsOf, inputsOf, type Target} from './columns';
import {counted} from './counted';
import {Encoder} from './encoder';
import {columnAt, headerOf, numbered} from './header';
import {detectDelimiter, readRecords} from './read_records';
import {type TextFile, textFile} from './text_file';

/** How a table is read. */
export interface ReadChoices extends ColumnChoices {
  /** Whether the first line names the columns; without, they are c1, c2 and so on. */
  header: boolean;
}

/** A table as numbers. */
export interface Table extends Columns {
  rows: number;
  inputs: number;
  /** [rows, inputs]; NaN where a number is missing. */
  x: Float32Array;
  /** The number to predict, or the place of the label. */
  y: Float32Array;
  /** Lines about what is left out. */
  notes: string[];
}

/** 1 GB of inputs, which would not be the only thing in memory. */
const MAX_NUMBERS = 2 ** 28;
const MIN_ROWS = 30;

/**
 * Reads a table twice, a piece at a time: once to see what its columns are, once to keep their numbers, 4 bytes for each input.
 *
 * @throws If it is no table, or has columns that cannot be predicted from.
 */
export async function readTable(path: string, choices: ReadChoices, who: string): Promise<Table> {
  const file = await textFile(path, who);
  const delimiter = await detectDelimiter(file, who);
  const {scans, rows} = await scanColumns(file, delimiter, choices, who);
  if (rows < MIN_ROWS) {
    const received = rows === 0 && choices.header ? 'a header alone' : rows;
    fail(who, `${file.path} must have ${MIN_ROWS} rows or more`, received, 'Add rows: a part of them is kept to test.');
  }
  const {columns, target, notes} = columnsOf(scans, choices, who);
  const without = scans.find(({name}) => name === target.name)!.missing;
  const kept = rows - without;
  const ofTarget = without > 0 ? ` with a value of '${target.name}'` : '';
  if (kept < MIN_ROWS) {
    fail(
      who,
      `${file.path} must have ${MIN_ROWS} rows or more${ofTarget}`,
      kept,
      'Add rows: a part of them is kept to test.',
    );
  }
  if (without > 0)
    notes.unshift(
      `${without.toLocaleString('en')} of ${counted(rows, 'row')} are left out: '${target.name}' is missing in them.`,
    );
  const inputs = inputsOf(columns);
  if (kept * inputs > MAX_NUMBERS) {
    const fix = 'Take a part of the rows, or leave columns out with --drop.';
    fail(who, `rows times inputs must be at most ${MAX_NUMBERS}`, `${kept} x ${inputs}`, fix);
  }
  const table = {
    columns,
    target,
    notes,
    rows: kept,
    inputs,
    x: new Float32Array(kept * inputs),
    y: new Float32Array(kept),
  };
  await fill(
    table,
    file,
    delimiter,
    scans.map(({name}) => name),
    choices.header,
    who,
  );
  return table;
}

/** The first reading. */
async function scanColumns(file: TextFile, delimiter: string, choices: ReadChoices, who: string) {
  let scans: ColumnScan[] | null = null;
  let rows = 0;
  await readRecords(file, delimiter, who, (cells, line) => {
    if (!scans) {
      const names = choices.header ? headerOf(cells, file.path, who) : numbered(cells.length);
      columnAt(choices.target, names, '--target', who);
      for (const name of choices.drop) columnAt(name, names, '--drop', who);
      for (const name of choices.categories) columnAt(name, names, '--categories', who);
      scans = names.map((name) => new ColumnScan(name, who));
      if (choices.header) return;
    }
    rows++;
    for (let i = 0; i < cells.length; i++) scans[i].add(cells[i], line);
  });
  if (!scans) fail(who, `${file.path} must have a header and rows`, 'empty lines', 'Name another file.');
  return {scans: scans as ColumnScan[], rows};
}

/** The second reading. */
async function fill(table: Table, file: TextFile, delimiter: string, names: string[], header: boolean, who: string) {
  const encoder = new Encoder(table.columns, names, who);
  const place = names.indexOf(table.target.name);
  const answer = answerOf(table.target);
  let isHeader = header;
  let row = 0;
  await readRecords(file, delimiter, who, (cells, line) => {
    if (isHeader) {
      isHeader = false;
    } else if (!isMissing(cells[place])) {
      if (row === table.rows) fail(who, `${file.path} must stay as it is while it is read`, 'more rows', 'Try again.');
      encoder.encode(cells, line, table.x, row * table.inputs);
      table.y[row++] = answer(cells[place]);
    }
  });
  if (row < table.rows) fail(who, `${file.path} must stay as it is while it is read`, 'fewer rows', 'Try again.');
}

function answerOf(target: Target): (cell: string) => number {
  if (target.task === 'regression') return numberOf;
  const places = new Map(target.labels.map((label, i) => [label, i]));
  return (cell) => places.get(categoryOf(cell))!;
}
