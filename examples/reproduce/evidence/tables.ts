/** Dense networks against ours on tables, by the command that readers have for their own: `npx tfjs-piecewise compare`. */

import {spawn} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import {join, relative} from 'node:path';
import {circumstances} from './circumstances';
import type {Store} from './store';

const ROOT = join(__dirname, '../../..');
const COMMAND = ['--import', 'tsx', '--conditions=tfjs-piecewise:source', join(ROOT, 'src/cli/index.ts'), 'compare'];

interface Table {
  name: string;
  /** What is told from the columns. */
  about: string;
  file: string;
  /** Options of compare. */
  target: string[];
}

/** Where setup puts those of R, and those of this repository. */
const tablesIn = (folder: string): Table[] => {
  const ofR = (name: string) => join(folder, `${name}.csv`);
  const own = (path: string) => join(ROOT, 'examples/data', path);
  return [
    {name: 'Vowel', about: 'which of 11 vowels', file: ofR('Vowel'), target: ['Class']},
    {name: 'Boston housing', about: 'a price', file: ofR('BostonHousing'), target: ['medv']},
    {name: 'penguins', about: 'which of 3 species', file: own('penguins/penguins.csv'), target: ['species']},
    {name: 'penguins, mass', about: 'a mass', file: own('penguins/penguins.csv'), target: ['body_mass_g']},
    {name: 'digits', about: 'which of 10 digits', file: own('digits/digits.csv.gz'), target: ['c65', '--no-header']},
    {name: 'DNA', about: 'which of 3 kinds of place', file: ofR('DNA'), target: ['Class']},
    {name: 'Satellite', about: 'which of 6 kinds of ground', file: ofR('Satellite'), target: ['classes']},
    {name: 'Letter', about: 'which of 26 letters', file: ofR('LetterRecognition'), target: ['lettr']},
    {name: 'Shuttle', about: 'which of 7 states', file: ofR('Shuttle'), target: ['Class']},
  ];
};

export interface TableNetwork {
  family: 'wht' | 'dense';
  network: string;
  parameters: number;
  learningRate: number;
  mean: number;
  /** null for one run. */
  standardDeviation: number | null;
  milliseconds: number;
  bytes: number;
  runs: {seed: number; epoch: number; validation: number; test: number}[];
}

export interface TableResult {
  table: string;
  about: string;
  seeds: number;
  sha256: string;
  rows: number;
  inputs: number;
  split: {seed: number; train: number; validation: number; test: number};
  measure: 'accuracy' | 'rootMeanSquaredError';
  /** That of the most frequent class, or of the mean. */
  baseline: number;
  recipe: {[name: string]: unknown};
  sizes: {size: number; winner: 'wht' | 'dense' | null; networks: TableNetwork[]}[];
}

export type TableKey = 'table' | 'seeds';
export const tableKey = ({table, seeds}: Pick<TableResult, TableKey>): string =>
  `${table.toLowerCase().replace(/\W+/g, '-')}-seeds${seeds}`;

/** One table after the other, those that are not there already. */
export async function compareTables(
  {folder, seeds, quick, out}: {folder: string; seeds: number; quick: boolean; out: string},
  store: Store<TableResult, TableKey>,
): Promise<void> {
  for (const {name, about, file, target} of tablesIn(folder).slice(0, quick ? 3 : undefined)) {
    if (store.has({table: name, seeds})) continue;
    if (!existsSync(file)) {
      console.error(
        `${name}: there is no ${relative(ROOT, file)}. Run \`npm run setup -- tables\`, or name a folder by --tables.`,
      );
      process.exitCode = 1;
      continue;
    }
    const folderOfRun = join(out, 'compare', tableKey({table: name, seeds}));
    const limits = quick ? ['--epochs', '1', '--sizes', '400'] : [];
    const options = [
      '--target',
      ...target,
      '--seeds',
      String(seeds),
      '--backend',
      'wasm',
      '--out',
      folderOfRun,
      ...limits,
    ];
    await run([...COMMAND, file, ...options]);
    const report = JSON.parse(readFileSync(join(folderOfRun, 'report.json'), 'utf8'));
    const {data, split, measure, baseline, recipe, sizes, versions, hardware, date} = report;
    const {sha256, rows, inputs} = data;
    const on = {...circumstances(), date: date.slice(0, 16), versions, hardware, backend: report.backend.name};
    store.add({table: name, about, seeds, sha256, rows, inputs, split, measure, baseline, recipe, sizes, on});
    for (const {winner, networks} of sizes as TableResult['sizes']) {
      const results = networks.map(
        (each) => `${each.family} of ${each.parameters} parameters ${each.mean.toPrecision(3)}`,
      );
      console.log(`${name}, ${measure}: ${results.join(', ')}; ${winner ? `${winner} wins` : 'level'}`);
    }
  }
}

function run(args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit']});
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`compare ended with ${code}`))));
  });
}
