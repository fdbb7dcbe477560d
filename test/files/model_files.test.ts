import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import 'tfjs-piecewise';
import {type ModelFile, modelFiles} from 'tfjs-piecewise/files';
import {fileSystem} from 'tfjs-piecewise/node';
import {denseModel, outputs} from '../node/support/models';

type Json = {[key: string]: unknown};

const file = (name: string, content: string | Uint8Array): ModelFile => {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return {name, size: bytes.length, arrayBuffer: async () => Uint8Array.from(bytes).buffer};
};

let folder: string;
let model: tf.Sequential;
let json: string;
let weights: Uint8Array;
beforeAll(async () => {
  await tf.setBackend('cpu');
  folder = mkdtempSync(join(tmpdir(), 'model-files-'));
  model = denseModel(1);
  await model.save(fileSystem(folder));
  json = readFileSync(join(folder, 'model.json'), 'utf8');
  weights = readFileSync(join(folder, 'weights.bin'));
});
afterAll(() => rmSync(folder, {recursive: true}));

it('loads what the Node handler saved, in any order, and shards in folders', async () => {
  const whole = await tf.loadLayersModel(modelFiles([file('weights.bin', weights), file('model.json', json)]));
  expect(outputs(whole)).toEqual(outputs(model));
  const shards = [file('a', weights.subarray(0, 33)), file('b', weights.subarray(33))];
  const split = json.replace('"weights.bin"', '"part/a","part/b"');
  const cut = await tf.loadLayersModel(modelFiles([...shards, file('model.json', split)]));
  expect(outputs(cut)).toEqual(outputs(model));
});

it.each([
  ['no json', [file('weights.bin', '')], 'there must be one .json file, but there are 0 among weights.bin. Choose'],
  ['nothing', [], 'there are 0 among no files'],
  ['two', [file('a.json', ''), file('b.json', '')], 'there are 2 among a.json, b.json'],
  ['a huge one', [{...file('a.json', ''), size: 2 ** 25}], 'a.json must have at most 16777216 bytes, but has 33554432'],
])('files refused: %s', async (_, files, message) => {
  await expect(modelFiles(files).load()).rejects.toThrow(message);
});

describe('weight files of one name in two folders', () => {
  const split = () => json.replace('"weights.bin"', '"a/w.bin","b/w.bin"');
  const [first, second] = [() => weights.subarray(0, 33), () => weights.subarray(33)];
  const inFolder = (path: string, content: Uint8Array) => ({...file('w.bin', content), webkitRelativePath: path});

  it('are told apart where the page knows their folders', async () => {
    const files = [
      inFolder('model/b/w.bin', second()),
      inFolder('model/a/w.bin', first()),
      file('model.json', split()),
    ];
    expect(outputs(await tf.loadLayersModel(modelFiles(files)))).toEqual(outputs(model));
  });

  it.each([
    [
      'one of them',
      () => [file('w.bin', first())],
      'names the weight files a/w.bin and b/w.bin, but there is one file w.bin',
    ],
    ['both, without folders', () => [file('w.bin', first()), file('w.bin', second())], '2 files have that name. Pick'],
  ])('are refused otherwise: %s', async (_, files, message) => {
    await expect(modelFiles([...files(), file('model.json', split())]).load()).rejects.toThrow(message);
  });
});

it.each([
  ['undefined', undefined],
  ['null', null],
  ['text', 'model.json'],
  ['a list of texts', ['model.json']],
])('refuses %s at once', (_, files) => {
  expect(() => modelFiles(files as never)).toThrow(/^modelFiles: files must be a list of files with name, size/);
});

it('names a missing weight file, and what there is', async () => {
  await expect(modelFiles([file('model.json', json)]).load()).rejects.toThrow(
    'model.json names the weight file weights.bin, but there are model.json. Choose model.json and its weight files',
  );
});

/** Hostile changes of a good model, and what both readers say of them. */
const HOSTILE: [string, (given: string) => string, string | RegExp][] = [
  ['a path upwards', (s) => s.replace('weights.bin', '../../etc/passwd'), 'must lie in its folder, but one is "../..'],
  ['an absolute path', (s) => s.replace('weights.bin', '/etc/passwd'), 'must lie in its folder, but one is "/etc'],
  ['a drive', (s) => s.replace('weights.bin', 'C:weights.bin'), 'must lie in its folder'],
  ['an address', (s) => s.replace('weights.bin', 'https://example.org/w'), 'must lie in its folder'],
  ['a backslash', (s) => s.replace('weights.bin', '..\\\\w'), 'must lie in its folder'],
  ['a zero byte', (s) => s.replace('weights.bin', 'weights.bin\\u0000.txt'), 'must lie in its folder'],
  ['the key __proto__', (s) => s.replace('{', '{"__proto__": {"polluted": 1},'), 'it has the key "__proto__"'],
  ['the key constructor', (s) => s.replace('"config":{', '"config":{"constructor":{},'), 'has the key "constructor"'],
  ['a class of Object', (s) => s.replace('"class_name":"Dense"', '"class_name":"toString"'), 'class_name "toString"'],
  ['a weight named so', (s) => s.replace(/"name":"[^"]*kernel"/, '"name":"__proto__"'), 'the name "__proto__"'],
  ['10^9 units', (s) => s.replace('"units":5', '"units":1000000000'), 'units is 1000000000, more than 16777216'],
  [
    '10^7 units of 4 inputs and more',
    (s) => s.replace('"units":5', '"units":16000000'),
    'layers need at least 96000000 ',
  ],
  ['inputs of 10^12', (s) => s.replace('[null,4]', '[null,1000000,1000000]'), 'batch_input_shape is [null,1000000,1'],
  ['deep nesting', (s) => s.replace('"config":{', `"config":{"x":${'['.repeat(300)}${']'.repeat(300)},`), '200 levels'],
  ['a huge weight', (s) => s.replace('"shape":[4,5]', '"shape":[400000,500000]'), 'has 148 bytes, but'],
  ['a negative size', (s) => s.replace('"shape":[4,5]', '"shape":[-4,-5]'), 'expected a list of whole numbers'],
  [
    'a quantization without a scale',
    (s) => s.replace('[4,5],"dtype":"float32"', '[4,5],"dtype":"float32","quantization":{"dtype":"uint8","scale":"1"}'),
    'is quantized by scale 1 and min undefined, expected finite numbers',
  ],
  ['an unknown type', (s) => s.replace('[4,5],"dtype":"float32"', '[4,5],"dtype":"float8"'), 'has type "float8"'],
  ['an end too early', (s) => s.slice(0, 200), 'is not JSON, or was cut off'],
];

it.each(HOSTILE)('both readers refuse %s', async (_, change, message) => {
  const changed = change(json);
  expect(changed).not.toBe(json);
  await expect(modelFiles([file('model.json', changed), file('weights.bin', weights)]).load()).rejects.toThrow(message);
  writeFileSync(join(folder, 'changed.json'), changed);
  await expect(fileSystem(join(folder, 'changed.json')).load()).rejects.toThrow(message);
  expect(({} as Json).polluted).toBeUndefined();
});

it('both readers take what is unusual, and right', async () => {
  const odd = json.replace('"units":5', '"units":5,"seed":-123456789012');
  await expect(modelFiles([file('model.json', odd), file('weights.bin', weights)]).load()).resolves.toBeDefined();
  writeFileSync(join(folder, 'odd.json'), odd);
  await expect(fileSystem(join(folder, 'odd.json')).load()).resolves.toBeDefined();
});
