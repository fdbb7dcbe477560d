/** Results by model: what the table, the JSON file and the chart show. */

import type {Experiment} from './experiments';
import type {RunResult} from './training';

export interface Row {
  model: string;
  family: 'dense' | 'lowRank' | 'wht' | 'image';
  /** The two models of a pair of about equal size have the same number. */
  pair?: number;
  parameters: number;
  /** Trainable numbers of the hidden layers by breakpoint. */
  parametersPerBreakpoint: number;
  /** Mean and standard deviation of the test accuracy over the seeds; sd is null for one seed. */
  accuracy: {mean: number; sd: number | null; seeds: number};
  msPerEpoch: number;
  /** Size of the saved model: model.json and weights.bin. */
  bytes: number;
}

export function rowOf({architecture, pair}: Experiment, results: RunResult[], bytes: number): Row {
  const values = results.map(({testAccuracy}) => testAccuracy);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const times = results.map(({msPerEpoch}) => msPerEpoch).sort((a, b) => a - b);
  return {
    model: architecture.name,
    family: architecture.family,
    pair,
    parameters: results[0].parameters,
    parametersPerBreakpoint: architecture.hiddenParameters / architecture.breakpoints,
    accuracy: {mean, sd: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : null, seeds: values.length},
    msPerEpoch: times[times.length >> 1],
    bytes,
  };
}

/** The rows as text: first the pairs of equal size, side by side with the winner of each, then the others. */
export function table(rows: Row[], testImages: number): string {
  const pairs = pairsOf(rows);
  const others = rows.filter((row) => !pairs.flat().includes(row)).sort((a, b) => a.parameters - b.parameters);
  const head = ['weights', 'accuracy %'];
  const blocks = [];
  if (pairs.length > 0) {
    const lines = pairs.map(([ours, rival]) => [
      ...cells(ours, short(ours)),
      winner(ours, rival, testImages),
      ...cells(rival, short(rival)),
    ]);
    blocks.push(align([['Walsh-Hadamard', ...head, '', 'dense ReLU', ...head], ...lines], [0, 4]));
    blocks.push('> and < open to the better of a pair; = where the difference is within its standard error.');
  }
  if (others.length > 0)
    blocks.push(align([['of other sizes', ...head], ...others.map((row) => cells(row, row.model))], [0]));
  return blocks.join('\n\n');
}

function pairsOf(rows: Row[]): [ours: Row, rival: Row][] {
  return rows
    .filter(({pair, family}) => pair !== undefined && family === 'wht')
    .flatMap((ours) => {
      const rival = rows.find(({pair, family}) => pair === ours.pair && family === 'dense');
      return rival ? [[ours, rival] as [Row, Row]] : [];
    })
    .sort(([a], [b]) => a.parameters - b.parameters);
}

/** Without the family and what the column says anyway. */
const short = ({model}: Row): string => model.replace(/^(wht|dense) /, '').replace(/: .*$/, '');

const cells = ({parameters, accuracy: {mean, sd}}: Row, name: string): string[] => [
  name,
  parameters.toLocaleString('en'),
  (100 * mean).toFixed(2) + (sd === null ? '' : ` ± ${(100 * sd).toFixed(2)}`),
];

/** With one seed the noise is that of the choice of test images, with several that of the seeds. */
function winner({accuracy: a}: Row, {accuracy: b}: Row, testImages: number): string {
  const variance = ({mean, sd, seeds}: Row['accuracy']) =>
    sd === null ? (mean * (1 - mean)) / testImages : sd ** 2 / seeds;
  if (Math.abs(a.mean - b.mean) <= Math.sqrt(variance(a) + variance(b))) return '=';
  return a.mean > b.mean ? '>' : '<';
}

/** Lines of cells as text, a rule after the first; the named columns to the left, the others to the right. */
function align(lines: string[][], left: number[]): string {
  const widths = lines[0].map((_, i) => Math.max(...lines.map((line) => line[i].length)));
  const pad = (cell: string, i: number) => (left.includes(i) ? cell.padEnd(widths[i]) : cell.padStart(widths[i]));
  const [head, ...body] = lines.map((line) => line.map(pad).join('  ').trimEnd());
  return [head, widths.map((width) => '-'.repeat(width)).join('  '), ...body].join('\n');
}
