/** The command line of the reproduction. */

import {parseArgs} from 'node:util';
import {count, oneOf} from '../../choices';
import {BACKENDS, type BackendName} from '../../node/options';

export const PARTS = ['dense', 'sparse', 'depth', 'difference', 'plane', 'digits'] as const;
export type Part = (typeof PARTS)[number];

export interface Options {
  backend?: BackendName;
  parts: Part[];
  /** Only the convex targets of the dense part. */
  quick: boolean;
  /** Runs in a group, as the paper has them; how many groups of the convex targets; steps of each stage. */
  seeds: number;
  groups: number;
  steps: number;
  /** A convex function of x on [0, 1], as an expression. */
  target?: string;
  out: string;
  help: boolean;
}

export const HELP = `Reproduces the experiments of Milkert, Hyde and Laine (ICML 2025, arXiv 2311.18022).

npm run reproduce -- linear-regions [options]

Takes 10 to 25 minutes with the backend tensorflow, most of it on one core, --quick a third; longer on others.

  --quick          only x^3 and x^11 on 500 points, one group of runs
  --parts A,B      some of ${PARTS.join(', ')} (default: all)
  --target F       instead, only this convex function of x on [0, 1], for example 'exp(2 * x)'
  --seeds N        runs of each method and target (default: 30, as in the paper)
  --groups N       groups of so many runs for x^3 and x^11 (default: 3)
  --steps N        steps of each stage (default: 1000, as in the paper)
  --backend NAME   tensorflow, wasm or cpu (default: the first of these that is there)
  --out FOLDER     where results go (default: out/reproduce/linear_regions)
  --help           this text

Writes report.json, report.md, fits.svg and depth.svg.`;

/** Parses and checks; an error names the option, what was given and what is possible. */
export function parseOptions(args: string[]): Options {
  const {values} = parseArgs({
    args,
    options: {
      quick: {type: 'boolean', default: false},
      parts: {type: 'string'},
      target: {type: 'string'},
      seeds: {type: 'string', default: '30'},
      groups: {type: 'string'},
      steps: {type: 'string', default: '1000'},
      backend: {type: 'string'},
      out: {type: 'string', default: 'out/reproduce/linear_regions'},
      help: {type: 'boolean', default: false},
    },
  });
  const {quick} = values;
  const parts = values.parts?.split(',') ?? (quick ? ['dense'] : PARTS);
  return {
    backend: values.backend === undefined ? undefined : oneOf('backend', values.backend, BACKENDS),
    parts: parts.map((part) => oneOf('parts', part, PARTS)),
    quick,
    seeds: count('seeds', values.seeds),
    groups: count('groups', values.groups ?? (quick ? '1' : '3')),
    steps: count('steps', values.steps),
    target: values.target,
    out: values.out,
    help: values.help,
  };
}

/** The function of an expression in which all names of Math are known. */
export function functionOf(expression: string): (x: number) => number {
  try {
    const names = Object.getOwnPropertyNames(Math);
    const make = new Function(...names, `return (x) => (${expression});`);
    return make(...names.map((name) => Math[name as keyof Math]));
  } catch (error) {
    throw new Error(`--target ${expression} is not an expression in x (${(error as Error).message}). See --help.`);
  }
}
