import type {Timing} from '../../bench/compare';
import {quartiles, ratio, surcharge, time} from '../../bench/format';
import {page} from '../../bench/record';
import {kernelLines, LEGEND, remarks} from '../../bench/report';
import type {BackendResults, KernelRow} from '../../bench/results';

const timing = (median: number, turns = 9): Timing => ({median, quartiles: [0.9 * median, 1.25 * median], turns});

it('times have three digits and a unit', () => {
  expect([2e-4, 0.0281, 1.5, 999, 12_345].map((median) => time(timing(median)))).toEqual([
    '0.20 µs',
    '28.1 µs',
    '1.50 ms',
    '999 ms',
    '12.3 s',
  ]);
  expect(time(timing(2.5, 1))).toBe('~2.50 ms');
  expect([quartiles(timing(0.02)), quartiles(timing(2, 1))]).toEqual(['18.0-25.0', '1 run']);
});

it('ratios have two digits, and are left out where a rival is', () => {
  const one = timing(1);
  expect([0.044, 1, 9.94, 12.4, 1234].map((median) => ratio(timing(median), one))).toEqual([
    '0.0',
    '1.0',
    '9.9',
    '12',
    '1.2k',
  ]);
  expect(ratio(undefined, one)).toBe('');
  expect([surcharge(timing(1.1), one), surcharge(timing(0.9), one)]).toEqual(['+10 %', '-10 %']);
});

const row = (kernel: KernelRow['kernel'], native: boolean, n: number): KernelRow => ({
  kernel,
  native,
  shape: [1, n],
  time: timing(123),
  rivals: {copy: timing(0.001), add: timing(0.002), loop: timing(9999), dense: timing(99_999), portable: timing(1234)},
});

const results: BackendResults = {
  backend: 'wasm',
  path: 'somewhere',
  note: 'a note',
  kernels: [
    row('WalshHadamard', true, 1024),
    row('WalshHadamard', true, 2 ** 20),
    row('WHTReLUPairGradient', false, 8),
  ],
  fusions: [
    {what: 'signs and scale', native: true, alone: timing(1), fused: timing(1.1), apart: timing(20.6)},
    {what: 'two slopes', native: false, alone: timing(1), fused: timing(1.1), apart: timing(1.5)},
  ],
  overhead: {kernel: timing(123), op: timing(456), identity: timing(789)},
  additions: Array.from({length: 5}, () => ({shape: [1, 2 ** 17], rate: 20e9, peak: 29e9})),
  training: {ours: timing(500, 1), dense: timing(50_000, 1), parameters: {ours: 18_442, dense: 4_208_650}},
  optimizers: {
    many: {adamW: timing(123.4), adam: timing(12_345)},
    digits: {adamW: timing(1), adam: timing(9), gradients: timing(3)},
  },
};

it('fits into a terminal of 100 columns, and names a kernel once', () => {
  const lines = [...LEGEND, ...kernelLines(results.kernels), ...remarks(results)];
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(100);
  const text = lines.join('\n');
  expect(text.match(/^WalshHadamard /gm)).toHaveLength(1);
  expect(text).toContain('WHTReLUPairGradient*');
  expect(text).toContain('69 %');
  expect(text).toContain('signs and scale at [64, 1024]: inside the transform +10 %, as an op of its own +1960 %');
  expect(text).toContain('two slopes at [64, 1024]: not inside the transform here, as an op of its own +50 %');
  expect(text).toContain('a step of AdamW on 2^20 weights: 123 ms; the Adam of tfjs: 12.3 s, 100 times as long');
  expect(text).toContain('1.00 ms, 25 % of a training step;\n  the Adam of tfjs: 9.00 ms, 75 %');
});

it('makes a page of every machine, with what was not measured', () => {
  const text = page([
    {
      machine: {cpu: 'A Processor', cores: 2, system: 'Linux x64'},
      versions: {node: '20.0.0'},
      commit: 'abc',
      date: '2026-01-01',
      backends: [results],
      missing: [{backend: 'webgpu', reason: 'no driver'}],
    },
  ]);
  expect(text).toContain('## A Processor, 2 cores');
  expect(text).toContain('- webgpu: not measured, no driver');
  expect(text).toContain('### wasm: somewhere (a note)');
  const table = text.split('\n').filter((line) => line.startsWith('|'));
  expect(new Set(table.map((line) => line.split('|').length)).size).toBe(1);
});
