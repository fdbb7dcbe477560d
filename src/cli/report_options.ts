import {parseArgs} from 'node:util';
import {UsageError, wrongPaths} from './terminal';

export interface ReportOptions {
  /** A model.json, or its folder. */
  model: string;
  /** A table of inputs. */
  data?: string;
  /** false if the table has no header; without, its first line says so. */
  header?: false;
  json: boolean;
  /** A folder for pictures. */
  svg?: string;
  segments: number;
  seed: number;
}

export const HELP = `npx tfjs-piecewise report MODEL [options]

  MODEL          the model.json of a layers model, or its folder; also one that
                 tensorflowjs_converter has made from Keras
  --data FILE    a table of inputs, a sample a row: segments and planes are then
                 between samples; a model of compare or train finds its columns
                 by name. Else they are between random points: within 2 standard
                 deviations of the means in a normalization at the start of the
                 model, in the range that fitCurve keeps, or in [-1, 1]
  --no-header    the columns of the table are c1, c2, ...
  --json         print one JSON document
  --svg FOLDER   draw regions, breakpoints, the network and its slopes there
  --segments N   segments to count regions on (default: 10)
  --seed N       picks the samples or points (default: 0)
`;

/** Parses and checks the arguments of the report. */
export function parseReportOptions(args: string[]): ReportOptions {
  const {values, positionals} = parse(args);
  const [model] = positionals;
  if (positionals.length !== 1 || model === '') throw wrongPaths('report', ['MODEL'], positionals);
  if (values['no-header'] && values.data === undefined) {
    throw new UsageError('report: --no-header must stand beside --data, but received no --data');
  }
  return {
    model,
    data: text('data', values.data),
    header: values['no-header'] ? false : undefined,
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
        'no-header': {type: 'boolean', default: false},
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
