import {spawn} from 'node:child_process';
import {note} from './log.mjs';

const TEN_MINUTES = 600_000;

/**
 * Runs a command and gives {ok, result, output}, where `result` is the exit code, the signal, or why it did not start.
 * What it printed goes into the log.
 */
export function run(command, args, {env = {}, ...options} = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {...process.env, ...env},
      ...options,
    });
    // Not spawn's own `timeout`: where the command does not exist, its timer keeps this process alive.
    const timer = setTimeout(() => child.kill(), TEN_MINUTES);
    let output = '';
    const collect = (chunk) => {
      output += chunk;
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    let reason = null;
    child.on('error', (error) => {
      reason = error.message;
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      const result = reason ?? code ?? signal;
      note(`$ ${command} ${args.join(' ')}\n${output}[${result}]`);
      resolve({ok: result === 0, result, output: output.trim()});
    });
  });
}
