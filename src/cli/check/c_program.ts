import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {fail} from '../../errors';
import {bytesOf, floatsOf, runProgram} from './run_program';

/** Reads samples from the standard input, and writes what the network gives. */
const MAIN = `#include "model.h"
#include <stdio.h>

int main(void) {
  static float x[MODEL_INPUT_SIZE], y[MODEL_OUTPUT_SIZE];
  while (fread(x, sizeof x, 1, stdin) == 1) {
    model(x, y);
    if (fwrite(y, sizeof y, 1, stdout) != 1) return 1;
  }
  return 0;
}
`;

/** The compiler that CC names, or one of the usual names, with its first line about itself. */
export async function findCompiler(): Promise<{command: string; version: string}> {
  const {CC} = process.env;
  for (const command of CC ? [CC] : ['gcc', 'cc', 'clang']) {
    const output = await runProgram(command, ['--version']).catch(() => null);
    if (output) return {command, version: output.toString('utf8').split('\n')[0].trim()};
  }
  const fix = 'Install gcc, name a compiler in the variable CC, or leave out --check.';
  return fail('export', '--check of c needs a C compiler', CC ? `CC=${CC}, which does not run` : 'none', fix);
}

export async function runC(compiler: string, folder: string, x: Float32Array): Promise<Float32Array> {
  const own = await mkdtemp(join(tmpdir(), 'check-'));
  try {
    const [main, program] = ['main.c', 'program'].map((name) => join(own, name));
    await writeFile(main, MAIN);
    const source = join(resolve(folder), 'model.c');
    await runProgram(compiler, ['-std=c99', '-O1', '-I', resolve(folder), main, source, '-o', program, '-lm']);
    return floatsOf(await runProgram(program, [], bytesOf(x)));
  } finally {
    await rm(own, {recursive: true, force: true});
  }
}
