import {markdownTable, textTable, time} from '../format';
import {provenanceText} from '../report';
import type {AgainstResults, AgainstRow, Measured, Program} from './results';

export const LEGEND = [
  'Whole calls of two commits, each in a process of its own, by turns: trainOnBatch with the loss read, predict with the',
  'outputs read. Milliseconds of processor time, on all cores together; medians. clock: the same ratio by the wall clock.',
  'plain: slopes in layers of their own, the dense layer and the loss of tfjs. own: slopes in the projections,',
  'pw.layers.dense, pw.softmaxCrossEntropy; beside plain then (*) where the earlier commit does not have them.',
  'memory: the most that the process held, with Node and TensorFlow.js.',
];

export const HEADER = ['network, what', 'backend', 'program', 'then', 'now', 'now/then', 'clock', 'memory then', 'now'];

const mebibytes = ({peakBytes}: Measured) => `${Math.round(peakBytes / 2 ** 20)} MiB`;
const cpu = ({cpu: median, turns}: Measured) => time({median, quartiles: [median, median], turns});
const quotient = (now: Measured, then: Measured, by: 'cpu' | 'wall') => (now[by] / then[by]).toFixed(2);

/** A line for each program that this commit offers. */
export function againstCells({network, backend, what, times}: AgainstRow): string[][] {
  return (['plain', 'own'] as Program[]).flatMap((program) => {
    const now = times[`now ${program}`];
    const then = times[`then ${program}`] ?? times['then plain'];
    if (!now || !then) return [];
    const asterisk = times[`then ${program}`] ? '' : '*';
    const ratios = [quotient(now, then, 'cpu'), quotient(now, then, 'wall')];
    const memory = [mebibytes(then), mebibytes(now)];
    return [[`${network}; ${what}`, backend, `${program}${asterisk}`, cpu(then), cpu(now), ...ratios, ...memory]];
  });
}

/** What a program gains that also changes its optimizer. */
export function optimizerLines(rows: readonly AgainstRow[]): string[] {
  return rows.flatMap(({network, backend, what, times}) => {
    const adam = rows.find((row) => row.network === network && row.backend === backend && row.what === 'step, Adam');
    const [then, now] = [adam?.times['then plain'], times['now own']];
    if (what !== 'step, AdamW' || !then || !now) return [];
    const ratios = `${quotient(now, then, 'cpu')} (clock ${quotient(now, then, 'wall')})`;
    return [`${network}, ${backend}: own with AdamW now is ${ratios} of plain with the Adam of tfjs then`];
  });
}

export const againstLines = (rows: readonly AgainstRow[]) => textTable(HEADER, rows.flatMap(againstCells));

export const INTRODUCTION = [
  '# Beside an earlier commit, measured',
  '',
  '<!-- Written by `npm run bench -- --against COMMIT`: do not edit. -->',
  '',
  '`npm run bench -- --against COMMIT` writes this page.',
  '',
  ...LEGEND,
];

export const thenText = ({against: {commit, date, subject}, load}: AgainstResults) => [
  `then: commit ${commit} of ${date}, "${subject}"`,
  `load of the machine at the start and at the end: ${load.map((one) => one.toFixed(1)).join(' and ')}`,
];

export const section = (results: AgainstResults): string[] => [
  ...[...provenanceText(results), ...thenText(results)].map((line) => `- ${line}`),
  ...results.missing.map(({backend, reason}) => `- ${backend}: not measured, ${reason}`),
  ...optimizerLines(results.rows).map((line) => `- ${line}`),
  '',
  ...markdownTable(
    HEADER,
    results.rows.flatMap(againstCells).map((row) => row.map((cell) => cell.replace('*', '\\*'))),
  ),
];
