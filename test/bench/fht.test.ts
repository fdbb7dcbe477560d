import {fhtLines, section} from '../../bench/fht/report';
import type {FhtRow} from '../../bench/fht/results';

const timing = (median: number) => ({median, quartiles: [median, median] as [number, number], turns: 5});
const row: FhtRow = {shape: [64, 4096], ours: timing(0.05), inPlace: timing(0.07), copied: timing(0.13)};

it('a row tells how many times as long fht-cpu takes, in place and on a copy', () => {
  const [, line] = fhtLines([row]);
  expect(line.split(/ {2,}/)).toEqual(['[64, 4096]', '50.0 µs', '50.0-50.0', '1.40', '2.60']);
  const machine = {cpu: 'A', cores: 2, system: 'Linux x64'};
  const lines = section({machine, versions: {}, commit: 'abc', date: '2026-01-01', rows: [row]});
  expect(lines.join('\n')).toContain('| [64, 4096] | 50.0 µs | 50.0-50.0 | 1.40 | 2.60 |');
});
