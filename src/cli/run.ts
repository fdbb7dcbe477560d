import {version} from 'tfjs-piecewise/package.json';
import {HELP as COMPARE_HELP, compare} from './compare';
import {HELP as EXPORT_HELP, exportModel} from './export';
import {HELP as PREDICT_HELP, predict} from './predict';
import {HELP as REPORT_HELP, report} from './report';
import {type Terminal, UsageError} from './terminal';
import {HELP as TRAIN_HELP, train} from './train';

interface Command {
  run(args: string[], terminal: Terminal): Promise<void>;
  help: string;
}

const COMMANDS: {[name: string]: Command} = {
  report: {run: report, help: REPORT_HELP},
  export: {run: exportModel, help: EXPORT_HELP},
  compare: {run: compare, help: COMPARE_HELP},
  train: {run: train, help: TRAIN_HELP},
  predict: {run: predict, help: PREDICT_HELP},
};

const EXIT_CODES = 'Exit code: 0 done, 1 a file could not be read or written, 2 wrong usage.\n';

const HELP = `Exact instruments for TensorFlow.js models, ways out of TensorFlow.js, and
networks trained on a table.

${Object.values(COMMANDS)
  .map(({help}) => help)
  .join('\n')}
npx tfjs-piecewise --version

${EXIT_CODES}`;

/** Runs a command line without the name of the program; the exit code. */
export async function run(args: string[], terminal: Terminal): Promise<0 | 1 | 2> {
  const [name, ...rest] = args;
  if (args.includes('--help') || args.includes('-h')) {
    terminal.print(Object.hasOwn(COMMANDS, name) ? `${COMMANDS[name].help}\n${EXIT_CODES}` : HELP);
    return 0;
  }
  if (name === '--version') {
    terminal.print(`${version}\n`);
    return 0;
  }
  try {
    if (!Object.hasOwn(COMMANDS, name ?? '')) {
      const received = name === undefined ? 'none' : `'${name}'`;
      throw new UsageError(`the command must be one of ${Object.keys(COMMANDS).join(', ')}, but received ${received}`);
    }
    await COMMANDS[name].run(rest, terminal);
    return 0;
  } catch (error) {
    const wrongUsage = error instanceof UsageError;
    const fix = wrongUsage ? '. See npx tfjs-piecewise --help.' : '';
    terminal.complain(`tfjs-piecewise: ${(error as Error).message}${fix}\n`);
    return wrongUsage ? 2 : 1;
  }
}
