import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import {startBackend} from '../../examples/node/backend';
import {Checkpoint} from '../../examples/node/checkpoint';
import type {Dataset} from '../../examples/node/datasets';
import {type Experiment, experimentsFor} from '../../examples/node/experiments';
import {image} from '../../examples/node/image_models';
import {parseOptions} from '../../examples/node/options';
import {trainRun} from '../../examples/node/training';
import {uniform} from '../support/random';

const out = mkdtempSync(join(tmpdir(), 'image-training-'));
afterAll(() => rmSync(out, {recursive: true}));

/** Noise, brighter in one of two halves: one glance at the mean is not enough. */
function examples(count: number, seed: number) {
  const x = uniform(count * 784, seed, 0, 0.5);
  const y = Uint8Array.from({length: count}, (_, i) => i % 2);
  for (let i = 0; i < count; i++) for (let p = 0; p < 392; p++) x[784 * i + 392 * y[i] + p] += 0.5;
  return {x, y, count};
}
const dataset: Dataset = {
  ...{name: 'halves', numClasses: 10, imageShape: [28, 28, 1], scaling: {mean: 0, std: 1}, source: 'this file'},
  ...{train: examples(64, 1), validation: null, test: examples(32, 2)},
};

it('image networks train on wasm, and --resume gives what an uninterrupted training gives', async () => {
  expect(await startBackend('wasm')).toBe('wasm');
  const recipe = {batchSize: 16, epochs: 6, warmup: 0.2, learningRate: 0.03, weightDecay: 0.01, labelSmoothing: 0.1};
  const experiment: Experiment = {architecture: image('mixture', 1000), recipe};
  const train = (name: string, resume: boolean, stopAfter = Infinity) => {
    const abort = new AbortController();
    const onEpoch = (epoch: number) => {
      if (epoch === stopAfter) abort.abort(new Error('interrupted'));
    };
    const checkpoint = new Checkpoint(join(out, name));
    return trainRun(experiment, dataset, 1, {checkpoint, resume, signal: abort.signal, onEpoch});
  };
  const whole = await train('whole', false);
  expect(whole.parameters).toBeLessThanOrEqual(1000);
  expect(whole.testAccuracy).toBeGreaterThan(0.8);
  await expect(train('parts', false, 2)).rejects.toThrow('interrupted');
  const resumed = await train('parts', true);
  expect(resumed.score).toBeCloseTo(whole.score, 3);
  expect(resumed.testAccuracy).toBeCloseTo(whole.testAccuracy, 1);
  await tf.setBackend('cpu');
}, 60_000);

it('--models image means Fashion-MNIST, where image networks are trained only if they are named', () => {
  expect(parseOptions(['--models', 'image transform'])).toMatchObject({dataset: 'fashion-mnist', curve: false});
  expect(parseOptions(['--models', '64-16-10']).dataset).toBe('digits');
  expect(parseOptions(['--models', 'image', '--dataset', 'digits']).dataset).toBe('digits');
  const images = experimentsFor('fashion-mnist').filter(({architecture}) => architecture.name.startsWith('image'));
  expect(images.length).toBe(5);
  expect(images.every(({onRequest}) => onRequest)).toBe(true);
});
