import * as tf from '@tensorflow/tfjs';
import {fail} from '../../errors';
import {categoryOf, isMissing, numberOf} from '../data/cell';
import type {Columns, InputColumn, Target} from '../data/columns';
import {Encoder} from '../data/encoder';
import {columnAt, headerOf, numbered} from '../data/header';
import {detectDelimiter, readRecords} from '../data/read_records';
import {textFile} from '../data/text_file';

/** What a model is checked on. */
export interface Rows {
  readonly count: number;
  /** One row after the other, as the model takes them. */
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
  /** The column that the outputs are compared with. */
  readonly target?: string;
  readonly header: boolean;
}

const WHO = 'export';

/**
 * The rows of a table for a model: by the columns in its metadata, as `compare` and `train` write them; else all columns but the
 * target are its inputs, in their order.
 *
 * @throws If the model has several inputs or outputs, or a cell does not fit.
 */
export async function readRows(model: tf.LayersModel, choices: RowChoices): Promise<Rows> {
  const {inputs, outputs} = sizesOf(model);
  const known = (model.getUserDefinedMetadata() as {table?: Columns} | undefined)?.table;
  const file = await textFile(choices.path, WHO);
  const rows: Float32Array[] = [];
  const answers: number[] = [];
  let reader = null as {encoder: Encoder; answer: Answer | null; target: Target | null} | null;
  await readRecords(file, await detectDelimiter(file, WHO), WHO, (cells, line) => {
    if (!reader) {
      const names = choices.header ? headerOf(cells, choices.path, WHO) : numbered(cells.length);
      const name = choices.target ?? (known && names.includes(known.target.name) ? known.target.name : undefined);
      if (name !== undefined) columnAt(name, names, '--target', WHO);
      const target = known?.target ?? (name === undefined ? null : targetOf(name, outputs, model));
      const columns = known?.columns ?? columnsOf(names, name, inputs);
      const answer = target && name !== undefined ? {target, name, place: names.indexOf(name)} : null;
      reader = {encoder: new Encoder(columns, names, WHO), answer, target};
      if (choices.header) return;
    }
    const {encoder, answer} = reader;
    const row = new Float32Array(encoder.inputs);
    encoder.encode(cells, line, row, 0);
    if (row.some(Number.isNaN)) {
      fail(
        WHO,
        `${choices.path}, line ${line}: every input must be a number`,
        'an empty cell',
        'Fill in what is missing.',
      );
    }
    rows.push(row);
    if (answer) answers.push(answerOf(answer, cells[answer.place], line));
  });
  if (!reader || rows.length === 0) return fail(WHO, `${choices.path} must have rows`, 'none', 'Name another table.');
  const {encoder, answer, target} = reader;
  if (encoder.inputs !== inputs) {
    const fix = 'Take the model.json that compare or train has written.';
    fail(WHO, `the columns in the metadata of the model must make its ${inputs} inputs`, encoder.inputs, fix);
  }
  const x = new Float32Array(rows.length * inputs);
  for (const [i, row] of rows.entries()) x.set(row, i * inputs);
  return {count: rows.length, x, target, y: answer ? Float32Array.from(answers) : null, unknown: encoder.unknown};
}

/** The numbers of a sample, and of what it gives. */
function sizesOf({inputs, outputs}: tf.LayersModel): {inputs: number; outputs: number} {
  if (inputs.length !== 1 || outputs.length !== 1) {
    const received = `${inputs.length} and ${outputs.length}`;
    const fix = 'Compare such models in a program: see docs/guides/save_and_export.md.';
    fail(WHO, '--check is for models of one input and one output', received, fix);
  }
  const [input, output] = [inputs, outputs].map(([{shape}]) => shape.slice(1));
  if (input.includes(null)) {
    const fix = 'Set inputShape.';
    fail(WHO, '--check is for models whose sizes are known', `[${input.map((size) => size ?? 'null')}]`, fix);
  }
  return {inputs: tf.util.sizeFromShape(input as number[]), outputs: tf.util.sizeFromShape(output as number[])};
}

/** All columns but the target, as numbers. */
function columnsOf(names: readonly string[], target: string | undefined, inputs: number): InputColumn[] {
  const columns = names.filter((name) => name !== target);
  if (columns.length !== inputs) {
    const besides = target === undefined ? '' : ` beside '${target}'`;
    const fix = 'Leave out what is none, and name the column of the answers by --target.';
    fail(WHO, `--check must have ${inputs} columns${besides}, the inputs of the model`, columns.length, fix);
  }
  return columns.map((name) => ({name, kind: 'number', mean: Number.NaN}));
}

/** Several outputs are classes: `labels` of the metadata, or their places. */
function targetOf(name: string, outputs: number, model: tf.LayersModel): Target {
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

function answerOf({target, name}: Answer, cell: string, line: number): number {
  if (isMissing(cell)) return Number.NaN;
  const isClass = target.task === 'classification';
  const place = isClass ? target.labels.indexOf(categoryOf(cell)) : numberOf(cell);
  if (place >= 0 || (!isClass && !Number.isNaN(place))) return place;
  const expected = isClass ? `one of the classes ${target.labels.slice(0, 12).join(', ')}` : 'a number';
  return fail(
    WHO,
    `column '${name}', line ${line}: there must be ${expected}`,
    `'${cell}'`,
    'Correct it, or clear it.',
  );
}
