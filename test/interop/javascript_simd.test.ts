import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import {exporters, layers} from 'tfjs-piecewise';
import {experimentsFor} from '../../examples/node/experiments';
import {expectClose} from '../support/close';
import {uniform} from '../support/random';
import {disturb} from './support/every_layer';
import {load, type Module, run} from './support/load_module';
import {differing, layerCases, randomCases, windowCases} from './support/program_cases';

const {toJavaScript} = exporters;

/** The WebAssembly in the text of a module; an error if it has none, or some that does not compile. */
function compiled(source: string): {bytes: number; parts: string[]; inJavaScript: number} {
  const bytes = Buffer.from(/const code = Uint8Array\.from\(atob\('([^']+)'/.exec(source)![1], 'base64');
  const parts = WebAssembly.Module.exports(new WebAssembly.Module(bytes)).map(({name}) => name);
  const [, body] = /function runSimd\(.*\n([\s\S]*?)\n}/.exec(source)!;
  const inJavaScript = body.split('\n').filter((line) => !/^\t(const \{|simd\.part|\w+\.set\()/.test(line)).length;
  return {bytes: bytes.length, parts: parts.filter((name) => name !== 'memory'), inJavaScript};
}

const sourceOf = async (model: tf.LayersModel) => (await toJavaScript(model, {format: 'commonjs', simd: true})).source;

/** The same module where there is no WebAssembly. */
const withoutWebAssembly = (source: string): Module => load(`const WebAssembly = undefined;\n${source}`);

it('gives the outputs of every layer, 100 random windows and 300 random networks to 1e-6', async () => {
  const all = [...layerCases(), ...windowCases(100), ...randomCases(300)];
  const sources = await Promise.all(all.map(({model}) => sourceOf(model)));
  const isPlain = (source: string) => !source.includes('WebAssembly');
  expect(all.filter((_, i) => isPlain(sources[i])).length).toBeLessThan(20); // activations alone, for instance
  for (const source of sources) if (!isPlain(source)) expect(compiled(source).parts.length).toBeGreaterThan(0);
  const modules = sources.map(load);
  expect(differing(all, ({inputs}, i) => run(modules[i], inputs), 1e-6)).toEqual([]);
}, 120_000);

it('without WebAssembly gives the very numbers of a module without simd', async () => {
  for (const {model, inputs} of [...layerCases(), ...windowCases(20), ...randomCases(20)]) {
    const {source} = await toJavaScript(model, {format: 'commonjs'});
    expect(run(withoutWebAssembly(await sourceOf(model)), inputs)).toEqual(run(load(source), inputs));
  }
}, 60_000);

/** Outputs for some samples, of the module beside those of tfjs. */
async function expectSame(model: tf.LayersModel, x: Float32Array, isWhole = true): Promise<void> {
  const source = await sourceOf(model);
  // All of it is WebAssembly.
  if (isWhole) expect(compiled(source)).toMatchObject({parts: ['part0'], inJavaScript: 0});
  const [size] = load(source).inputs.map((port) => port.size);
  const shape = [x.length / size, ...model.inputs[0].shape.slice(1)] as number[];
  const y = tf.tidy(() => (model.predict(tf.tensor(x, shape)) as tf.Tensor).dataSync<'float32'>());
  expectClose(load(source).predict(x) as Float32Array, y, {relative: 1e-6});
}

it.each(Array.from({length: 15}, (_, level) => 2 ** level))('transforms rows of %i numbers', async (n) => {
  for (const rows of n < 4096 ? [1, 3] : [1]) {
    const model = tf.sequential({
      layers: [layers.whtProjection({units: n, seed: n, randomBias: 0, inputShape: [rows, n]})],
    });
    await expectSame(model, uniform(2 * rows * n, n, -1, 2), n >= 4);
    model.dispose();
  }
});

it('multiplies by matrices of all widths from 1 to 70', async () => {
  for (let units = 1; units <= 70; units++) {
    const inputs = 1 + ((7 * units) % 40);
    const model = tf.sequential({
      layers: [
        tf.layers.dense({units, useBias: units % 3 > 0, inputShape: [inputs], activation: 'relu'}),
        tf.layers.dense({units: 2}),
      ],
    });
    disturb(model);
    await expectSame(model, uniform(3 * inputs, units, -1, 2));
    model.dispose();
  }
}, 60_000);

it('convolves and pools channels of all numbers from 1 to 20', async () => {
  for (let channels = 1; channels <= 20; channels++) {
    const padding = channels % 2 ? 'same' : 'valid';
    const model = tf.sequential({
      layers: [
        tf.layers.conv2d({
          filters: channels,
          kernelSize: [3, 2],
          strides: 1 + (channels % 2),
          padding,
          inputShape: [9, 8, 3],
        }),
        tf.layers.depthwiseConv2d({kernelSize: 3, padding: 'same', activation: 'relu'}),
        (channels % 3 ? tf.layers.maxPooling2d : tf.layers.averagePooling2d)({poolSize: 2, strides: 1, padding}),
        tf.layers.globalAveragePooling2d({dataFormat: 'channelsLast'}),
      ],
    });
    disturb(model);
    // A single channel has no neighbours to take the means of at once.
    await expectSame(model, uniform(2 * 9 * 8 * 3, channels, -1, 2), channels > 1);
    model.dispose();
  }
}, 60_000);

it('keeps NaN and infinity where they are, and nothing of a sample for the next', async () => {
  const model = tf.sequential({
    layers: [
      layers.reluPair({inputShape: [5]}),
      tf.layers.reLU({}),
      tf.layers.reshape({targetShape: [5, 1]}),
      tf.layers.maxPooling1d({poolSize: 1}),
      tf.layers.flatten(),
    ],
  });
  const {predict} = load(await sourceOf(model));
  const strange = [NaN, Infinity, 1, NaN, 2];
  expect([...(predict([...strange, 1, 2, 3, 4, 5]) as Float32Array)]).toEqual([...strange, 1, 2, 3, 4, 5]);
  model.dispose();
});

it('does not change its input nor what it gave before, and modules do not share memory', async () => {
  const models = [3, 5].map((units) => tf.sequential({layers: [tf.layers.dense({units, inputShape: [4]})]}));
  const [a, b] = await Promise.all(models.map(async (model) => load(await sourceOf(model))));
  const x = uniform(8, 1, -1, 1);
  const kept = x.slice();
  const first = a.predict(x) as Float32Array;
  const before = first.slice();
  b.predict(uniform(4, 2, -1, 1));
  a.predict(uniform(4, 3, -1, 1));
  expect(x).toEqual(kept);
  expect(first).toEqual(before);
  expect(a.predict(x)).toEqual(before);
  for (const model of models) model.dispose();
});

it('the networks of the examples are WebAssembly as a whole; flat ones within 4 kB, which old Chromiums compile at once', async () => {
  for (const dataset of ['digits', 'fashion-mnist'] as const) {
    for (const {architecture} of experimentsFor(dataset)) {
      const {name} = architecture;
      if (name.includes('1024-1024')) continue; // 4 million weights say nothing new
      const model = architecture.build(1);
      const {bytes, parts, inJavaScript} = compiled(await sourceOf(model));
      expect({name, parts, inJavaScript}).toEqual({name, parts: ['part0'], inJavaScript: 0});
      const most = /image|patches/.test(name) ? 9000 : 4096;
      expect({name, bytes, fits: bytes <= most}).toMatchObject({name, fits: true});
      model.dispose();
    }
  }
}, 60_000);

describe('in Node', () => {
  const folder = mkdtempSync(join(tmpdir(), 'javascript-simd-'));
  afterAll(() => rmSync(folder, {recursive: true}));

  it.each([
    ['may not make code of texts', ['--disallow-code-generation-from-strings'], 'object'],
    ['has no compiler, and no WebAssembly', ['--jitless'], 'undefined'],
  ])('a program that %s runs it, also in a worker', async (_, flags, webAssembly) => {
    const model = tf.sequential({
      layers: [layers.whtProjection({units: 64, seed: 1, activation: 'reluPair', inputShape: [10]})],
    });
    disturb(model);
    const x = uniform(10, 1, -1, 1);
    const {source} = await toJavaScript(model, {simd: true});
    writeFileSync(join(folder, 'model.mjs'), source);
    const main = join(folder, 'main.mjs');
    writeFileSync(
      main,
      `import {isMainThread, Worker, parentPort} from 'node:worker_threads';
      import {predict} from './model.mjs';
      const y = [...predict(${JSON.stringify([...x])})];
      if (isMainThread) {
        new Worker(new URL(import.meta.url)).once('message', (inWorker) => {
          process.stdout.write(JSON.stringify({y, inWorker, webAssembly: typeof WebAssembly}));
        });
      } else parentPort.postMessage(y);`,
    );
    const printed = JSON.parse(execFileSync(process.execPath, [...flags, main], {encoding: 'utf8', stdio: 'pipe'}));
    const expected = tf.tidy(() => (model.predict(tf.tensor2d(x, [1, 10])) as tf.Tensor).dataSync());
    expectClose(printed.y, expected, {relative: 1e-6});
    expect(printed).toMatchObject({inWorker: printed.y, webAssembly});
    model.dispose();
  });
});

it('refuses another simd than true and false', async () => {
  const model = tf.sequential({layers: [tf.layers.dense({units: 1, inputShape: [1]})]});
  const options = {simd: 'auto'} as unknown as {simd: boolean};
  await expect(toJavaScript(model, options)).rejects.toThrow('toJavaScript: simd must be true or false, but received');
  model.dispose();
});
