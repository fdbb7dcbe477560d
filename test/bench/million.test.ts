import type {Timing} from '../../bench/compare';
import {page, scalingLines, stepLines} from '../../bench/million/report';
import type {MillionResults, Scaling} from '../../bench/million/results';
import {exponent, spreadOfCosts} from '../../bench/million/scaling';

const timing = (median: number): Timing => ({median, quartiles: [median, median], turns: 5});

/** Milliseconds for 2^23 numbers in rows of n, where a row costs (n log2 n)^p. */
const scaling = (p: number): Scaling => ({
  backend: 'wasm',
  rows: [10, 14, 18, 20, 22].map((log) => {
    const cost = (2 ** (23 - log) * (2 ** log * log) ** p) / 1e6;
    return {width: 2 ** log, forward: timing(cost), both: timing(3 * cost)};
  }),
});

it('finds the exponent, and how even the costs are', () => {
  expect(exponent(scaling(1).rows, 'forward')).toBeCloseTo(1, 10);
  expect(exponent(scaling(1.25).rows, 'both')).toBeCloseTo(1.25, 10);
  expect(spreadOfCosts(scaling(1).rows, 'both')).toBeCloseTo(1, 10);
  const even = spreadOfCosts(scaling(1.25).rows, 'forward', 2 ** 20);
  expect(even).toBeCloseTo(((2 ** 20 * 20) / (2 ** 10 * 10)) ** 0.25, 6);
});

it('makes tables for the terminal and a page', () => {
  const steps = [1, 2].map((layers) => ({
    backend: 'wasm' as const,
    layers,
    width: 2 ** 20,
    parameters: layers * 2 ** 21,
    forward: timing(100),
    backward: 200,
    adam: 50,
    step: timing(350),
    peakBytes: 600 * 2 ** 20,
    baseBytes: 2 ** 20,
  }));
  const results: MillionResults = {
    machine: {cpu: 'A Processor', cores: 2, system: 'Linux x64'},
    versions: {node: '20.0.0'},
    commit: 'abc',
    date: '2026-01-01',
    steps,
    scalings: [scaling(1)],
    missing: [{backend: 'tensorflow', reason: 'no library'}],
  };
  const lines = [...stepLines(steps), ...scalingLines(results.scalings)];
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(100);
  expect(lines.join('\n')).toContain('350 ms      600 MiB');
  expect(lines.join('\n')).toContain('p = 1.00 forward, 1.00 with backward');
  const text = page(results);
  expect(text).toContain('tensorflow: not measured, no library');
  expect(text).toContain('| wasm | 2 | 4,194,304 | 100 ms | 200 ms | 50.0 ms | 350 ms | 600 MiB |');
  expect(text).toContain('from 2^10 to 2^20 a step costs within 1.00x');
});
