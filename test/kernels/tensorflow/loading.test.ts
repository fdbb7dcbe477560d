/** @needs own-op */

import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {ensureBuild} from '../../package/build';
import {useBackend} from '../../support/backend';
import {ADDON} from './addon_file';

useBackend();
beforeAll(ensureBuild, 120_000); // the fixtures import the package as it is installed

/** The module anew, as a process that has not loaded anything. */
function fresh(setting?: string, isUsingGpuDevice = false) {
  if (setting === undefined) delete process.env.TFJS_PIECEWISE_ADDON;
  else process.env.TFJS_PIECEWISE_ADDON = setting;
  jest.resetModules();
  return (
    require('../../../src/kernels/tensorflow/addon') as typeof import('../../../src/kernels/tensorflow/addon')
  ).findAddon({isUsingGpuDevice});
}

afterEach(() => {
  delete process.env.TFJS_PIECEWISE_ADDON;
  jest.restoreAllMocks();
});

describe('the file of our own ops', () => {
  it('is found in the package, or by its name', () => {
    expect(fresh().addon?.prefix).toBe('TfjsPiecewise7');
    expect(fresh(ADDON).addon?.prefix).toBe('TfjsPiecewise7');
  });

  const run = (fixture: string, threads: number) => {
    const env = {...process.env, TF_CPP_MIN_LOG_LEVEL: '2', TFJS_PIECEWISE_THREADS: String(threads)};
    const options = {encoding: 'utf8', env, maxBuffer: 2 ** 24} as const;
    return execFileSync(process.execPath, [join(__dirname, fixture), ADDON], options);
  };

  it('may be loaded by worker threads, and from several copies in one process', () => {
    expect(run('load_many.fixture.cjs', 3)).toContain('ok');
  }, 60_000);

  it('gives the same bits for any number of threads', () => {
    const bits = run('slope_sums.fixture.cjs', 1);
    expect(bits.length).toBeGreaterThan(2 ** 18);
    expect(run('slope_sums.fixture.cjs', 3) === bits).toBe(true);
  }, 60_000);
});

it('a file that is not there is told', () => {
  expect(fresh('/no/such/file.node')).toEqual({
    addon: null,
    advice:
      'Our own ops are several times faster: there is no /no/such/file.node; docs/guides/backends.md of tfjs-piecewise has the command that builds it.',
  });
});

it('a file that cannot be used is told and warned of', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tfjs-piecewise-'));
  const file = join(folder, 'broken.node');
  writeFileSync(file, 'This is no library.');
  const warning = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
  const {addon, advice} = fresh(file);
  expect(addon).toBeNull();
  expect(advice).toMatch(/broken\.node cannot be used: .+\. Build it again\.$/);
  expect(warning).toHaveBeenCalledTimes(1);
  rmSync(folder, {recursive: true});
});

it('an old Node is told', () => {
  const {getBuiltinModule} = process;
  Object.assign(process, {getBuiltinModule: undefined});
  try {
    expect(fresh().advice).toBe('Our own ops need Node 20.16 or later.');
  } finally {
    process.getBuiltinModule = getBuiltinModule;
  }
});

it('a GPU does without them', () => {
  const {addon, advice} = fresh(undefined, true);
  expect(addon).toBeNull();
  expect(advice).toBe('TensorFlow runs on a GPU here, our own ops only on the CPU.');
});
