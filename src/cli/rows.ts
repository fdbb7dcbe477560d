import * as tf from '@tensorflow/tfjs';
import {fail} from '../errors';
import {categoryOf, isMissing, numberOf} from './data/cell';
import type {Columns, InputColumn, Target} from './data/columns';
import {counted} from './data/counted';
import {Encoder} from './data/encoder';
import {columnAt, headerOf, numbered} from './data/header';
import {detectDelimiter, readRecords} from './data/read_records';
import {textFile} from './data/text_file';

/** Rows of a table as a model takes them. */
export interface Rows {
  readonly count: number;
  /** One row after the other. */
  readonly x: Float32Array;
  /** What the outputs stand for, if it is known. */
  readonly target: Target | null;
  /** The number or the place of the label of each row, NaN where it is missing; null without such a column. */
  readonly y: Float32Array | null;
  /** Cells with a category that the model does not know, by column. */
  readonly unknown: ReadonlyMap<string, number>;
}

export interface RowChoices {
  readonly path: string;
  /** The column that the outputs are compared with; null where answers are not read. */
  readonly target?: string | null;
  /** Without, a first line of numbers alone is a row, and any other a header. */
  readonly header?: boolean;
}

/** The command and the option that name the table. */
export interface Asker {
  readonly who: string;
  readonly option: string;
}

/**
 * The rows of a table for a model: by the columns in its metadata, as `compare` and `train` write them; else all columns but the
 * target are its inputs, in their order.
 *
 * @throws If the model has several inputs or outputs, or a cell does not fit.
 */
export async function readRows(model: tf.LayersModel, choices: RowChoices, asker: Asker): Promise<Rows> {
  const {who} = asker;
  const inputs = sizeOf(model.inputs, 'input', asker);
  const known = (model.getUserDefinedMetadata() as {table?: Columns} | undefined)?.table;
  const file = await textFile(choices.path, who);
  const rows: Float32Array[] = [];
  const answers: number[] = [];
  let reader = null as {encoder: Encoder; answer: Answer | null; target: Target | null} | null;
  await readRecords(file, await detectDelimiter(file, who), who, (cells, line) => {
    if (!reader) {
      const hasHeader = choices.header ?? cells.some((cell) => Number.isNaN(numberOf(cell)));
      const names = hasHeader ? headerOf(cells, file.path, who) : numbered(cells.length);
      const name = choices.target ?? (known && names.includes(known.target.name) ? known.target.name : undefined);
      if (name !== undefined) columnAt(name, names, '--target', who);
      const target = choices.target === null ? null : (known?.target ?? targetOf(name, model, asker));
      const columns = known?.columns ?? columnsOf(names, name, inputs, asker);
      const answer = target && name !== undefined ? {target, name, place: names.indexOf(name)} : null;
      reader = {encoder: new Encoder(columns, names, who), answer, target};
      if (hasHeader) return;
    }
    const {encoder, answer} = reader;
    const row = new Float32Array(encoder.inputs);
    encoder.encode(cells, line, row, 0);
    if (row.some(Number.isNaN)) {
      const expected = `${file.path}, line ${line}: every input must be a number`;
      fail(who, expected, 'an empty cell', 'Fill in what is missing.');
    }
    rows.push(row);
    if (answer) answers.push(answerOf(answer, cells[answer.place], line, who));
  });
  if (!reader || rows.length === 0) return fail(who, `${file.path} must have rows`, 'none', 'Add rows.');
  const {encoder, answer, target} = reader;
  if (encoder.inputs !== inputs) {
    const fix = 'Take the model.json that compare or train has written.';
    fail(who, `the columns in the metadata of the model must make its ${inputs} inputs`, encoder.inputs, fix);
  }
  const x = new Float32Array(rows.length * inputs);
  for (const [i, row] of rows.entries()) x.set(row, i * inputs);
  return {count: rows.length, x, target, y: answer ? Float32Array.from(answers) : null, unknown: encoder.unknown};
}

/** Lines about cells that count as missing. */
export const unknownText = (unknown: Rows['unknown']): string =>
  [...unknown]
    .map(([name, count]) => {
      const cells = counted(count, 'cell holds', 'cells hold');
      return `Column '${name}': ${cells} a category that training has not seen, which counts as missing.\n`;
    })
    .join('');

/** Numbers in the only input, or in the only output. */
function sizeOf(ends: readonly tf.SymbolicTensor[], end: 'input' | 'output', {who, option}: Asker): number {
  if (ends.length !== 1) {
    const fix = 'Run such models in a program: see docs/guides/save_and_export.md.';
    fail(who, `${option} is for models of one ${end}`, ends.length, fix);
  }
  const sizes = ends[0].shape.slice(1);
  if (sizes.includes(null)) {
    fail(
      who,
      `${option} is for models whose sizes are known`,
      `[${sizes.map((size) => size ?? 'null')}]`,
      'Set inputShape.',
    );
  }
  return tf.util.sizeFromShape(sizes as number[]);
}

/** All columns but the target, as numbers. */
function columnsOf(
  names: readonly string[],
  target: string | null | undefined,
  inputs: number,
  {who, option}: Asker,
): InputColumn[] {
  const columns = names.filter((name) => name !== target);
  if (columns.length !== inputs) {
    const besides = target ? ` beside '${target}'` : '';
    const fix = `Leave out the others${option === '--check' ? ', and name the column of the answers by --target' : ''}.`;
    const expected = `${option} must have ${counted(inputs, 'column')}${besides}, the inputs of the model`;
    fail(who, expected, columns.length, fix);
  }
  return columns.map((name) => ({name, kind: 'number', mean: Number.NaN}));
}

/** Several outputs are classes: `labels` of the metadata, or their places. */
function targetOf(name: string | undefined, model: tf.LayersModel, asker: Asker): Target | null {
  const outputs = sizeOf(model.outputs, 'output', asker);
  if (name === undefined) return null;
  if (outputs === 1) return {name, task: 'regression'};
  const {labels} = (model.getUserDefinedMetadata() ?? {}) as {labels?: unknown};
  const isList = Array.isArray(labels) && labels.length === outputs;
  const all = isList ? labels : Array.from({length: outputs}, (_, i) => i);
  return {name, task: 'classification', labels: all.map((label) => categoryOf(String(label)))};
}

interface Answer {
  readonly target: Target;
  readonly name: string;
  readonly place: number;
}

function answerOf({target, name}: Answer, cell: string, line: number, who: string): number {
  if (isMissing(cell)) return Number.NaN;
  const isClass = target.task === 'classification';
  const place = isClass ? target.labels.indexOf(categoryOf(cell)) : numberOf(cell);
  if (place >= 0 || (!isClass && !Number.isNaN(place))) return place;
  const expected = isClass ? `one of the classes ${target.labels.slice(0, 12).join(', ')}` : 'a number';
  const where = `column '${name}', line ${line}`;
  return fail(who, `${where}: there must be ${expected}`, `'${cell}'`, 'Correct it, or clear it.');
}
