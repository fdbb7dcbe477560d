import type {Timing} from '../../bench/compare';
import {page, runLines} from '../../bench/gpu/report';
import type {GpuRun} from '../../bench/gpu/results';

const timing = (median: number): Timing => ({median, quartiles: [median, median], turns: 5});
const run: GpuRun = {
  runtime: 'Chromium',
  adapter: 'a vendor',
  software: false,
  rows: [
    {
      kernel: 'WalshHadamard',
      shape: [1, 2 ** 20],
      dispatches: 2,
      bytes: 2 * 8 * 2 ** 20,
      time: timing(0.02),
      copy: timing(0.008),
      difference: 1.2e-7,
    },
  ],
  left: ['ReLUPair of [1,16777216]: no time was left'],
};

it('a row tells the copy, the dispatches, and what they move', () => {
  const lines = runLines(run);
  expect(lines[0]).toBe('Chromium: a vendor');
  expect(lines[3].split(/ {2,}/)).toEqual(['WalshHadamard', '[1, 2^20]', '20.0 µs', '2.5', '2', '2.00', '1e-7']);
  expect(lines[4]).toBe('left out: ReLUPair of [1,16777216]: no time was left');
});

it('a driver in software is named on the page', () => {
  const machine = {cpu: 'A', cores: 2, system: 'Linux x64'};
  const missing = [{runtime: 'Node (Dawn)' as const, reason: 'no driver'}];
  const runs = [{...run, software: true}];
  const text = page([{machine, versions: {}, commit: 'abc', date: '2026-01-01', runs, missing}]);
  expect(text).toContain('### Chromium: a vendor (a driver in software: no speed claim)');
  expect(text).toContain('- Node (Dawn): not measured, no driver');
});
