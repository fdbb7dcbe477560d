/** @needs c
 *  @slow */

import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {CProgram} from './support/c_program';
import {differing, layerCases, type ProgramCase, randomCases} from './support/program_cases';

const folder = mkdtempSync(join(tmpdir(), 'c-'));
afterAll(() => rmSync(folder, {recursive: true}));

let all: ProgramCase[];
let program: CProgram;

beforeAll(async () => {
  all = [...layerCases(), ...randomCases(100)];
  program = await CProgram.write(folder, all);
}, 120_000);

it('an emulated Cortex-M4 gives the outputs of every layer and of 100 random networks to 1e-5', () => {
  const outputs = program.runOnArm();
  expect(differing(all, (_, i) => outputs[i], 1e-5)).toEqual([]);
}, 120_000);

it('so does what clang makes, with the optimizations of -O2', () => {
  const outputs = program.run('clang', '-O2');
  expect(differing(all, (_, i) => outputs[i], 1e-5)).toEqual([]);
}, 120_000);

const SANITIZERS = ['-fsanitize=address,undefined', '-fno-sanitize-recover=all'];

it.each(['gcc', 'clang'])(
  'the sanitizers of %s find nothing, for these inputs and for random bits',
  (compiler) => {
    program.run(compiler, ...SANITIZERS);
    program.runWild(compiler, ...SANITIZERS);
  },
  240_000,
);

it('C++ takes the header', () => {
  execFileSync('clang', [
    '-x',
    'c++',
    '-Wall',
    '-Wextra',
    '-Werror',
    '-pedantic',
    '-fsyntax-only',
    join(folder, 'net0.h'),
  ]);
});
