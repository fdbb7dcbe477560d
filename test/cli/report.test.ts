import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {fileSystem} from 'tfjs-piecewise/node';
import {temporaryFolder} from '../node/support/models';
import {command} from './support/command';
import {writeConvolution, writeTent} from './support/keras_model';

const folder = temporaryFolder();
const saved = async (model: tf.LayersModel) => {
  await model.save(fileSystem(join(folder(), 'model')));
  return join(folder(), 'model');
};
const report = async (...args: string[]) => {
  const {code, stdout, stderr} = await command(['report', ...args, '--json']);
  expect({code, stderr}).toEqual({code: 0, stderr: ''});
  return JSON.parse(stdout);
};

it('reads a model that Keras has saved, and counts what was worked out by hand', async () => {
  writeTent(folder());
  writeFileSync(join(folder(), 'x.csv'), 'x\r\n-1\r\n1\r\n');
  const document = await report(join(folder(), 'model.json'), '--data', join(folder(), 'x.csv'));
  expect(document.model).toMatchObject({className: 'Sequential', inputShape: [1], outputShape: [1]});
  expect(document.parameters.total).toMatchObject({parameters: 7, breakpoints: 2, parametersPerBreakpoint: 3.5});
  expect(document.regions.segments).toHaveLength(10);
  for (const {regions, breakpoints} of document.regions.segments) {
    expect(regions).toBe(3);
    // From -1 to 1, or back.
    expect([
      [0.5, 0.75],
      [0.25, 0.5],
    ]).toContainEqual(breakpoints);
  }
  expect(document.regions.bounds.serra).toEqual({count: 3, log10: expect.closeTo(Math.log10(3), 12)});
  expect(document.regions.bends).toEqual({breakpoints: 2, live: 2, min: 1, median: 1, max: 1});
});

it('reads a convolution of Keras', async () => {
  writeConvolution(folder());
  const {parameters, regions} = await report(folder(), '--segments', '3');
  expect(parameters.layers.map(({breakpoints}: {breakpoints: number}) => breakpoints)).toEqual([8, 0, 0, 0]);
  expect(regions.segments).toHaveLength(3);
  for (const segment of regions.segments) expect(segment.regions).toBeLessThanOrEqual(9);
});

it('counts between the rows of --data what the analysis counts', async () => {
  const model = tf.sequential({
    layers: [
      pw.layers.whtProjection({units: 16, seed: 1, inputShape: [3]}),
      tf.layers.reLU(),
      tf.layers.dense({units: 1, kernelInitializer: tf.initializers.glorotUniform({seed: 3})}),
    ],
  });
  const rows = [
    [-1, 0.5, 2],
    [1, -0.25, -1],
  ];
  writeFileSync(join(folder(), 'x.csv'), rows.map((row) => row.join(', ')).join('\n'));
  const {regions} = await report(await saved(model), '--data', join(folder(), 'x.csv'), '--segments', '1');
  const forth = await pw.analysis.countLinearRegions(model, {from: rows[0], to: rows[1]});
  const back = await pw.analysis.countLinearRegions(model, {from: rows[1], to: rows[0]});
  expect([forth.breakpoints, back.breakpoints]).toContainEqual(regions.segments[0].breakpoints);
  expect(forth.regions).toBeGreaterThan(2);
});

it('gives the same report for the same seed, and another for another', async () => {
  writeConvolution(folder());
  const outputs = [];
  for (const seed of ['1', '1', '2']) {
    const {stdout} = await command(['report', folder(), '--seed', seed]);
    outputs.push(stdout);
  }
  expect(outputs[0]).toBe(outputs[1]);
  const {regions: one} = await report(folder(), '--seed', '1');
  const {regions: other} = await report(folder(), '--seed', '2');
  expect(one.segments).not.toEqual(other.segments);
});

it('says why there are no regions of a model that is not piecewise linear, and reports the rest', async () => {
  const path = await saved(
    tf.sequential({
      layers: [
        tf.layers.dense({units: 1, inputShape: [2], activation: 'tanh'}),
        tf.layers.dense({units: 1, activation: 'relu'}),
      ],
    }),
  );
  const document = await report(path, '--svg', join(folder(), 'out'));
  expect(document.regions).toBeNull();
  expect(document.notCounted).toMatch(/only piecewise-linear layers/);
  expect(document.pictures).toEqual([]);
  expect(document.parameters.total.parameters).toBe(5);
  const {stdout} = await command(['report', path, '--svg', join(folder(), 'out')]);
  expect(stdout).toContain('Linear regions: not counted.');
  expect(stdout).toContain('Pictures: none');
});

it.each([60, 80, 100])('fits into %i columns', async (columns) => {
  writeConvolution(folder());
  const layers = [tf.layers.dense({units: 3, inputShape: [2], activation: 'relu', name: `long_${'name_'.repeat(20)}`})];
  const path = await saved(tf.sequential({layers}));
  const {stdout} = await command(['report', path], columns);
  const table = stdout.split('\n').filter((line) => !line.includes(folder()));
  expect(Math.max(...table.map((line) => line.length))).toBeLessThanOrEqual(columns);
  expect(stdout).toMatch(/^long_.*….*ense\)/m);
  expect(stdout).toMatch(/^total +9 +3 +3 +3 +9$/m);
});

describe('--svg', () => {
  it('writes the pictures and nothing else', async () => {
    writeConvolution(folder());
    const out = join(folder(), 'new/out');
    const {pictures} = await report(folder(), '--svg', out);
    expect(readdirSync(out).sort()).toEqual(['breakpoints.svg', 'network.svg', 'regions.svg']);
    expect(pictures).toEqual(['regions.svg', 'breakpoints.svg', 'network.svg'].map((name) => join(out, name)));
    expect(readFileSync(pictures[0], 'utf8')).toContain('from sample a to sample b');
    expect(readFileSync(pictures[1], 'utf8')).toContain('Breakpoints along 10 segments');
    expect(readFileSync(pictures[2], 'utf8')).toContain('1 input');
  });

  it('draws the window of the data for two inputs', async () => {
    const path = await saved(
      tf.sequential({layers: [tf.layers.dense({units: 3, inputShape: [2], activation: 'relu'})]}),
    );
    writeFileSync(join(folder(), 'x.csv'), '0,10\n20,30\n');
    await report(path, '--svg', folder(), '--data', join(folder(), 'x.csv'));
    expect(readFileSync(join(folder(), 'regions.svg'), 'utf8')).toContain('The window [-1, 21] x [9, 31]');
  });

  it('halves the window until there are few enough polygons to see', async () => {
    // 300 lines around the middle: more than 4,000 polygons.
    const uniform = (seed: number) => tf.initializers.randomUniform({minval: -0.5, maxval: 0.5, seed});
    const [kernelInitializer, biasInitializer] = [uniform(1), uniform(2)];
    const args = {units: 300, inputShape: [2], activation: 'relu' as const, kernelInitializer, biasInitializer};
    const path = await saved(tf.sequential({layers: [tf.layers.dense(args), tf.layers.dense({units: 1})]}));
    await report(path, '--svg', folder(), '--segments', '1');
    const [, low] = /The window \[(\S+), \S+\]/.exec(readFileSync(join(folder(), 'regions.svg'), 'utf8'))!;
    expect([-0.5, -0.25, -0.125]).toContain(Number(low));
  });

  it('draws learned slopes where there are some', async () => {
    const layers = [tf.layers.dense({units: 3, inputShape: [2]}), pw.layers.reluPair()];
    const {pictures} = await report(await saved(tf.sequential({layers})), '--svg', folder());
    expect(pictures[3]).toBe(join(folder(), 'slopes.svg'));
    expect(readFileSync(pictures[3], 'utf8')).toContain('3 learned slope pairs');
  });

  it('has no plane to draw for one input', async () => {
    writeTent(folder());
    const {pictures} = await report(folder(), '--svg', folder());
    expect(pictures).toHaveLength(2);
  });
});
