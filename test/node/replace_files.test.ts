import fs, {readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import promises from 'node:fs/promises';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import {fileSystem} from 'tfjs-piecewise/node';
import {denseModel, outputs, temporaryFolder} from './support/models';

const folder = temporaryFolder();
const {renameSync, linkSync} = fs;

let old: tf.Sequential;
let newer: tf.Sequential;
beforeAll(async () => {
  await tf.setBackend('cpu');
  old = denseModel(1);
  newer = denseModel(2);
});
beforeEach(async () => {
  await old.save(fileSystem(folder()));
});
afterEach(() => {
  jest.restoreAllMocks();
});

async function expectOld(): Promise<void> {
  expect(readdirSync(folder()).sort()).toEqual(['model.json', 'weights.bin']);
  const copy = await tf.loadLayersModel(`file://${folder()}`);
  expect(outputs(copy)).toEqual(outputs(old));
  copy.dispose();
}

const failure = (code: string) => Object.assign(new Error(`${code}: simulated`), {code});

it('a save that cannot write leaves the old model and no other file', async () => {
  const {open} = promises;
  for (const failing of ['weights.bin', 'model.json']) {
    jest.spyOn(promises, 'open').mockImplementation(async (path, ...rest) => {
      const file = await open(path, ...rest);
      if (String(path).includes(failing)) {
        jest.spyOn(file, 'writeFile').mockImplementation(async () => {
          await file.write('half');
          throw failure('ENOSPC');
        });
      }
      return file;
    });
    await expect(newer.save(fileSystem(folder()))).rejects.toThrow(
      /cannot write to .* \(ENOSPC: simulated\)\. Nothing was saved; files of an earlier save are kept\. Check/,
    );
    jest.restoreAllMocks();
    await expectOld();
  }
});

it.each(['EROFS', 'EACCES'])(
  'a save into a folder that is read-only (%s) says so and leaves the old model',
  async (code) => {
    jest.spyOn(promises, 'open').mockRejectedValue(failure(code));
    await expect(newer.save(fileSystem(folder()))).rejects.toThrow(
      new RegExp(`cannot write to .* \\(${code}: simulated\\)\\. Nothing was saved; files of an earlier save are kept`),
    );
    jest.restoreAllMocks();
    await expectOld();
  },
);

it('a folder that vanishes during a save is named', async () => {
  const {open} = promises;
  const gone = join(folder(), 'gone');
  jest.spyOn(promises, 'open').mockImplementation(async (path, ...rest) => {
    const file = await open(path, ...rest);
    rmSync(gone, {recursive: true, force: true});
    return file;
  });
  await expect(newer.save(fileSystem(gone))).rejects.toThrow(
    /cannot write to .*gone.* \(ENOENT: .*\)\. Nothing was saved/,
  );
  jest.restoreAllMocks();
  await expectOld();
  await newer.save(fileSystem(gone));
  expect(readdirSync(gone).sort()).toEqual(['model.json', 'weights.bin']);
  rmSync(gone, {recursive: true});
});

it.each([1, 2])('a save whose rename number %p fails leaves the old model and no other file', async (failing) => {
  let renames = 0;
  jest.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
    renames++;
    if (renames === failing) throw failure('EIO');
    renameSync(from, to);
  });
  await expect(newer.save(fileSystem(folder()))).rejects.toThrow('EIO: simulated');
  jest.restoreAllMocks();
  await expectOld();
});

it('the first save into a folder leaves nothing when it fails', async () => {
  jest.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
    if (String(to).endsWith('model.json')) throw failure('EIO');
    renameSync(from, to);
  });
  await expect(newer.save(fileSystem(join(folder(), 'first')))).rejects.toThrow('EIO: simulated');
  expect(readdirSync(join(folder(), 'first'))).toEqual([]);
});

it('where the old weights cannot be put back, the error says where they are', async () => {
  const weights = readFileSync(join(folder(), 'weights.bin'));
  let renames = 0;
  jest.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
    renames++;
    if (renames > 1) throw failure('EIO');
    renameSync(from, to);
  });
  const error: Error = await newer.save(fileSystem(folder())).then(
    () => new Error('saved'),
    (reason) => reason,
  );
  const [, backup] = /the old content of .* is in (.*\.old)/.exec(error.message)!;
  expect(readFileSync(backup)).toEqual(weights);
});

it('works on a disk without hard links', async () => {
  const link = jest.spyOn(fs, 'linkSync').mockImplementation(() => {
    throw failure('EPERM');
  });
  jest.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
    if (String(from).includes('model.json')) throw failure('EIO');
    renameSync(from, to);
  });
  await expect(newer.save(fileSystem(folder()))).rejects.toThrow('EIO');
  expect(link).toHaveBeenCalledTimes(2);
  jest.restoreAllMocks();
  await expectOld();
  expect(linkSync).toBe(fs.linkSync);
});

it('removes the temporary files of an hour ago, which a killed process left, and no others', async () => {
  const left = ['.weights.bin.0123abcd.tmp', '.model.json.0123abcd.old'];
  const others = ['.weights.bin', '.weights.bin.tmp', '.other.0123abcd.tmp'];
  for (const name of [...left, ...others]) writeFileSync(join(folder(), name), '');
  await newer.save(fileSystem(folder()));
  expect(readdirSync(folder()).sort()).toEqual([...left, ...others, 'model.json', 'weights.bin'].sort());
  const now = Date.now();
  jest.spyOn(Date, 'now').mockReturnValue(now + 2 * 3_600_000);
  await newer.save(fileSystem(folder()));
  expect(readdirSync(folder()).sort()).toEqual([...others, 'model.json', 'weights.bin'].sort());
});

it('a process that dies between the two renames leaves the old model, which loads whole', async () => {
  jest.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
    if (String(to).endsWith('model.json')) throw failure('the end');
    renameSync(from, to);
  });
  // What a dead process does not do: put the old files back, and remove the temporary ones.
  jest.spyOn(fs, 'rmSync').mockImplementation(() => {});
  let died = false;
  jest.spyOn(fs, 'existsSync').mockImplementation(() => {
    if (died) throw failure('the end');
    return true;
  });
  const dying = newer.save(fileSystem(folder()));
  died = false;
  await expect(dying).rejects.toThrow();
  jest.restoreAllMocks();
  // The undo of the failed save is taken back: the new weights are in place, the old ones beside them.
  const copy = await tf.loadLayersModel(fileSystem(folder()));
  expect(outputs(copy)).toEqual(outputs(old));
  copy.dispose();
});
