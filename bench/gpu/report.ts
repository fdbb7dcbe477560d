import {markdownTable, ratio, shapeText, textTable, time} from '../format';
import {provenanceText} from '../report';
import type {GpuResults, GpuRow, GpuRun} from './results';

export const LEGEND = [
  "/copy: times as long as the device's own copy of x, one read and one write. matMul: times as long as ours tf.matMul by H.",
  'moved: bytes of the inputs and outputs of all dispatches, as a multiple of one read and one write of x. difference:',
  'largest difference from the cpu backend, as a share of the largest value.',
];

export const HEADER = ['kernel', 'x', 'time', '/copy', 'matMul', 'dispatches', 'moved', 'difference'];

const cells = ({kernel, shape, time: ours, copy, matMul, dispatches, bytes, difference}: GpuRow): string[] => [
  kernel,
  shapeText(shape),
  time(ours),
  ratio(ours, copy),
  ratio(matMul, ours),
  `${dispatches}`,
  (bytes / (8 * shape[0] * shape[1])).toFixed(2),
  difference.toExponential(0),
];

const titleOf = ({runtime, adapter, software}: GpuRun) =>
  `${runtime}: ${adapter}${software ? ' (a driver in software: no speed claim)' : ''}`;

export const runLines = (run: GpuRun) => [
  titleOf(run),
  '',
  ...textTable(HEADER, run.rows.map(cells)),
  ...run.left.map((line) => `left out: ${line}`),
];

export function page(all: readonly GpuResults[]): string {
  const sections = all.flatMap((results) => [
    '',
    `## ${results.runs.find(({adapter}) => adapter)?.adapter ?? 'no GPU'}`,
    '',
    ...provenanceText(results).map((line) => `- ${line}`),
    ...results.missing.map(({runtime, reason}) => `- ${runtime}: not measured, ${reason}`),
    ...results.runs.flatMap((run) => [
      '',
      `### ${titleOf(run)}`,
      '',
      ...markdownTable(HEADER, run.rows.map(cells)),
      '',
      ...run.left.map((line) => `- left out: ${line}`),
    ]),
  ]);
  const introduction = [
    '# Kernels on a GPU, measured',
    '',
    '<!-- Written by `npm run bench -- --gpu`: do not edit. -->',
    '',
    '`npm run bench -- --gpu` writes this page, on a machine with a GPU.',
    '',
    ...LEGEND,
  ];
  return `${[...introduction, ...sections].join('\n').trimEnd()}\n`;
}
