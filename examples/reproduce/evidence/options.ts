import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {count, oneOf} from '../../choices';
import {LOADS} from './capacity';
import {BUDGETS} from './images/networks';
import type {ImageOptions} from './images/runs';

export const PARTS = ['images', 'tables', 'cost', 'capacity'] as const;
export type Part = (typeof PARTS)[number];

export interface Options {
  parts: readonly Part[];
  images: ImageOptions;
  data?: string;
  tables: string;
  tableSeeds: number;
  cost: {budgets: number[]; times: number};
  capacity: {loads: readonly number[]; trials: number; steps: number};
  quick: boolean;
  record: boolean;
  out: string;
  help: boolean;
}

export const HELP = `npm run reproduce -- evidence [options]

The numbers of docs/guides/when_to_use.md: dense, low-rank, small convolutional networks and ours at equal sizes.

  images     Fashion-MNIST: families and budgets of 1,024 to 65,536 parameters, on tensorflow; one recipe, rates chosen on
             validation images. Takes a day on two cores
  tables     \`tfjs-piecewise compare\` on tables of R's mlbench (npm run setup -- tables), penguins and digits: an hour
  cost       milliseconds to classify one image on wasm: a minute
  capacity   random patterns that networks of equal size store: half an hour

Each finished run is kept in OUT and never done again; whoever interrupts loses the one under way.

  --only A,B         these parts (default: all that are not recorded yet)
  --quick            a few tiny runs of each part, to see that it works: two minutes
  --images N         training images (default: 55000, which leaves 5,000 of all to choose rates by)
  --epochs N         passes over them (default: 10)
  --seeds N          trainings of each network on images (default: 3)
  --budgets A,B      budgets (default: all)
  --rate-budgets A,B budgets at which all rates are tried, the others take the nearest one's (default: all)
  --table-seeds N    trainings of each network on tables (default: 5)
  --trials N         networks that are trained at each load of capacity (default: 20)
  --steps N          steps of each of them (default: 3000)
  --data FOLDER      where the files of Fashion-MNIST are, if not where they are looked for
  --tables FOLDER    where the tables are as CSV, if not where setup puts them
  --record           runs nothing, and writes all finished runs to docs/evidence.json, the page and its charts
  --out FOLDER       where finished runs go (default: out/reproduce/evidence)
  --help             this text`;

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
  const {quick} = values;
  const number = (
    name: 'images' | 'epochs' | 'seeds' | 'table-seeds' | 'trials' | 'steps',
    usual: number,
    small: number,
  ) => (values[name] === undefined ? (quick ? small : usual) : count(name, values[name]));
  const budgets = (name: 'budgets' | 'rate-budgets') => {
    const given = values[name] ?? (quick ? '1024' : BUDGETS.join(','));
    return given.split(',').map((budget) => Number(oneOf(name, budget, BUDGETS.map(String))));
  };
  return {
    parts: values.only.split(',').map((part) => oneOf('only', part, PARTS)),
    images: {
      images: number('images', 55_000, 256),
      epochs: number('epochs', 10, 1),
      seeds: number('seeds', 3, 1),
      budgets: budgets('budgets'),
      rateBudgets: budgets('rate-budgets'),
    },
    data: values.data,
    tables: values.tables ?? join(process.env.TFJS_PIECEWISE_CACHE ?? join(__dirname, '../../../.cache'), 'tables'),
    tableSeeds: number('table-seeds', 5, 1),
    cost: {budgets: quick ? [1024] : BUDGETS, times: quick ? 2 : 60},
    capacity: {loads: quick ? [0.5, 3] : LOADS, trials: number('trials', 20, 1), steps: number('steps', 3000, 50)},
    quick,
    record: values.record,
    out: values.out ?? (quick ? 'out/reproduce/evidence_quick' : 'out/reproduce/evidence'),
    help: values.help,
  };
}
