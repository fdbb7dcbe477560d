import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import type {Timing} from '../../bench/compare';
import {kernelTimes, total} from '../../bench/profile/kernel_times';
import {measureNetwork} from '../../bench/steps/measure';
import {NETWORKS, QUICK_NETWORKS} from '../../bench/steps/networks';
import {rivalLines, section, stepsLines} from '../../bench/steps/report';
import type {StepsRow, Times} from '../../bench/steps/results';

beforeAll(() => tf.ready());

const timing = (median: number): Timing => ({median, quartiles: [median, median], turns: 5});
const times = (step: number): Times => ({step: timing(step), one: timing(0.1), batch: timing(2)});
const row: StepsRow = {
  network: 'digits',
  backend: 'wasm',
  batch: 64,
  parameters: 1194,
  ours: times(2),
  profile: {calls: 74, bytes: 1e6, share: 0.374},
  copy: timing(0.1),
  rival: {name: 'dense 64-48-10', of: 'npm start', parameters: 3610, times: times(1)},
  torch: times(5),
};

it('a row tells the share of kernels, the copy, and how many times as long the rivals take', () => {
  const [, line] = stepsLines([row]);
  const cells = line.split(/ {2,}/);
  expect(cells.slice(0, 7)).toEqual(['digits, batch 64', 'wasm', '2.00 ms', '37 % of 74', '20', '0.5', '2.5']);
  expect(rivalLines([row, {...row, backend: 'tensorflow'}])).toEqual([
    'digits (1,194 parameters): beside dense 64-48-10 (3,610 parameters), from `npm start`',
  ]);
  const machine = {cpu: 'A', cores: 2, system: 'Linux x64'};
  const lines = section({machine, versions: {}, commit: 'abc', date: '2026-01-01', rows: [row], missing: []});
  expect(lines.join('\n')).toContain('| digits, batch 64 | wasm | 2.00 ms | 37 % of 74 |');
});

it('a profile counts the calls and bytes of the kernels, and leaves the kernels as they were', async () => {
  const before = new Map(tf.getKernelsForBackend(tf.getBackend()).map((one) => [one.kernelName, one.kernelFunc]));
  const x = tf.ones([4, 8]);
  const profile = await kernelTimes(() => tf.tidy(() => void tf.add(tf.mul(x, x), x)), 3);
  expect(profile.kernels.map(({name}) => name).sort()).toEqual(['Add', 'Multiply']);
  expect([total(profile, 'calls'), total(profile, 'bytes')]).toEqual([2, 2 * 3 * 4 * 8 * 4]);
  expect(total(profile, 'milliseconds')).toBeGreaterThan(0);
  expect(total(profile, 'milliseconds')).toBeLessThan(profile.milliseconds);
  for (const one of tf.getKernelsForBackend(tf.getBackend())) {
    expect(one.kernelFunc).toBe(before.get(one.kernelName));
  }
});

it('a network is measured beside its rival, and leaves no tensor', async () => {
  const before = tf.memory().numTensors;
  const measured = await measureNetwork(QUICK_NETWORKS[0], 'cpu', {turns: 1, budget: 1});
  expect(tf.memory().numTensors).toBe(before);
  expect(measured.parameters).toBe(2 * 2 * 256 + 17 * 10);
  expect(measured.rival?.parameters).toBe(65 * 48 + 49 * 10);
  expect(Object.keys(measured.ours)).toEqual(['step', 'one', 'batch']);
});

it('what PyTorch is told is the network that is built', () => {
  for (const {name, torch, ours} of NETWORKS) {
    if (!torch || torch.width > 4096) continue;
    const {inputs, width, blocks, expand, read, classes} = torch;
    const model = ours();
    const layers = model.layers.filter((layer) => layer instanceof pw.layers.WHTProjection);
    const configs = layers.map((layer) => layer.getConfig());
    expect([name, model.inputs[0].shape[1], configs[0].expand]).toEqual([name, inputs, expand]);
    expect(configs.map(({units}) => units)).toEqual([...Array(blocks).fill(width), read]);
    expect(model.outputs[0].shape[1]).toBe(classes);
    expect(model.countParams()).toBe(2 * width * blocks + (read + 1) * classes!);
    model.dispose();
  }
});
