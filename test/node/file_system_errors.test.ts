import {mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import {fileSystem} from 'tfjs-piecewise/node';
import {denseModel, temporaryFolder} from './support/models';

const folder = temporaryFolder();
const load = (name = '') => fileSystem(join(folder(), name)).load();
const write = (name: string, content: string | Uint8Array) => writeFileSync(join(folder(), name), content);

let model: tf.Sequential;
beforeAll(async () => {
  await tf.setBackend('cpu');
  model = denseModel(1);
});

describe('a path', () => {
  it.each([[''], [undefined], [7], [['a', 'b']]])('%p is refused', (path) => {
    expect(() => fileSystem(path as string)).toThrow('fileSystem: path must be the name of a folder, but is');
  });

  it('that is empty in an address is refused', async () => {
    await expect(model.save('file://')).rejects.toThrow('but is "". Pass one, for example');
  });
});

describe('loading names what is wrong with', () => {
  it('a missing model.json, and what the folder has instead', async () => {
    write('other.txt', '');
    await expect(load()).rejects.toThrow(/cannot read .*model\.json \(ENOENT\).* has other\.txt\. Check the path/);
  });

  it('a missing folder', async () => {
    await expect(load('none/model.json')).rejects.toThrow(/cannot read .*none\/model\.json.*none does not exist/);
    await expect(tf.loadLayersModel(`file://${folder()}/none/model.json`)).rejects.toThrow('does not exist');
  });

  it('a missing weight file', async () => {
    await model.save(`file://${folder()}`);
    rmSync(join(folder(), 'weights.bin'));
    await expect(load()).rejects.toThrow(
      /cannot read .*weights\.bin \(ENOENT\), the weight file named in .*model\.json.*has model\.json\. Copy it/,
    );
  });

  it('a file that is not JSON', async () => {
    await model.save(`file://${folder()}`);
    write('model.json', readFileSync(join(folder(), 'model.json')).subarray(0, 100));
    await expect(load()).rejects.toThrow(/model\.json is not JSON, or was cut off: .+\. Save the model again/);
  });

  it.each([
    ['{"name": "x", "version": 1}', 'has the keys name, version'],
    ['[]', 'has no keys'],
    ['null', 'has no keys'],
    ['"text"', 'has no keys'],
  ])('JSON of something else: %s', async (json, received) => {
    write('model.json', json);
    await expect(load()).rejects.toThrow(`${received}, expected modelTopology and weightsManifest. Save the model`);
  });

  it.each(['{}', '[null]', '[{"paths": "weights.bin", "weights": []}]', '[{"paths": [1], "weights": []}]'])(
    'the weightsManifest %s',
    async (manifest) => {
      write('model.json', `{"modelTopology": {}, "weightsManifest": ${manifest}}`);
      await expect(load()).rejects.toThrow(
        /the weightsManifest of .* expected a list of \{paths: .* Save the model again/,
      );
    },
  );

  it.each(['{"name": "w", "dtype": "float32"}', '{"name": "w", "shape": [1], "dtype": "float8"}'])(
    'the weight %s',
    async (weight) => {
      write('weights.bin', 'abcd');
      write(
        'model.json',
        `{"modelTopology": {}, "weightsManifest": [{"paths": ["weights.bin"], "weights": [${weight}]}]}`,
      );
      await expect(load()).rejects.toThrow(
        /cannot be read: weight "w" has (shape undefined|type .* expected one of float32)/,
      );
    },
  );

  it.each([
    ['cut off', 140, /weights\.bin has 140 bytes, but .*model\.json expects 148 bytes of weights\. It was cut off, or/],
    [
      'too long',
      152,
      /weights\.bin has 152 bytes, but .*model\.json expects 148 bytes of weights\. It is too long, or/,
    ],
  ])('weights that are %s', async (_, length, message) => {
    await model.save(`file://${folder()}`);
    write('weights.bin', new Uint8Array(length));
    await expect(load()).rejects.toThrow(message);
    await expect(load()).rejects.toThrow('copy both from one save, or save the model again');
  });
});

describe('saving refuses', () => {
  it('a file name', async () => {
    const path = join(folder(), 'model.json');
    await expect(model.save(`file://${path}`)).rejects.toThrow(
      /saved to a folder, but the path is .*model\.json\. Leave/,
    );
  });

  it('a folder whose name a file has', async () => {
    write('taken', 'content');
    await expect(model.save(`file://${folder()}/taken`)).rejects.toThrow(/cannot make the folder .*taken \(EEXIST/);
    await expect(model.save(`file://${folder()}/taken/in`)).rejects.toThrow(/cannot make the folder .* \(ENOTDIR/);
    expect(readFileSync(join(folder(), 'taken'), 'utf8')).toBe('content');
  });

  it('a binary topology', async () => {
    await expect(fileSystem(folder()).save({modelTopology: new ArrayBuffer(8)})).rejects.toThrow('but is binary. Save');
  });

  it('weights that are no bytes, or not those of the specifications', async () => {
    const weightSpecs: tf.io.WeightsManifestEntry[] = [{name: 'w', shape: [2], dtype: 'float32'}];
    const save = (weightData: unknown) =>
      fileSystem(folder()).save({modelTopology: {}, weightSpecs, weightData: weightData as ArrayBuffer});
    await expect(save(new ArrayBuffer(7))).rejects.toThrow('the weights have 7 bytes, but their specifications need 8');
    await expect(save([{}])).rejects.toThrow('but one part is [object Object]');
    expect(readdirSync(folder())).toEqual([]);
  });

  it('to write over a folder', async () => {
    mkdirSync(join(folder(), 'model.json/inside'), {recursive: true});
    await expect(model.save(`file://${folder()}`)).rejects.toThrow(/cannot write to .* Nothing was saved.* save again/);
    expect(readdirSync(folder())).toEqual(['model.json']);
  });
});
