import {run} from '../../../src/cli/run';

export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a command line in this process. */
export async function command(args: string[], columns = 80): Promise<Outcome> {
  const outcome = {code: -1, stdout: '', stderr: ''};
  outcome.code = await run(args, {
    print: (text) => {
      outcome.stdout += text;
    },
    complain: (text) => {
      outcome.stderr += text;
    },
    columns,
    progress: () => ({label: () => {}, step: () => {}, stop: () => {}}),
  });
  return outcome;
}
