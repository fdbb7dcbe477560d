/**
 * @slow
 * @needs engines
 */

import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import {exporters} from 'tfjs-piecewise';
import {expectClose} from '../support/close';
import {uniform} from '../support/random';
import {outputsOf} from './support/cases';
import {everyLayer} from './support/every_layer';

const {engine} = require('../../scripts/setup/engines.cjs') as {engine(name: string): string};

const folder = mkdtempSync(join(tmpdir(), 'engines-'));
afterAll(() => rmSync(folder, {recursive: true}));

/** What a program prints. Nothing is fetched, and what an engine keeps goes into the folder. */
const printed = (name: string, args: readonly string[], file: string) =>
  execFileSync(engine(name), [...args, file], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {PATH: process.env.PATH, HOME: folder, DENO_DIR: folder, DENO_NO_UPDATE_CHECK: '1', NO_COLOR: '1'},
  });

describe.each([
  ['Deno', 'deno', ['run', '--no-remote', '--no-prompt', `--allow-read=${folder}`]],
  ['Bun', 'bun', ['run', '--no-install']],
] as const)('%s runs the module', (_, name, args) => {
  it.each([
    {weights: 'float32', simd: false},
    {weights: 'uint8', simd: false},
    {weights: 'float32', simd: true},
  ] as const)('with %j, as Node does, also in a worker', async ({weights, simd}) => {
    const model = everyLayer();
    const samples = 2;
    const xs = model.inputs.map(({shape}, i) => {
      const full = [samples, ...(shape.slice(1) as number[])];
      return tf.tensor(uniform(tf.util.sizeFromShape(full), i + 1, -1, 2), full);
    });
    const expected = tf.tidy(() => outputsOf(model, xs));
    const input = JSON.stringify(Object.fromEntries(xs.map((x, i) => [model.inputNames[i], [...x.dataSync()]])));
    const {source} = await exporters.toJavaScript(model, {weights, simd});
    const [module, worker, main] = ['model.mjs', 'worker.mjs', 'main.mjs'].map((file) => join(folder, file));
    writeFileSync(module, source);
    const lists = (given: string) => `Object.values(predict(${given})).map((y) => [...y])`;
    const imports = "import {predict} from './model.mjs';\n";
    writeFileSync(worker, `${imports}self.onmessage = ({data}) => self.postMessage(${lists('data')});`);
    writeFileSync(
      main,
      `${imports}const worker = new Worker(new URL('./worker.mjs', import.meta.url), {type: 'module'});
      worker.onmessage = ({data}) => {
        console.log(JSON.stringify({ys: ${lists(input)}, inWorker: data}));
        worker.terminate();
      };
      worker.postMessage(${input});`,
    );
    const {ys, inWorker} = JSON.parse(printed(name, args, main)) as {ys: number[][]; inWorker: number[][]};
    expect(inWorker).toEqual(ys);
    const inNode = join(folder, 'in_node.mjs');
    writeFileSync(inNode, `${imports}process.stdout.write(JSON.stringify(${lists(input)}));`);
    const same: number[][] = JSON.parse(execFileSync(process.execPath, [inNode], {encoding: 'utf8'}));
    expect(ys).toHaveLength(model.outputs.length);
    for (const [i, y] of ys.entries()) {
      expectClose(y, same[i], {relative: 1e-6});
      if (weights === 'float32') expectClose(y, expected[i], {relative: 1e-6});
    }
    tf.dispose(xs);
    model.dispose();
  });

  it('and refuses bad input with the same words', async () => {
    const model = tf.sequential({layers: [tf.layers.dense({units: 2, inputShape: [3], name: 'out'})]});
    writeFileSync(join(folder, 'model.mjs'), (await exporters.toJavaScript(model)).source);
    const main = join(folder, 'main.mjs');
    writeFileSync(
      main,
      `import {predict} from './model.mjs';
      for (const input of [[1, 2], null, [1, '2', 3], [NaN, 1, 2]]) {
        try { console.log(predict(input).length) } catch ({name, message}) { console.log(name, message) }
      }`,
    );
    const lines = printed(name, args, main).trim().split('\n');
    expect(lines).toEqual([
      expect.stringMatching(/^TypeError predict: input out_input must be 3 numbers .* but received 2 numbers/),
      expect.stringContaining('but received null'),
      expect.stringContaining('but received string at 1'),
      '2',
    ]);
    model.dispose();
  });
});
