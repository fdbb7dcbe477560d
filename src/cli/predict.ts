import {parseArgs} from 'node:util';
import * as tf from '@tensorflow/tfjs';
import {fail} from '../errors';
import {replaceFiles} from '../node/replace_files';
import type {Columns} from './data/columns';
import {Encoder} from './data/encoder';
import {headerOf, numbered} from './data/header';
import {detectDelimiter, readRecords} from './data/read_records';
import {textFile} from './data/text_file';
import {FarRows} from './far_rows';
import {readModel} from './read_model';
import {unknownText} from './rows';
import {type Terminal, UsageError, wrongPaths} from './terminal';

export const HELP = `npx tfjs-piecewise predict MODEL DATA [options]

  Predicts the target for each row of a table, by a model of compare or train.
  Prints CSV: the target, and for classes its probability.

  MODEL                the model.json, or its folder
  DATA                 a table with the columns that the model was trained on,
                       in any order; other columns are not read. - reads the
                       standard input
  --probabilities      a column for each class with its probability
  --no-header          the columns are c1, c2, ...
  --out FILE           write to a file

  npx tfjs-piecewise predict out/wht new_houses.csv --out prices.csv
`;

const WHO = 'predict';
const ROWS_AT_ONCE = 4096;

/** `tfjs-piecewise predict`: what a model says of the rows of a table. */
export async function predict(args: string[], terminal: Terminal): Promise<void> {
  const options = parseOptions(args);
  const model = await readModel(options.model, WHO);
  const columns = columnsIn(model, options.model);
  const file = await textFile(options.data, WHO);
  let predictor: Predictor | null = null;
  await readRecords(file, await detectDelimiter(file, WHO), WHO, (cells, line) => {
    if (!predictor) {
      const names = options.header ? headerOf(cells, file.path, WHO) : numbered(cells.length);
      predictor = new Predictor(model, columns, new Encoder(columns.columns, names, WHO), options.probabilities);
      if (options.header) return;
    }
    predictor.add(cells, line);
  });
  if (!predictor) fail(WHO, `${file.path} must have rows`, 'empty lines', 'Name another file.');
  const {content, unknown, far} = (predictor as Predictor).finish();
  terminal.complain(`${unknownText(unknown)}${far}`);
  if (options.out === undefined) terminal.print(content);
  else await replaceFiles([{path: options.out, content}]);
}

function columnsIn(model: tf.LayersModel, path: string): Columns {
  const metadata = model.getUserDefinedMetadata() as {table?: Columns} | undefined;
  if (metadata?.table) return metadata.table;
  const fix = 'Take a model that npx tfjs-piecewise compare or train has written.';
  return fail(WHO, `${path} must say in its metadata how columns become inputs`, 'nothing of it', fix);
}

/** Predicts some rows at a time, and keeps the lines. */
class Predictor {
  private readonly lines: string[];
  private readonly inputs: Float32Array;
  private readonly far: FarRows;
  private rows = 0;

  constructor(
    private readonly model: tf.LayersModel,
    {target}: Columns,
    private readonly encoder: Encoder,
    private readonly all: boolean,
    private readonly labels = target.task === 'classification' ? target.labels : null,
  ) {
    const [, size] = model.inputs[0].shape;
    if (size !== encoder.inputs) {
      const fix = 'Take the model.json that compare or train has written.';
      fail(WHO, `the columns in the metadata of the model must make its ${size} inputs`, encoder.inputs, fix);
    }
    if (all && !this.labels) {
      const fix = 'Leave out --probabilities.';
      fail(WHO, '--probabilities is for models of classes', `one of the number '${target.name}'`, fix);
    }
    const each = all ? this.labels!.map((label) => cell(`probability of ${label}`)) : [];
    this.lines = [[cell(target.name), ...(this.labels ? ['probability'] : []), ...each].join()];
    this.far = new FarRows(model, encoder.inputs);
    this.inputs = new Float32Array(ROWS_AT_ONCE * encoder.inputs);
  }

  add(cells: readonly string[], line: number): void {
    const start = this.rows * this.encoder.inputs;
    this.encoder.encode(cells, line, this.inputs, start);
    this.far.add(this.inputs.subarray(start, start + this.encoder.inputs), line);
    this.rows++;
    if (this.rows === ROWS_AT_ONCE) this.flush();
  }

  finish(): {content: string; unknown: ReadonlyMap<string, number>; far: FarRows} {
    if (this.rows > 0) this.flush();
    return {content: `${this.lines.join('\n')}\n`, unknown: this.encoder.unknown, far: this.far};
  }

  private flush(): void {
    const {rows, encoder, inputs} = this;
    const outputs = tf.tidy(() => {
      const x = tf.tensor2d(inputs.slice(0, rows * encoder.inputs), [rows, encoder.inputs]);
      return (this.model.predict(x, {batchSize: rows}) as tf.Tensor2D).arraySync();
    });
    for (const row of outputs) this.lines.push(this.lineOf(row));
    inputs.fill(0);
    this.rows = 0;
  }

  private lineOf(outputs: readonly number[]): string {
    if (!this.labels) return String(Number(outputs[0].toPrecision(7)));
    const probability = Math.max(...outputs);
    const each = this.all ? outputs : [];
    const shares = [probability, ...each].map((value) => Number(value.toFixed(4)));
    return [cell(this.labels[outputs.indexOf(probability)]), ...shares].join();
  }
}

/** A text as a cell of CSV. */
const cell = (text: string) => (/[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

function parseOptions(args: string[]) {
  const {values, positionals} = parse(args);
  const [model, data] = positionals;
  if (positionals.length !== 2 || model === '' || data === '')
    throw wrongPaths('predict', ['MODEL', 'DATA'], positionals);
  if (values.out === '') throw new UsageError(`predict: --out must be a path, but received ''`);
  return {model, data, header: !values['no-header'], out: values.out, probabilities: values.probabilities ?? false};
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {out: {type: 'string'}, 'no-header': {type: 'boolean'}, probabilities: {type: 'boolean'}},
    });
  } catch (error) {
    throw new UsageError(`predict: ${(error as Error).message.replace(/\.$/, '')}`);
  }
}
