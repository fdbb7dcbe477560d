/** A comparison that is killed goes on where it was, and ends as one that was not. */

import {spawn} from 'node:child_process';
import {existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {recipeOf} from '../../src/cli/training/recipe';
import {parseCompareOptions} from '../../src/cli/training_options';
import {openUnfinished} from '../../src/cli/unfinished';
import {temporaryFolder} from '../node/support/models';
import {command} from './support/command';
import {classes, writeTable} from './support/tables';

const ROOT = join(__dirname, '../..');
const folder = temporaryFolder();
const unfinished = () => join(folder(), 'out', 'unfinished');
const finished = () => readdirSync(unfinished()).filter((name) => /^[0-9a-f]{64}\.json$/.test(name));
const json = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
const args = (data: string, out: string, ...more: string[]) => [
  ...['compare', data, '--target', 'kind', '--sizes', '150', '--seeds', '2', '--epochs', '6', '--backend', 'cpu'],
  ...['--out', join(folder(), out), ...more],
];

/** Scores, which say whether two comparisons trained the same; times differ. */
const scoresOf = (out: string) => {
  const {sizes} = json(join(folder(), out, 'report.json')) as {sizes: {networks: {runs: unknown}[]}[]};
  return sizes.flatMap(({networks}) => networks.map(({runs}) => runs));
};

/** Starts the command as users do, and kills it when so many trainings are done. */
async function killed(line: string[], trainings: number): Promise<void> {
  const node = ['--import', 'tsx', '--conditions=tfjs-piecewise:source', 'src/cli/index.ts'];
  const child = spawn(process.execPath, [...node, ...line], {cwd: ROOT, stdio: 'ignore'});
  await new Promise<void>((resolve, reject) => {
    const watch = setInterval(() => {
      if (existsSync(unfinished()) && finished().length >= trainings) child.kill('SIGKILL');
    }, 5);
    child.on('exit', (code, signal) => {
      clearInterval(watch);
      if (signal === 'SIGKILL') resolve();
      else reject(new Error(`the command ended by itself, with code ${code}`));
    });
  });
}

it('goes on after a kill with the trainings that were done, and ends as if nothing had been', async () => {
  const data = writeTable(folder(), classes(300));
  await killed(args(data, 'out'), 3);
  const kept = finished().length;
  expect(kept).toBeGreaterThanOrEqual(3);
  const before = Object.fromEntries(finished().map((name) => [name, readFileSync(join(unfinished(), name), 'utf8')]));
  writeFileSync(join(unfinished(), 'notes.txt'), 'mine');

  const {code, stdout} = await command(args(data, 'out'));
  expect(code).toBe(0);
  expect(stdout.replace(/\s+/g, ' ')).toContain(`Goes on after ${kept} finished trainings of`);
  expect(Object.keys(before)).toHaveLength(kept);
  // What it has trained stands in the report now; what is not ours stays.
  expect(readdirSync(unfinished())).toEqual(['notes.txt']);

  const {code: other, stdout: anew} = await command(args(data, 'uninterrupted'));
  expect(other).toBe(0);
  expect(anew).not.toContain('Goes on after');
  expect(existsSync(join(folder(), 'uninterrupted', 'unfinished'))).toBe(false);
  expect(scoresOf('out')).toEqual(scoresOf('uninterrupted'));
}, 120_000);

describe('what is kept', () => {
  const key = {network: {family: 'wht', name: '16x2'}, seed: 2, rate: 0.01, trial: false} as const;
  const outcome = {
    epoch: 3,
    validation: {error: 0.25, loss: Infinity},
    weights: {output: [{values: Float32Array.of(1, -0, 0.1), shape: [3, 1]}], flat: []},
  };
  const open = (...more: string[]) => {
    const data = join(folder(), 'table.csv');
    if (!existsSync(data)) writeTable(folder(), classes(30));
    return openUnfinished(parseCompareOptions(args(data, 'out', ...more).slice(1)), {recipe: recipeOf(18, 6)});
  };
  const backend = {name: 'cpu', msPerStep: {}} as const;
  const begun = async () => {
    const unfinished = await open();
    await unfinished.begin(backend);
    await unfinished.put(key, outcome);
    return unfinished;
  };

  it('is what was put, of that training alone', async () => {
    await begun();
    const again = await open();
    expect(again.backend).toEqual(backend);
    expect(again.get(key)).toEqual(outcome);
    expect(again.get({...key, seed: 3})).toBeNull();
    expect(again.get({...key, trial: true})).toBeNull();
    expect(again.notes).toEqual([
      expect.stringMatching(/^Goes on after 1 finished training of .*; --restart begins anew/),
    ]);
  });

  it('of a trial has no weights', async () => {
    const unfinished = await begun();
    await unfinished.put({...key, trial: true}, outcome);
    expect(unfinished.get({...key, trial: true})).toEqual({...outcome, weights: {}});
  });

  it.each([
    ['other options', ['--seed', '7']],
    ['other columns', ['--drop', 'c']],
    ['another backend', ['--backend', 'wasm']],
  ])('is dropped for %s, and says so', async (_, more) => {
    await begun();
    const other = await open(...more);
    expect(other.backend).toBeNull();
    expect(other.notes).toEqual([expect.stringContaining('is dropped: all is trained anew')]);
    expect(other.get(key)).toBeNull();
    expect(existsSync(unfinished())).toBe(false);
  });

  it('is dropped for other data, and in silence where that was asked for', async () => {
    await begun();
    writeTable(folder(), classes(31));
    expect((await open()).notes).toEqual([expect.stringContaining('is dropped')]);
    await begun();
    expect(await open('--restart')).toMatchObject({backend: null, notes: []});
    expect(existsSync(unfinished())).toBe(false);
  });

  it('serves for more seeds and sizes; a file that is damaged is trained again', async () => {
    await begun();
    const more = await open('--seeds', '5', '--sizes', '150,900');
    expect(more.get(key)).toEqual(outcome);
    const [name] = finished();
    writeFileSync(join(unfinished(), name), '{"epoch": ');
    expect(more.get(key)).toBeNull();
    writeFileSync(join(unfinished(), 'comparison.json'), 'null');
    expect(await open()).toMatchObject({backend: null, notes: [expect.stringContaining('is dropped')]});
  });
});
