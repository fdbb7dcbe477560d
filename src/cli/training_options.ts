import {parseArgs} from 'node:util';
import {meant} from '../errors';
import type {ReadChoices} from './data/read_table';
import {BACKENDS, type BackendName} from './start_backend';
import {UsageError, wrongPaths} from './terminal';
import {FAMILIES, type Family} from './training/networks';

/** What `compare` and `train` have in common. */
interface TrainingOptions {
  /** The table. */
  data: string;
  read: ReadChoices;
  seeds: number;
  /** The seed of the split. */
  seed: number;
  epochs?: number;
  backend?: BackendName;
  /** The folder to write to. */
  out: string;
}

export interface CompareOptions extends TrainingOptions {
  /** Parameters; without, three sizes that fit the table. */
  sizes?: number[];
  /** Not to go on with what an interrupted comparison has left. */
  restart: boolean;
}

export interface TrainOptions extends TrainingOptions {
  network: Family;
  size: number;
}

const COMMON = `  --target COLUMN      what to predict from the other columns
  --task TASK          classification or regression (default: classification if
                       the target is words or at most 20 different integers)
  --drop COLUMN        leave a column out; may be given several times
  --categories COLUMN  its numbers are names; may be given several times
  --no-header          the first line is a row; the columns are c1, c2, ...
  --epochs N           passes over the training rows (default: by their number)
  --backend NAME       tensorflow, wasm or cpu (default: the fastest one here)
  --seed N             splits the rows into 60 % to train on, 20 % to validate
                       and 20 % to test (default: 1)`;

export const COMPARE_HELP = `npx tfjs-piecewise compare DATA --target COLUMN [options]

  Trains Walsh-Hadamard and dense networks of equal sizes on a table, and says
  which is better at each size. Writes OUT/compare.svg, OUT/report.json, and the
  best model of each kind to OUT/wht and OUT/dense.

  DATA                 a CSV or TSV file of UTF-8, gzipped or not; - reads the
                       standard input
${COMMON}
  --sizes N,N          parameters of the networks (default: three sizes)
  --seeds N            trainings of each network (default: 3)
  --out OUT            a folder (default: out)
  --restart            train all anew: without it the same command goes on
                       where it was interrupted, with what OUT/unfinished has

  npx tfjs-piecewise compare houses.csv --target price
  npx tfjs-piecewise compare iris.csv --target species --sizes 200,900 --seeds 5
  npx tfjs-piecewise compare log.tsv.gz --target c7 --no-header --drop c1
`;

export const TRAIN_HELP = `npx tfjs-piecewise train DATA --target COLUMN [options]

  Trains one network on a table as compare does, and writes the best model of
  its seeds and report.json to OUT.

  DATA                 a CSV or TSV file of UTF-8, gzipped or not; - reads the
                       standard input
${COMMON}
  --network NAME       wht or dense (default: wht)
  --size N             parameters of the network (default: 1000)
  --seeds N            trainings; the best on validation rows is kept
                       (default: 1)
  --out OUT            a folder (default: out)

  npx tfjs-piecewise train houses.csv --target price --size 2000 --out model
  npx tfjs-piecewise predict model new_houses.csv
`;

export function parseCompareOptions(args: string[]): CompareOptions {
  const {values, positionals} = parse('compare', args, {
    sizes: {type: 'string'},
    restart: {type: 'boolean'},
  });
  const sizes = values.sizes?.split(',').map((size) => integer('compare', 'sizes', size, [1, 1e7]));
  return {
    ...common('compare', values, positionals, '3'),
    sizes: sizes && [...new Set(sizes)].sort((a, b) => a - b),
    restart: values.restart ?? false,
  };
}

export function parseTrainOptions(args: string[]): TrainOptions {
  const {values, positionals} = parse('train', args, {network: {type: 'string'}, size: {type: 'string'}});
  return {
    ...common('train', values, positionals, '1'),
    network: oneOf('train', 'network', values.network ?? 'wht', FAMILIES),
    size: integer('train', 'size', values.size ?? '1000', [1, 1e7]),
  };
}

type Flags = {'no-header'?: boolean; restart?: boolean};
type Values = {[option: string]: string | undefined} & {drop?: string[]; categories?: string[]} & Flags;

function parse(who: string, args: string[], own: {[option: string]: {type: 'string' | 'boolean'}}) {
  try {
    const {values, positionals} = parseArgs({
      args,
      allowPositionals: true,
      options: {
        target: {type: 'string'},
        task: {type: 'string'},
        drop: {type: 'string', multiple: true},
        categories: {type: 'string', multiple: true},
        'no-header': {type: 'boolean'},
        epochs: {type: 'string'},
        backend: {type: 'string'},
        seed: {type: 'string'},
        seeds: {type: 'string'},
        out: {type: 'string'},
        ...own,
      },
    });
    return {values: values as unknown as Values, positionals};
  } catch (error) {
    throw new UsageError(`${who}: ${(error as Error).message.replace(/\.$/, '')}`);
  }
}

function common(who: string, values: Values, positionals: string[], seeds: string): TrainingOptions {
  const [data] = positionals;
  if (positionals.length !== 1 || data === '') throw wrongPaths(who, ['DATA'], positionals);
  if (!values.target) {
    throw new UsageError(`${who}: --target must be the column to predict, but received ${values.target ?? 'none'}`);
  }
  if (values.out === '') throw new UsageError(`${who}: --out must be a folder, but received ''`);
  const {target, task, drop = [], categories = []} = values;
  if (drop.includes(target)) {
    throw new UsageError(`${who}: --drop must not be the column of --target, but received '${target}'`);
  }
  return {
    data,
    read: {
      target,
      task: task === undefined ? undefined : oneOf(who, 'task', task, ['classification', 'regression'] as const),
      drop,
      categories,
      header: !values['no-header'],
    },
    seeds: integer(who, 'seeds', values.seeds ?? seeds, [1, 100]),
    seed: integer(who, 'seed', values.seed ?? '1', [0, 2 ** 32 - 1]),
    epochs: values.epochs === undefined ? undefined : integer(who, 'epochs', values.epochs, [1, 100_000]),
    backend: values.backend === undefined ? undefined : oneOf(who, 'backend', values.backend, BACKENDS),
    out: values.out ?? 'out',
  };
}

function oneOf<T extends string>(who: string, option: string, value: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === value);
  if (found !== undefined) return found;
  const near = meant(value, choices);
  const hint = near ? `. ${near.replace(/\?$/, '')}` : '';
  throw new UsageError(`${who}: --${option} must be one of ${choices.join(', ')}, but received '${value}'${hint}`);
}

function integer(who: string, option: string, value: string, [min, max]: readonly [number, number]): number {
  const n = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (n >= min && n <= max) return n;
  throw new UsageError(`${who}: --${option} must be an integer from ${min} to ${max}, but received '${value}'`);
}
