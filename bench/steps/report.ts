import {markdownTable, ratio, textTable, time} from '../format';
import {provenanceText} from '../report';
import type {StepsResults, StepsRow, What} from './results';

export const LEGEND = [
  'Whole calls, as a person waits for them: trainOnBatch with AdamW and the loss read, predict with the outputs read.',
  'dense: times as long as ours the dense network of about the same accuracy takes (its README command is named below);',
  'PyTorch: the same mathematics in eager mode, fused AdamW. Below 1 they are faster than ours.',
  'in kernels: share of the step inside of kernels, with their number. /copy: times as long as a copy of the bytes that',
  'they read and write.',
];

const WHAT_TEXT: Record<What, string> = {step: 'step', one: 'one input', batch: 'batch'};

export const HEADER = [
  'network',
  'backend',
  'step',
  'in kernels',
  '/copy',
  'dense',
  'PyTorch',
  ...(['one', 'batch'] as const).flatMap((what) => [WHAT_TEXT[what], 'dense', 'PyTorch']),
];

export function stepsCells(row: StepsRow): string[] {
  const {ours, rival, torch, profile, copy} = row;
  const rivals = (what: What) => [ratio(rival?.times[what], ours[what]), ratio(torch?.[what], ours[what])];
  return [
    `${row.network}, batch ${row.batch}`,
    row.backend,
    time(ours.step),
    `${Math.round(100 * profile.share)} % of ${profile.calls}`,
    ratio(ours.step, copy),
    ...rivals('step'),
    time(ours.one),
    ...rivals('one'),
    time(ours.batch),
    ...rivals('batch'),
  ];
}

/** The dense networks, each once. */
export function rivalLines(rows: readonly StepsRow[]): string[] {
  const lines = rows.flatMap(({network, parameters, rival}) =>
    rival
      ? [`${network} (${count(parameters)}): beside ${rival.name} (${count(rival.parameters)}), from \`${rival.of}\``]
      : [],
  );
  return [...new Set(lines)];
}

const count = (n: number) => `${n.toLocaleString('en-US')} parameters`;

export const stepsLines = (rows: readonly StepsRow[]) => textTable(HEADER, rows.map(stepsCells));

export const INTRODUCTION = [
  '# Whole steps, measured',
  '',
  '<!-- Written by `npm run bench -- --steps`: do not edit. -->',
  '',
  '`npm run bench -- --steps --pytorch PYTHON` writes this page. All variants of a row take turns.',
  '',
  ...LEGEND,
];

export const section = ({rows, missing, ...rest}: StepsResults): string[] => [
  ...provenanceText(rest).map((line) => `- ${line}`),
  ...missing.map(({backend, reason}) => `- ${backend}: not measured, ${reason}`),
  ...rivalLines(rows).map((line) => `- ${line}`),
  '',
  ...markdownTable(HEADER, rows.map(stepsCells)),
];
