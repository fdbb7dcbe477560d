import {parseArgs} from 'node:util';
import {UsageError} from './terminal';

export interface ReportOptions {
  /** A model.json, or its folder. */
  model: string;
  /** A CSV file of inputs. */
  data?: string;
  json: boolean;
  /** A folder for pictures. */
  svg?: string;
  segments: number;
  seed: number;
}

export const HELP = `npx tfjs-piecewise report MODEL [options]

  MODEL          the model.json of a layers model, or its folder; also one that
                 tensorflowjs_converter has made from Keras
  --data FILE    a CSV file of inputs, a sample a line: segments and planes are
                 then between samples, else between random points of [-1, 1]
  --json         print one JSON document
  --svg FOLDER   draw regions, breakpoints, the network and its slopes there
  --segments N   segments to count regions on (default: 10)
  --seed N       picks the samples or points (default: 0)
`;

/** Parses and checks the arguments of the report. */
export function parseReportOptions(args: string[]): ReportOptions {
  const {values, positionals} = parse(args);
  const [model] = positionals;
  if (positionals.length !== 1 || model === '') {
    throw new UsageError(`report: there must be one MODEL, but received ${positionals.length}`);
  }
  return {
    model,
    data: text('data', values.data),
    json: values.json,
    svg: text('svg', values.svg),
    segments: integer('segments', values.segments, [1, 1000]),
    seed: integer('seed', values.seed, [0, 2 ** 32 - 1]),
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        data: {type: 'string'},
        json: {type: 'boolean', default: false},
        svg: {type: 'string'},
        segments: {type: 'string', default: '10'},
        seed: {type: 'string', default: '0'},
      },
    });
  } catch (error) {
    throw new UsageError(`report: ${(error as Error).message.replace(/\.$/, '')}`);
  }
}

/** An empty text is a shell variable that was not set. */
function text(option: string, value: string | undefined): string | undefined {
  if (value === '') throw new UsageError(`report: --${option} must be a path, but received ''`);
  return value;
}

function integer(option: string, value: string, [min, max]: readonly [number, number]): number {
  const n = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (n >= min && n <= max) return n;
  throw new UsageError(`report: --${option} must be an integer from ${min} to ${max}, but received '${value}'`);
}
