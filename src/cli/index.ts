#!/usr/bin/env node
/** The command line: `npx tfjs-piecewise --help`. */

import {createProgress} from './progress';
import {run} from './run';

// A reader may stop early, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

/** An export, because the bundler takes a file without any for CommonJS, and wraps all that it imports. */
export const exitCode = run(process.argv.slice(2), {
  print: (text) => process.stdout.write(text),
  complain: (text) => process.stderr.write(text),
  columns: process.stdout.columns ?? 80,
  progress: (steps) => createProgress(steps, process.stderr),
});

exitCode.then((code) => {
  // Not process.exit, which would cut off output that a pipe has not taken yet.
  process.exitCode = code;
});
