import {type ParseArgsConfig, parseArgs} from 'node:util';
import {stopGpu} from '../../bench/backends';
import {type Row, record} from './record';

type Options = NonNullable<ParseArgsConfig['options']>;
const COMMON = {
  record: {type: 'boolean', default: false},
  help: {type: 'boolean', default: false},
} satisfies Options;

/** What a command reads of its arguments: its options and those of all commands. */
export type Values<O extends Options> = ReturnType<typeof parseArgs<{options: O & typeof COMMON}>>['values'];

export interface Command<O extends Options> {
  readonly name: string;
  /** What --help prints. */
  readonly help: string;
  readonly options: O;
  /** Does the work and sets the exit code 1 if something was wrong. Gives the rows that --record writes. */
  run(values: Values<O>): Promise<readonly Row[] | null>;
}

/** Runs a command of this folder: an exit of 1 is its verdict, of 2 that it could not come to one. */
export function runCommand<const O extends Options>({name, help, options, run}: Command<O>): void {
  const work = async () => {
    const {values} = parseArgs({options: {...options, ...COMMON}}) as {values: Values<O>};
    if ((values as {help?: boolean}).help) return console.log(help);
    const rows = await run(values);
    if (rows && (values as {record?: boolean}).record) record(rows);
  };
  work()
    .catch((error: Error) => {
      console.error(`${name}: ${error.message}`);
      process.exitCode = 2;
    })
    .finally(stopGpu);
}
