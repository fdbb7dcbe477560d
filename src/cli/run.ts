import {HELP as EXPORT_HELP, exportModel} from './export';
import {HELP as REPORT_HELP, report} from './report';
import {type Terminal, UsageError} from './terminal';

const COMMANDS: {[name: string]: (args: string[], terminal: Terminal) => Promise<void>} = {
  report,
  export: exportModel,
};

const HELP = `Exact instruments for TensorFlow.js models, and ways out of TensorFlow.js.

${REPORT_HELP}
${EXPORT_HELP}
Exit code: 0 done, 1 a file could not be read or written, 2 wrong usage.
`;

/** Runs a command line without the name of the program; the exit code. */
export async function run(args: string[], terminal: Terminal): Promise<0 | 1 | 2> {
  const [name, ...rest] = args;
  if (args.includes('--help') || args.includes('-h')) {
    terminal.print(HELP);
    return 0;
  }
  try {
    if (!Object.hasOwn(COMMANDS, name ?? '')) {
      const received = name === undefined ? 'none' : `'${name}'`;
      throw new UsageError(`the command must be one of ${Object.keys(COMMANDS).join(', ')}, but received ${received}`);
    }
    await COMMANDS[name](rest, terminal);
    return 0;
  } catch (error) {
    const wrongUsage = error instanceof UsageError;
    const fix = wrongUsage ? '. See npx tfjs-piecewise --help.' : '';
    terminal.complain(`tfjs-piecewise: ${(error as Error).message}${fix}\n`);
    return wrongUsage ? 2 : 1;
  }
}
