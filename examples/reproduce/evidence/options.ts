import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {count, oneOf} from '../../choices';
import {type CapacityOptions, LOADS} from './capacity';
import {VALIDATION} from './images';
import {BUDGETS, COMPARED, FAMILIES, type FamilyName} from './images/networks';
import type {ImageOptions, Length} from './images/runs';
import {BATCH} from './images/train';

export const PARTS = ['images', 'tables', 'cost', 'capacity'] as const;
export type Part = (typeof PARTS)[number];

const RATE_BUDGETS = [2048, 16_384];

export interface Options {
  parts: readonly Part[];
  images: ImageOptions;
  data?: string;
  tables: string;
  tableSeeds: number;
  cost: {budgets: number[]; times: number};
  capacity: CapacityOptions;
  quick: boolean;
  anew: boolean;
  record: boolean;
  out: string;
  help: boolean;
}

export const HELP = `npm run reproduce -- evidence [options]

The numbers of docs/guides/when_to_use.md: dense, low-rank, small convolutional networks and ours at equal sizes.

  images     Fashion-MNIST: families and budgets of 1,024 to 65,536 parameters, on tensorflow; one recipe, rates chosen on
             validation images. Takes four hours on two cores
  tables     \`tfjs-piecewise compare\` on tables of R's mlbench (npm run setup -- tables), penguins and digits: an hour
  cost       milliseconds to classify one image on wasm: a minute
  capacity   random patterns that networks of equal size store: half an hour

Each finished run is kept in OUT and never done again; whoever interrupts (Ctrl-C) loses the one under way, and the same command
goes on with it. Nor is what docs/evidence.json has already: --anew does that, too, to see whether the same comes out.

  --only A,B         these parts (default: all)
  --quick            a few tiny runs of each part, to see that it works: two minutes
  --anew             runs what is recorded, too, and keeps it apart, in out/reproduce/evidence_anew
  --families A,B     families of images (default: ${COMPARED.join(',')};
                     others: ${Object.keys(FAMILIES).slice(COMPARED.length).join(',')})
  --images N         training images, at most 55000, which leaves 5,000 of all to choose rates by (default: 10000)
  --epochs N         passes over them (default: 4)
  --seeds N          trainings of each network on images, from the seeds 1 to N (default: 3)
  --seed N           one training of each, from this seed
  --budgets A,B      most parameters of a network, any numbers from 1000 up (default: ${BUDGETS.join(',')})
  --rate-budgets A,B budgets at which rates are tried, up to twice and down to half of the best one; the others take the
                     nearest one's (default: ${RATE_BUDGETS.join(',')})
  --rates-of NxM     tries no rates, and takes those that trainings of N images and M epochs have chosen
  --table-seeds N    trainings of each network on tables (default: 5)
  --trials N         networks that are trained at each load of capacity (default: 20)
  --steps N          steps of each of them (default: 3000)
  --data FOLDER      where the files of Fashion-MNIST are, if not where they are looked for
  --tables FOLDER    where the tables are as CSV, if not where setup puts them
  --record           runs nothing, and writes all finished runs to docs/evidence.json, the page and its charts
  --out FOLDER       where finished runs go (default: out/reproduce/evidence)
  --help             this text

One budget and one seed of your own, a training of less than a minute for each of ${COMPARED.length} families, apart from what is recorded:

  npm run reproduce -- evidence --only images --budgets 3000 --seed 7 --rates-of 10000x4 --out out/mine

A table of your own: npx tfjs-piecewise compare TABLE.csv --target COLUMN`;

/** Parses and checks; an error names the option, what was given and what is possible. */
export function parseOptions(args: string[]): Options {
  const {values} = parseArgs({
    args,
    options: {
      only: {type: 'string', default: PARTS.join(',')},
      quick: {type: 'boolean', default: false},
      images: {type: 'string'},
      epochs: {type: 'string'},
      seeds: {type: 'string'},
      seed: {type: 'string'},
      families: {type: 'string'},
      'rates-of': {type: 'string'},
      anew: {type: 'boolean', default: false},
      budgets: {type: 'string'},
      'rate-budgets': {type: 'string'},
      'table-seeds': {type: 'string'},
      trials: {type: 'string'},
      steps: {type: 'string'},
      data: {type: 'string'},
      tables: {type: 'string'},
      record: {type: 'boolean', default: false},
      out: {type: 'string'},
      help: {type: 'boolean', default: false},
    },
  });
  const {quick, anew} = values;
  if (values.seed && values.seeds) throw new Error('--seed and --seeds exclude each other. See --help.');
  const number = (name: 'epochs' | 'seeds' | 'table-seeds' | 'trials' | 'steps', usual: number, small: number) =>
    values[name] === undefined ? (quick ? small : usual) : count(name, values[name]);
  const budgets = (name: 'budgets' | 'rate-budgets', usual: readonly number[]) =>
    values[name]?.split(',').map((budget) => inRange(name, budget, LEAST_BUDGET, Infinity)) ?? (quick ? [1024] : usual);
  return {
    parts: values.only.split(',').map((part) => oneOf('only', part, PARTS)),
    images: {
      families: values.families?.split(',').map((family) => oneOf('families', family, ALL_FAMILIES)) ?? COMPARED,
      images: inRange('images', values.images ?? (quick ? '256' : '10000'), BATCH, MOST_IMAGES),
      epochs: number('epochs', 4, 1),
      seeds: values.seed ? [count('seed', values.seed)] : Array.from({length: number('seeds', 3, 1)}, (_, i) => i + 1),
      budgets: budgets('budgets', BUDGETS),
      rateBudgets: budgets('rate-budgets', RATE_BUDGETS),
      mostRates: quick ? 2 : 6,
      ratesOf: values['rates-of'] === undefined ? undefined : length(values['rates-of']),
    },
    data: values.data,
    tables: values.tables ?? join(process.env.TFJS_PIECEWISE_CACHE ?? join(__dirname, '../../../.cache'), 'tables'),
    tableSeeds: number('table-seeds', 5, 1),
    cost: {budgets: quick ? [1024] : BUDGETS, times: quick ? 2 : 60},
    capacity: {loads: quick ? [0.5, 3] : LOADS, trials: number('trials', 20, 1), steps: number('steps', 3000, 50)},
    quick,
    anew,
    record: values.record,
    out: values.out ?? `out/reproduce/evidence${quick ? '_quick' : anew ? '_anew' : ''}`,
    help: values.help,
  };
}

const ALL_FAMILIES = Object.keys(FAMILIES) as FamilyName[];
const LEAST_BUDGET = 1000;
const MOST_IMAGES = 60_000 - VALIDATION;

function inRange(option: string, value: string, least: number, most: number): number {
  const n = count(option, value);
  if (n >= least && n <= most) return n;
  const range = most === Infinity ? `${least} or more` : `${least} to ${most}`;
  throw new Error(`--${option} must be ${range}, but is ${value}. See --help.`);
}

function length(value: string): Length {
  const [images, epochs, ...more] = value.split('x').map(Number);
  if (more.length === 0 && [images, epochs].every((n) => Number.isInteger(n) && n >= 1)) return {images, epochs};
  throw new Error(`--rates-of must be images x epochs, as in 10000x4, but is ${value}. See --help.`);
}
