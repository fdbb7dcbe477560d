import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {gzipSync} from 'node:zlib';
import * as tf from '@tensorflow/tfjs';
import {exporters, layers} from 'tfjs-piecewise';
import ts from 'typescript';
import {experimentsFor} from '../../examples/node/experiments';
import {expectClose} from '../support/close';
import {mulberry32, uniform} from '../support/random';
import {disturb} from './support/every_layer';
import {load, run} from './support/load_module';
import {differing, layerCases, randomCases, windowCases} from './support/program_cases';

const {toJavaScript} = exporters;
const {whtProjection, reluPair} = layers;

const loaded = async (model: tf.LayersModel, weights: 'float32' | 'float16' | 'uint8' = 'float32') =>
  load((await toJavaScript(model, {weights, format: 'commonjs'})).source);

it('gives the outputs of every layer, 100 random windows and 300 random networks to 1e-6', async () => {
  const all = [...layerCases(), ...windowCases(100), ...randomCases(300)];
  const modules = await Promise.all(all.map(({model}) => loaded(model)));
  expect(differing(all, ({inputs}, i) => run(modules[i], inputs), 1e-6)).toEqual([]);
}, 120_000);

/** A dense layer without bias of weights that are known, so that its outputs for the unit vectors are the weights. */
async function storedKernel(kernel: Float32Array, shape: [number, number], weights: 'float16' | 'uint8') {
  const [inputs, units] = shape;
  const layer = tf.layers.dense({units, useBias: false, inputShape: [inputs]});
  const model = tf.sequential({layers: [layer]});
  tf.tidy(() => layer.setWeights([tf.tensor(kernel, shape)]));
  const identity = Array.from({length: inputs}, (_, i) => Array.from({length: inputs}, (__, j) => Number(i === j)));
  const module = await loaded(model, weights);
  model.dispose();
  return module.predict(identity) as Float32Array;
}

it('float16 keeps 11 significant bits, what is smaller than its least exponent to 2^-25, and what is larger as it is', async () => {
  const kernel = uniform(64, 1, -1, 1).map((value, i) => value * 2 ** ((i % 40) - 24));
  kernel.set([0, -0, 65504, 2 ** -14, 2 ** -24, 1 + 2 ** -11, 1 + 3 * 2 ** -11]);
  const stored = await storedKernel(kernel, [8, 8], 'float16');
  for (const [i, value] of kernel.entries()) {
    const error = Math.abs(stored[i] - value);
    expect(error).toBeLessThanOrEqual(Math.max(2 ** -25, Math.abs(value) * 2 ** -11));
  }
  expect([...stored.subarray(0, 7)]).toEqual([0, 0, 65504, 2 ** -14, 2 ** -24, 1, 1 + 2 ** -9]);
  kernel.set([65505, 0]);
  expect(await storedKernel(kernel, [8, 8], 'float16')).toEqual(kernel);
});

it('uint8 keeps weights to half a step of their channel, or of all where channels are short, and zero as it is', async () => {
  const sizes = [1, 100, 1e-30, 0.01];
  for (const inputs of [16, 64]) {
    const kernel = uniform(4 * inputs, 2, -0.3, 1).map((value, i) => value * sizes[i % 4]);
    kernel.fill(0, 4, 12);
    const stored = await storedKernel(kernel, [inputs, 4], 'uint8');
    for (const channel of [0, 1, 2, 3]) {
      const own = kernel.filter((_, i) => inputs < 64 || i % 4 === channel);
      const step = (Math.max(...own) - Math.min(...own)) / 255;
      for (let i = channel; i < kernel.length; i += 4) {
        // Zero in its place may move the ends by half a step.
        expect(Math.abs(stored[i] - kernel[i])).toBeLessThanOrEqual(1.001 * step);
        if (kernel[i] === 0) expect(stored[i]).toBe(0);
      }
    }
  }
  for (const value of [1.5, -3, 0, 1e-40]) {
    const kernel = new Float32Array(64).fill(value);
    expectClose(await storedKernel(kernel, [8, 8], 'uint8'), kernel, {relative: 1e-6, absolute: 0});
  }
});

const classifier = () => {
  const model = tf.sequential({
    layers: [
      ...[1, 2, 3, 4].flatMap((seed) => [
        whtProjection({units: 1024, seed, randomBias: 0, ...(seed === 1 && {inputShape: [784]})}),
        reluPair(),
      ]),
      whtProjection({units: 128, seed: 5, randomBias: 0}),
      tf.layers.dense({units: 10}),
    ],
  });
  disturb(model);
  return model;
};

it('takes 1.45 bytes a weight and 5 kB with weights of one byte, and with gzip under 20 kB', async () => {
  const dense = tf.sequential({
    layers: [tf.layers.dense({units: 24, activation: 'relu', inputShape: [784]}), tf.layers.dense({units: 10})],
  });
  for (const model of [classifier(), dense]) {
    const {source} = await toJavaScript(model, {weights: 'uint8'});
    expect(source.length).toBeLessThanOrEqual(1.45 * model.countParams() + 5000);
    if (model !== dense) expect(gzipSync(source).length).toBeLessThan(20_000);
    model.dispose();
  }
});

/** Networks of images: each kind of convolution takes loops of its own, and batch normalizations numbers that are no weights. */
const LARGER: {[name: string]: number} = {
  'image depthwise CNN, up to 4500': 12_700,
  'image MobileNet blocks, up to 4500': 17_800,
  'image depthwise CNN with pairs, up to 4500': 13_500,
  'image transform over channels, up to 4500': 14_300,
  'image learned early, transform late, up to 4500': 16_300,
};

it.each(['digits', 'fashion-mnist'] as const)(
  'the networks of the examples on %s take no more, but for those of images',
  async (dataset) => {
    for (const {architecture} of experimentsFor(dataset)) {
      const {name} = architecture;
      if (name.includes('1024-1024')) continue; // 4 million weights say nothing new
      const model = architecture.build(1);
      disturb(model);
      const {source} = await toJavaScript(model, {weights: 'uint8'});
      const most = LARGER[name] ?? 1.45 * model.countParams() + 5000;
      expect({name, fits: source.length <= most, length: source.length}).toMatchObject({name, fits: true});
      model.dispose();
    }
  },
  60_000,
);

it('draws the random bias of a projection as it draws the signs, and stores no number of it', async () => {
  const model = tf.sequential({layers: [whtProjection({units: 256, rounds: 2, seed: 2 ** 33 + 1, inputShape: [100]})]});
  const x = uniform(300, 1, -1, 1);
  const y = tf.tidy(() => (model.predict(tf.tensor2d(x, [3, 100])) as tf.Tensor).dataSync());
  const {source} = await toJavaScript(model, {format: 'commonjs'});
  expectClose(load(source).predict(x) as Float32Array, y, {relative: 1e-6});
  expect(source).toMatch(/uniform\(32, 0x[0-9a-f]+, [\d.]+\)/);
  expect(source).not.toContain('atob');
  model.dispose();
});

it('draws signs from seeds of more than 32 bits, and the same for all rounds', async () => {
  const seed = 2 ** 40 + 12345;
  const model = tf.sequential({layers: [whtProjection({units: 40, rounds: 3, seed, inputShape: [50]})]});
  const x = uniform(50, 1, -1, 1);
  const y = tf.tidy(() => (model.predict(tf.tensor2d(x, [1, 50])) as tf.Tensor).dataSync());
  const module = await loaded(model);
  expectClose(module.predict(x) as Float32Array, y, {relative: 1e-6});
  model.dispose();
});

describe('predict', () => {
  const model = tf.sequential({
    layers: [tf.layers.dense({units: 2, inputShape: [3], name: 'out', activation: 'relu'})],
  });
  disturb(model);
  afterAll(() => model.dispose());
  const numbers = [0.5, -1, 2, 1, 0, 3];

  it('takes all kinds of lists and rows, and gives the same', async () => {
    const {predict} = await loaded(model);
    const expected = predict(Float32Array.from(numbers));
    expect(expected).toBeInstanceOf(Float32Array);
    expect(expected).toHaveLength(4);
    const halves = [numbers.slice(0, 3), numbers.slice(3)];
    for (const input of [numbers, Float64Array.from(numbers), halves, halves.map((row) => Float32Array.from(row))]) {
      expect(predict(input)).toEqual(expected);
    }
    expect(predict(Int8Array.of(1, 0, 3))).toEqual(predict([1, 0, 3]));
    expect(predict([[1, 0, 3]])).toEqual(predict([1, 0, 3]));
  });

  it('does not change its input, nor what it gave before', async () => {
    const {predict} = await loaded(model);
    const x = Float32Array.from(numbers);
    const y = predict(x) as Float32Array;
    const before = y.slice();
    predict([9, 9, 9]);
    expect(x).toEqual(Float32Array.from(numbers));
    expect(y).toEqual(before);
  });

  it('keeps NaN', async () => {
    const {predict} = await loaded(model);
    expect([...(predict([NaN, 1, 2, 1, 0, 3]) as Float32Array)].map(Number.isNaN)).toEqual([true, true, false, false]);
  });

  const wrong: [title: string, input: unknown, message: string][] = [
    [
      'too few numbers',
      [1, 2],
      'input out_input must be 3 numbers a sample ([3]), but received 2 numbers. Pass samples one after the other, or rows.',
    ],
    ['too many numbers', new Float32Array(4), 'but received 4 numbers'],
    ['no numbers', [], 'but received 0 numbers'],
    ['no samples', new Float32Array(0), 'but received 0 numbers'],
    [
      'a short row',
      [
        [1, 2, 3],
        [1, 2],
      ],
      'but received 2 numbers',
    ],
    ['a row too much', [[1, 2, 3], 4], 'but received number'],
    ['nothing', undefined, 'but received undefined'],
    ['null', null, 'but received null'],
    ['a text', '1,2,3', 'but received string'],
    ['an object', {0: 1, 1: 2, 2: 3, length: 3}, 'but received object'],
    ['bytes without a type', new DataView(new ArrayBuffer(3)), 'but received object'],
    ['texts', [1, '2', 3], 'input out_input must be 3 numbers a sample ([3]), but received string at 1.'],
    ['nothing between', [1, null, 3], 'but received null at 1'],
    ['a hole', new Array(3), 'but received undefined at 0'],
    ['rows of rows', [[[1, 2, 3]]], 'but received 1 number.'],
    ['large integers', BigInt64Array.of(1n, 2n, 3n), 'but received bigint at 0'],
  ];
  it.each(wrong)('refuses %s', async (_, input, message) => {
    const {predict} = await loaded(model);
    expect(() => predict(input)).toThrow(`predict: `);
    expect(() => predict(input)).toThrow(message);
  });

  it('of several inputs and outputs takes and gives objects, and refuses others', async () => {
    const inputs = ['left', 'right'].map((name) => tf.input({shape: [2], name}));
    const sum = tf.layers.add({name: 'sum'}).apply(inputs) as tf.SymbolicTensor;
    const product = tf.layers.multiply({name: 'product'}).apply(inputs) as tf.SymbolicTensor;
    const both = tf.model({inputs, outputs: [sum, product]});
    const {predict} = await loaded(both);
    const y = {sum: Float32Array.of(4, 6), product: Float32Array.of(3, 8)};
    expect(predict({left: [1, 2], right: [3, 4]})).toEqual(y);
    const bad: [unknown, string][] = [
      [[1, 2], 'input must be an object {left, right}, but received one without left. Pass all inputs.'],
      [null, 'but received null'],
      [7, 'but received number'],
      [{left: [1, 2]}, 'but received one without right'],
      [{left: [1, 2], right: [3, 4], top: [1, 2]}, "but received 'top', too"],
      [{left: [1, 2], right: [3, 4, 5, 6]}, 'input right must have 1 samples, as left, but received 2.'],
    ];
    for (const [input, message] of bad) expect(() => predict(input)).toThrow(message);
    both.dispose();
  });
});

describe('the module', () => {
  const folder = mkdtempSync(join(tmpdir(), 'javascript-'));
  const model = classifier();
  afterAll(() => {
    rmSync(folder, {recursive: true});
    model.dispose();
  });
  model.setUserDefinedMetadata({labels: [...'0123456789'], author: 'somebody'});
  const x = uniform(784, 3, -1, 1);

  it.each(['esm', 'commonjs'] as const)(
    'of format %s runs in Node where no text may become code, also in a worker',
    async (format) => {
      const {source} = await toJavaScript(model, {format});
      const file = join(folder, `model.${format === 'esm' ? 'mjs' : 'cjs'}`);
      const main = join(folder, 'main.mjs');
      writeFileSync(file, source);
      writeFileSync(
        main,
        `import {isMainThread, Worker, parentPort} from 'node:worker_threads';
       import {inputs, labels, metadata, predict} from ${JSON.stringify(file)};
       const y = [...predict(${JSON.stringify([...x])})];
       if (isMainThread) {
         new Worker(new URL(import.meta.url)).once('message', (inWorker) => {
           process.stdout.write(JSON.stringify({y, inWorker, inputs, labels, author: metadata.author}));
         });
       } else parentPort.postMessage(y);`,
      );
      const text = execFileSync(process.execPath, ['--disallow-code-generation-from-strings', main], {
        encoding: 'utf8',
      });
      const {y, inWorker, inputs, labels, author} = JSON.parse(text);
      const expected = tf.tidy(() => (model.predict(tf.tensor2d(x, [1, 784])) as tf.Tensor).dataSync());
      expectClose(y, expected, {relative: 1e-6});
      expect(inWorker).toEqual(y);
      expect({inputs, labels, author}).toEqual({
        inputs: [{name: model.inputNames[0], shape: [784], size: 784}],
        labels: [...'0123456789'],
        author: 'somebody',
      });
    },
  );

  it('has types that fit it, under all checks of TypeScript', async () => {
    const {types} = await toJavaScript(model);
    const use = `import {inputs, labels, metadata, outputs, predict} from './typed.mjs';
      const y: Float32Array = predict(new Float32Array(784)) ?? predict([1]) ?? predict([[1], new Float32Array(1)]);
      const shape: readonly [784] = inputs[0].shape;
      const first: '0' = labels[0];
      export const all: unknown[] = [y, shape, first, metadata['author'], outputs[0].size satisfies 10];
      // @ts-expect-error: no text
      predict('1');`;
    writeFileSync(join(folder, 'typed.d.mts'), types);
    writeFileSync(join(folder, 'use.mts'), use);
    const options = {
      strict: true,
      noEmit: true,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      target: ts.ScriptTarget.ES2022,
      types: [],
    };
    const program = ts.createProgram([join(folder, 'use.mts')], options);
    const problems = ts
      .getPreEmitDiagnostics(program)
      .map(({messageText}) => ts.flattenDiagnosticMessageText(messageText, ' '));
    expect(problems).toEqual([]);
  }, 60_000);

  it('does not name what makes code of text, and imports nothing', async () => {
    const {source} = await toJavaScript(model, {weights: 'uint8'});
    const code = source.replace(/'[A-Za-z0-9+/=]{100,}'/, "''");
    expect(code).not.toMatch(/\beval\b|\bFunction\b|\bimport\b.*from|\brequire\b|WebAssembly/);
  });
});

it('hostile labels and metadata stay what they are: 500 random ones, and the known tricks', async () => {
  const model = tf.sequential({layers: [tf.layers.dense({units: 1, inputShape: [1]})]});
  const random = mulberry32(7);
  const pieces = [
    ...[
      '"',
      "'",
      '`',
      '\\',
      '\n',
      '\r',
      '\u2028',
      '\u2029',
      '*/',
      '/*',
      '//',
      '<!--',
      '-->',
      '</script>',
      '$' + '{globalThis.hit=1}',
    ],
    ...[
      ']',
      ';',
      '}',
      '"];globalThis.hit=1;//',
      '\0',
      '\u202e',
      '\ufeff',
      '\ud800',
      '猫',
      '😀',
      '__proto__',
      '??/',
      'u0041',
      '%s',
    ],
  ];
  const text = () =>
    Array.from({length: 1 + Math.floor(random() * 5)}, () => pieces[Math.floor(random() * pieces.length)]).join('');
  for (let i = 0; i < 500; i++) {
    const labels = i < pieces.length ? [pieces[i]] : [text(), text()];
    const metadata = JSON.parse(JSON.stringify({labels, [text()]: text(), ['__proto__']: {polluted: text()}}));
    model.setUserDefinedMetadata(metadata);
    const {source, types} = await toJavaScript(model, {format: 'commonjs'});
    const module = load(source) as unknown as {labels: string[]; metadata: object};
    expect(module.labels).toEqual(labels);
    expect(module.metadata).toEqual(metadata);
    for (const code of [source, types]) {
      expect(code).not.toMatch(/<\/script|<!--|[\u2028\u2029\u202a-\u202e\ufeff]/);
    }
    expect(ts.createSourceFile('a.d.ts', types, ts.ScriptTarget.ES2022).statements).toHaveLength(6);
  }
  expect('hit' in globalThis).toBe(false);
  model.dispose();
});

describe('toJavaScript refuses', () => {
  const one = (layer: tf.layers.Layer) => tf.sequential({layers: [layer]});
  const dense = () => one(tf.layers.dense({units: 100, inputShape: [1], name: 'd'}));
  const {gru, conv2d} = tf.layers;
  const broken = () => {
    const model = dense();
    tf.tidy(() => model.layers[0].setWeights([tf.fill([1, 100], NaN), tf.zeros([100])]));
    return model;
  };
  const open = [null, null, 1] as unknown as number[];
  const cases: [string, () => tf.LayersModel, object, string][] = [
    [
      'an unknown layer',
      () => one(gru({units: 2, name: 'loop', inputShape: [3, 2]})),
      {},
      ', layer loop: the class must be one of',
    ],
    [
      'images of any size',
      () => one(conv2d({filters: 1, kernelSize: 1, name: 'c', inputShape: open})),
      {},
      ', input c_input: all sizes but that of the batch must be known, but received [null,null,null,1]. Set inputShape.',
    ],
    [
      'an unknown option',
      dense,
      {weight: 'uint8'},
      ": options must have known names, but received 'weight'. Did you mean 'weights'?",
    ],
    [
      'an unknown type',
      dense,
      {weights: 'int8'},
      ": weights must be one of 'float32', 'float16', 'uint8', but received 'int8'. Did you mean 'uint8'?",
    ],
    ['an unknown format', dense, {format: 'cjs'}, ": format must be one of 'esm', 'commonjs', but received 'cjs'."],
    [
      'to shorten NaN',
      broken,
      {weights: 'uint8'},
      ", weight d/kernel: numbers must be finite for weights 'uint8', but received NaN. Use weights 'float32'.",
    ],
  ];
  it.each(cases)('%s', async (_, make, options, message) => {
    const model = make();
    await expect(toJavaScript(model, options)).rejects.toThrow(`toJavaScript${message}`);
    model.dispose();
  });
});
