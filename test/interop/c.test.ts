/** @needs c */

import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import {exporters, layers} from 'tfjs-piecewise';
import {mulberry32} from '../support/random';
import {CProgram} from './support/c_program';
import {load, run} from './support/load_module';
import {differing, layerCases, randomCases, windowCases} from './support/program_cases';

const {toC, toJavaScript} = exporters;
const {whtProjection} = layers;

const folder = mkdtempSync(join(tmpdir(), 'c-'));
afterAll(() => rmSync(folder, {recursive: true}));

it('gives the outputs of every layer, 100 random windows and 300 random networks to 1e-5, without a warning', async () => {
  const all = [...layerCases(), ...windowCases(100), ...randomCases(300)];
  const outputs = (await CProgram.write(folder, all)).run('gcc');
  expect(differing(all, (_, i) => outputs[i], 1e-5)).toEqual([]);
}, 120_000);

it.each(['float16', 'uint8'] as const)(
  'reads %s weights as JavaScript does',
  async (weights) => {
    const all = layerCases();
    const shortened = await Promise.all(
      all.map(async (one) => {
        const {source} = await toJavaScript(one.model, {weights, format: 'commonjs'});
        return {...one, outputs: run(load(source), one.inputs)};
      }),
    );
    const outputs = (await CProgram.write(folder, shortened, weights)).run('gcc');
    // The network of every layer starts anew each time, and its sums in floats came to 1.15e-5 once.
    expect(differing(shortened, (_, i) => outputs[i], 2e-5)).toEqual([]);
  },
  120_000,
);

const small = () => tf.sequential({layers: [tf.layers.dense({units: 2, inputShape: [3], activation: 'relu'})]});

/** What a program prints that has the network, and these lines in main. */
async function printed(model: tf.LayersModel, lines: string, ...options: string[]): Promise<Buffer> {
  const {source, header} = await toC(model, {name: 'net'});
  writeFileSync(join(folder, 'net.c'), source);
  writeFileSync(join(folder, 'net.h'), header);
  writeFileSync(
    join(folder, 'main.c'),
    `#include "net.h"\n#include <stdio.h>\nint main(void) {\n${lines}\nreturn 0;\n}\n`,
  );
  const files = [join(folder, 'main.c'), join(folder, 'net.c')];
  execFileSync('gcc', ['-std=c99', '-Wall', '-Werror', ...files, '-o', join(folder, 'main'), '-lm', ...options]);
  return execFileSync(join(folder, 'main'), {stdio: 'pipe'});
}

it('without NDEBUG stops at null and at arrays that overlap, and with it trusts the caller', async () => {
  const model = small();
  const arrays = 'static float a[NET_INPUT_SIZE + NET_OUTPUT_SIZE];';
  await printed(model, `${arrays} net(a, a + NET_INPUT_SIZE); net(a + NET_OUTPUT_SIZE, a);`);
  const expectStop = async (call: string, message: RegExp) =>
    expect(printed(model, `${arrays} ${call}`)).rejects.toThrow(message);
  await expectStop('net(0, a);', /x != 0.*failed/);
  await expectStop('net(a, 0);', /y != 0.*failed/);
  await expectStop('net(a, a + NET_INPUT_SIZE - 1);', /failed/);
  await expectStop('net(a + NET_OUTPUT_SIZE - 1, a);', /failed/);
  await printed(model, `${arrays} net(a, a + NET_INPUT_SIZE - 1);`, '-DNDEBUG');
  model.dispose();
});

it('keeps NaN', async () => {
  const model = small();
  const lines =
    'const float x[] = {0.0f / 0.0f, 1, 2}; float y[2]; net(x, y); printf("%d %d", y[0] != y[0], y[1] != y[1]);';
  expect(String(await printed(model, lines))).toBe('1 1');
  model.dispose();
});

it('hostile labels stay what they are: 300 random ones', async () => {
  const model = small();
  const random = mulberry32(11);
  const pieces = [
    '"',
    "'",
    '\\',
    '\n',
    '\r',
    '\t',
    '\u2028',
    '*/',
    '/*',
    '//',
    '??/',
    '??=',
    '%s',
    '\\0',
    '0',
    '7',
    'f',
    '猫',
    '😀',
    ';',
    '");',
  ];
  const text = () =>
    Array.from({length: 1 + Math.floor(random() * 5)}, () => pieces[Math.floor(random() * pieces.length)]).join('');
  const labels = Array.from({length: 300}, text);
  model.setUserDefinedMetadata({labels});
  const lines =
    'for (int i = 0; i < NET_LABELS; i++) fwrite(net_labels[i], 1, __builtin_strlen(net_labels[i]) + 1, stdout);';
  // Trigraphs are on in this standard.
  expect(
    String(await printed(model, lines))
      .split('\0')
      .slice(0, -1),
  ).toEqual(labels);
  model.dispose();
});

it('says its sizes, and takes no static memory but the work space', async () => {
  const model = tf.sequential({
    layers: [tf.layers.dense({units: 20, inputShape: [3], activation: 'relu'}), tf.layers.dense({units: 2})],
  });
  const lines = 'printf("%d %d %d", NET_INPUT_SIZE, NET_OUTPUT_SIZE, NET_WORK_BYTES);';
  expect(String(await printed(model, lines))).toBe('3 2 80'); // 20 units
  const object = join(folder, 'net.o');
  execFileSync('gcc', ['-c', '-O2', '-DNDEBUG', join(folder, 'net.c'), '-o', object]);
  const [, data, bss] = String(execFileSync('size', [object]))
    .split('\n')[1]
    .trim()
    .split(/\s+/)
    .map(Number);
  expect({data, bss}).toEqual({data: 0, bss: 80});
  expect(String(execFileSync('nm', ['-u', object])).trim()).toBe('');
  model.dispose();
});

it('a random bias takes no space: a projection of 256 units has its own 1 kB', async () => {
  const model = tf.sequential({
    layers: [tf.layers.inputLayer({inputShape: [64]}), whtProjection({units: 256, seed: 1, activation: 'reluPair'})],
  });
  model.add(tf.layers.dense({units: 10}));
  const {source, header} = await toC(model);
  expect(header).toContain('#define MODEL_WORK_BYTES 1024 ');
  expect(source).toMatch(/model_uniform\(i, 0x[0-9a-f]+u, [\d.]+f\)/);
  model.dispose();
});

describe('toC refuses', () => {
  const names = [
    'int',
    'class',
    'main',
    'exp',
    'expf',
    'sqrtf',
    '1a',
    'a b',
    'a-b',
    '',
    '_a',
    'x',
    'b0',
    'sum1',
    'NAN',
    'naïve',
    'a'.repeat(64),
    7,
    {},
  ];
  it.each(names)('the name %p', async (name) => {
    const model = small();
    await expect(toC(model, {name: name as string})).rejects.toThrow(
      /^toC: name must be letters, digits and _, begin with a letter, and mean nothing in C yet, but received .* For example \{name: 'digits'\}\.$/,
    );
    model.dispose();
  });

  it('unknown layers, options and types', async () => {
    const loop = tf.sequential({layers: [tf.layers.gru({units: 2, name: 'loop', inputShape: [3, 2]})]});
    await expect(toC(loop)).rejects.toThrow('toC, layer loop: the class must be one of');
    const model = small();
    await expect(toC(model, {weigths: 'uint8'} as object)).rejects.toThrow("Did you mean 'weights'?");
    await expect(toC(model, {weights: 'int8' as 'uint8'})).rejects.toThrow("toC: weights must be one of 'float32'");
    for (const one of [loop, model]) one.dispose();
  });
});
