/** @slow */

import {execFileSync} from 'node:child_process';
import {mkdirSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {ensureBuild, ROOT} from './build';

beforeAll(ensureBuild, 120_000);

/** What a program prints as JSON, which has a copy of tfjs of its own: Node takes a link for another package here. */
function runWithOwnTfjs(program: string) {
  const folder = join(ROOT, '.cache', `two-copies-${process.pid}`);
  mkdirSync(folder, {recursive: true});
  try {
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    const file = join(folder, 'program.cjs');
    // tfjs warns of each kernel that its second copy registers.
    writeFileSync(file, `console.warn = console.log = () => {};\n${program}`);
    const links = ['--preserve-symlinks', '--preserve-symlinks-main'];
    return JSON.parse(execFileSync(process.execPath, [...links, file], {cwd: folder, encoding: 'utf8', stdio: 'pipe'}));
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}

it('ops and gradients take the tensors of another copy of tfjs, on native kernels', () => {
  const result = runWithOwnTfjs(`
    const tf = require('@tensorflow/tfjs');
    const pw = require('${ROOT}/dist/index.cjs');
    const copies = Object.keys(require.cache).filter((file) => file.endsWith('dist/tf-core.node.js')).length;
    const x = tf.tensor1d([1, 2, 3, 4]);
    const op = (t) => pw.whtReLUPair(t, 0.5, tf.tensor1d([1, 1, 1, 2]), {normalize: false});
    const [y, dx] = [op(x), tf.grad((t) => tf.sum(op(t)))(x)].map((t) => [...t.dataSync()]);
    process.stdout.write(JSON.stringify({copies, y, dx, kernels: pw.backendReport().kernels}));
  `);
  expect(result).toMatchObject({copies: 2, y: [10, -1, -2, 0], dx: [4, -1, -1, 2]});
  expect(result.kernels).toMatchObject({WalshHadamard: 'native', ReLUPairGradient: 'native'});
});

it('a layer in a model of another copy is refused, not wrong: tfjs-layers knows only its own symbols', () => {
  const {message} = runWithOwnTfjs(`
    const tf = require('@tensorflow/tfjs');
    const pw = require('${ROOT}/dist/index.cjs');
    let message;
    try {
      tf.sequential({layers: [pw.layers.whtProjection({units: 4, inputShape: [2]})]});
    } catch (error) {
      message = error.message;
    }
    process.stdout.write(JSON.stringify({message}));
  `);
  expect(message).toContain('SymbolicTensor');
});

it('the package as an ES module and as CommonJS in one process agree', () => {
  const result = runWithOwnTfjs(`
    const tf = require('@tensorflow/tfjs');
    const cjs = require('${ROOT}/dist/index.cjs');
    import('${ROOT}/dist/index.mjs').then((esm) => {
      const x = tf.tensor1d([1, 2]);
      const ys = [cjs, esm].map((pw) => [...pw.reluPair(pw.walshHadamard(x, {normalize: false}), 0.5, 1).dataSync()]);
      process.stdout.write(JSON.stringify({ys, reports: [cjs.backendReport(), esm.backendReport()]}));
    });
  `);
  expect(result.ys).toEqual([
    [3, -0.5],
    [3, -0.5],
  ]);
  expect(result.reports[0]).toEqual(result.reports[1]);
});
