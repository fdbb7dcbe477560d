import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {runPython} from '../support/python';

jest.setTimeout(600_000);

const folder = mkdtempSync(join(tmpdir(), 'keras-'));
afterAll(() => rmSync(folder, {recursive: true, force: true}));

describe('the Keras bridge', () => {
  it.each(['tensorflow', 'jax'])('passes its own tests on Keras with %s', async (backend) => {
    const output = await runPython(
      ['-m', 'pytest', '-q', '--tb=short', '-p', 'no:cacheprovider'],
      {KERAS_BACKEND: backend, NODE: process.execPath, CUDA_VISIBLE_DEVICES: '', FIXTURES: join(folder, 'fixtures')},
      'python',
    );
    // The summary alone is read: warnings of libraries speak of what failed, too. A failure would have ended the command so.
    expect(output.trim().split('\n').at(-1)).toMatch(/^[1-9]\d* passed(, \d+ skipped)?(, \d+ warnings?)? in /);
  });
});
