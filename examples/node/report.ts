/** Results by model: what the table, the JSON file and the chart show. */

import type {Experiment} from './experiments';
import type {RunResult} from './training';

export interface Row {
  model: string;
  family: 'dense' | 'wht';
  parameters: number;
  /** Trainable numbers of the hidden layers by breakpoint. */
  parametersPerBreakpoint: number;
  /** Mean and standard deviation of the test accuracy over the seeds; sd is null for one seed. */
  accuracy: {mean: number; sd: number | null; seeds: number};
  msPerEpoch: number;
  /** Size of the saved model: model.json and weights.bin. */
  bytes: number;
}

export function rowOf({architecture}: Experiment, results: RunResult[], bytes: number): Row {
  const values = results.map(({testAccuracy}) => testAccuracy);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const times = results.map(({msPerEpoch}) => msPerEpoch).sort((a, b) => a - b);
  return {
    model: architecture.name,
    family: architecture.family,
    parameters: results[0].parameters,
    parametersPerBreakpoint: architecture.hiddenParameters / architecture.breakpoints,
    accuracy: {mean, sd: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : null, seeds: values.length},
    msPerEpoch: times[times.length >> 1],
    bytes,
  };
}

/** The rows as text, aligned, ordered by parameters. */
export function table(rows: Row[]): string {
  const head = ['model', 'parameters', 'per breakpoint', 'test accuracy %', 'ms per epoch', 'bytes'];
  const lines = [...rows]
    .sort((a, b) => a.parameters - b.parameters)
    .map(({model, parameters, parametersPerBreakpoint, accuracy: {mean, sd}, msPerEpoch, bytes}) => [
      model,
      parameters.toLocaleString('en'),
      parametersPerBreakpoint.toFixed(1),
      (100 * mean).toFixed(2) + (sd === null ? '' : ` ± ${(100 * sd).toFixed(2)}`),
      msPerEpoch.toFixed(0),
      bytes.toLocaleString('en'),
    ]);
  const widths = head.map((title, i) => Math.max(title.length, ...lines.map((line) => line[i].length)));
  const text = (line: string[]) =>
    line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  ');
  return [text(head), widths.map((width) => '-'.repeat(width)).join('  '), ...lines.map(text)].join('\n');
}
