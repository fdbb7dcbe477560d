/** @needs tools
 *  @slow */

import {execFileSync} from 'node:child_process';
import {copyFileSync, existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {build as esbuild} from 'esbuild';
import {ROOT} from './build';
import type {Outcome} from './consumers/program';
import {installPackage, uninstall} from './installed';
import {RESOLUTIONS, typeErrors} from './type_errors';

let folder: string;
const at = (path: string) => join(folder, path);

beforeAll(async () => {
  folder = await installPackage();
  // For those that do not read TypeScript: as an ES module and as CommonJS.
  for (const format of ['esm', 'cjs'] as const) {
    const outfile = at(format === 'esm' ? 'program.mjs' : 'program.cjs');
    await esbuild({entryPoints: [at('program.ts')], format, outfile});
  }
  copyFileSync(at('strict.ts'), at('strict.mts'));
}, 120_000);

afterAll(() => uninstall(folder));

/** Runs a script in the folder of the consumer. */
function run(...args: string[]): string {
  return execFileSync(process.execPath, args, {cwd: folder, encoding: 'utf8', stdio: 'pipe'});
}

const {packagePath} = require('../../scripts/setup/packages.cjs');
const tool = (path: string) => join(ROOT, 'node_modules', path);
const EXPECTED: Outcome = {loaded: 0, parameters: 25, regions: 6, kernel: 'native'};

it('installs without a script, a dependency, or a copy of tfjs', () => {
  const lock = JSON.parse(readFileSync(at('package-lock.json'), 'utf8'));
  const {dependencies, hasInstallScript} = lock.packages['node_modules/tfjs-piecewise'];
  expect({dependencies, hasInstallScript}).toEqual({});
  expect(Object.keys(lock.packages)).toEqual(['', 'node_modules/tfjs-piecewise']);
});

it.each(['program.mjs', 'program.cjs'])('Node runs %s', (script) => {
  expect(JSON.parse(run(script))).toEqual(EXPECTED);
});

describe('a bundle for pages, with all of tfjs in it, comes without a warning and runs:', () => {
  const outcomeOf = (bundle: string) => JSON.parse(run('--import', './worker_globals.mjs', bundle));

  it('esbuild', async () => {
    const outfile = at('bundles/esbuild.mjs');
    const {warnings} = await esbuild({entryPoints: [at('program.ts')], bundle: true, format: 'esm', outfile});
    expect(warnings).toEqual([]);
    expect(outcomeOf(outfile)).toEqual(EXPECTED);
  }, 60_000);

  it('webpack', () => {
    expect(run(at('webpack.mjs'), packagePath('tools', 'webpack/lib/index.js'))).toBe('');
    expect(outcomeOf('bundles/webpack.js')).toEqual(EXPECTED);
  }, 60_000);

  it('Vite', () => {
    expect(run(tool('vite/bin/vite.js'), 'build')).toBe('');
    expect(outcomeOf('bundles/vite.mjs')).toEqual(EXPECTED);
  }, 60_000);
});

it('Jest with jsdom requires every entry', () => {
  const environment = packagePath('tools', 'jest-environment-jsdom');
  const args = ['--rootDir', folder, '--testEnvironment', environment, '--testRegex', 'page\\.test\\.cjs$'];
  // Jest reports on stderr, and ends with 1 if a test fails or there is none.
  expect(() => run(tool('jest/bin/jest.js'), ...args)).not.toThrow();
}, 60_000);

it.each(RESOLUTIONS)(
  'strict TypeScript that resolves like %s has types for every entry',
  (_, file, options) => {
    const {read, errors} = typeErrors(at(file), options);
    expect(errors).toEqual([]);
    expect(read).toBeGreaterThan(20);
  },
  60_000,
);

it('the command line is there', () => {
  const bin = at('node_modules/.bin/tfjs-piecewise');
  expect(existsSync(bin)).toBe(true);
  expect(run(bin, '--help')).toContain('report');
});
