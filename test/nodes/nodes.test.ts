import {execFileSync} from 'node:child_process';
import {copyFileSync} from 'node:fs';
import {join} from 'node:path';
import {build as esbuild} from 'esbuild';
import {installPackage, uninstall} from '../package/installed';
import type {Outcome} from './support/program';

const {nodes} = require('../../scripts/setup/nodes_state.cjs') as {nodes(): {version: string; executable: string}[]};
const {findBackends} = require('../../scripts/setup/backends.cjs') as {findBackends(): Backend[]};
const {resolveIn} = require('../../scripts/setup/packages.cjs') as {resolveIn(set: string, name: string): string};
const ownOp = require('../../scripts/setup/own_op_state.cjs') as {addon: string; isFresh(): boolean};

interface Backend {
  name: string;
  present: boolean;
  icd?: string;
}

/** Those of Node that this machine has: the reporter names the others. */
const BACKENDS = findBackends().filter(({name, present}) => present && name !== 'webgl');

let folder: string;
const at = (path: string) => join(folder, path);

beforeAll(async () => {
  folder = await installPackage();
  for (const [format, name] of [
    ['esm', 'program.mjs'],
    ['cjs', 'program.cjs'],
  ] as const) {
    // Imports of packages stay: Node finds them.
    await esbuild({entryPoints: [join(__dirname, 'support/program.ts')], format, outfile: at(name)});
  }
  copyFileSync(join(__dirname, 'support/dawn.mjs'), at('dawn.mjs'));
}, 120_000);

afterAll(() => uninstall(folder));

describe.each(nodes())('Node $version', ({executable, version}) => {
  const run = (args: string[], env: Record<string, string> = {}) =>
    execFileSync(executable, args, {
      cwd: folder,
      encoding: 'utf8',
      stdio: 'pipe',
      env: {...process.env, TF_CPP_MIN_LOG_LEVEL: '2', TFJS_PIECEWISE_ADDON: ownOp.addon, ...env},
    });

  it('is that version', () => expect(run(['-p', 'process.version'])).toBe(`v${version}\n`));

  // CommonJS is a matter of the files, which are the same for all backends.
  it.each([
    ['program.mjs', BACKENDS],
    ['program.cjs', BACKENDS.filter(({name}) => name === 'cpu')],
  ])(
    '%s trains, saves and loads on each backend',
    (program, backends) => {
      const webgpu = backends.find(({name}) => name === 'webgpu');
      const preload = webgpu ? ['--import', './dawn.mjs'] : [];
      const env = webgpu && {DAWN: resolveIn('webgpu', 'webgpu'), ...(webgpu.icd && {VK_ICD_FILENAMES: webgpu.icd})};
      const names = backends.map(({name}) => name);
      const printed = run([...preload, program, names.join(), at('model')], env);
      const outcomes = printed.split('\n').filter((line) => line.startsWith('{"backend"'));
      expect(outcomes).toHaveLength(names.length);
      for (const [i, outcome] of outcomes.map((line): Outcome => JSON.parse(line)).entries()) {
        expect(outcome).toMatchObject({backend: names[i], loaded: 0, top: 12});
        expect(outcome.loss).toBeLessThan(0.9);
        if (names[i] === 'tensorflow' && ownOp.isFresh()) expect(outcome.path).toContain('own TensorFlow op');
      }
    },
    120_000,
  );

  it('the command line reports on the model', () => {
    const printed = run([at('node_modules/.bin/tfjs-piecewise'), 'report', at('model/model.json')]);
    expect(printed).toMatch(/wht_projection_1/);
  });

  if (BACKENDS.some(({name}) => name === 'tensorflow')) {
    it('a program that imports tfjs-node itself runs after --import tfjs-piecewise/tfjs-node', () => {
      const code = `
        import * as tf from '@tensorflow/tfjs-node';
        console.log(tf.getBackend(), tf.topk(tf.tensor1d([1, 2, 3]), 2).values.dataSync().join());`;
      const printed = run(['--import', 'tfjs-piecewise/tfjs-node', '--input-type=module', '-e', code]);
      expect(printed.trim().split('\n').at(-1)).toBe('tensorflow 3,2');
    });
  }

  it('nothing of node:util is changed where nothing is missing', () => {
    const code = `
      const util = require('node:util');
      const before = {...util};
      try { require('tfjs-piecewise/tfjs-node'); } catch {}
      const changed = Object.getOwnPropertyNames(util).filter((name) => util[name] !== before[name]);
      console.log(JSON.stringify(changed.filter((name) => name in before)), changed.join());`;
    const [kept, added] = run(['-e', code]).trim().split('\n').at(-1)!.split(' ');
    expect(kept).toBe('[]');
    expect(['isNullOrUndefined', 'isArray', '', undefined]).toContain(added);
  });
});
