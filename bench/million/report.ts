import {markdownTable, textTable, time} from '../format';
import {provenanceText} from '../report';
import {BATCH} from './batch';
import type {MillionResults, Scaling, StepRow} from './results';
import {exponent, perStep, spreadOfCosts} from './scaling';

const STEP_HEADER = ['backend', 'layers', 'parameters', 'forward', 'backward', 'Adam', 'step', 'peak memory'];
const SCALING_HEADER = ['backend', 'width', 'forward', 'forward and backward', 'ns per step', 'ns per step, both'];

const once = (median: number) => time({median, quartiles: [median, median], turns: 2});
const mebibytes = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MiB`;
const power = (width: number) => `2^${Math.log2(width)}`;

const stepCells = (row: StepRow) => [
  row.backend,
  String(row.layers),
  row.parameters.toLocaleString('en'),
  time(row.forward),
  once(row.backward),
  once(row.adam),
  time(row.step),
  mebibytes(row.peakBytes),
];

const scalingCells = ({backend, rows}: Scaling) =>
  rows.map((row) => [
    backend,
    power(row.width),
    time(row.forward),
    time(row.both),
    perStep(row.forward, row.width).toFixed(3),
    perStep(row.both, row.width).toFixed(3),
  ]);

/** What the costs of a backend say, in lines of less than 100 characters. */
export function remarks({backend, rows}: Scaling): string[] {
  const largest = rows[rows.length - 1].width;
  const grows = (pass: 'forward' | 'both') => exponent(rows, pass).toFixed(2);
  const most = Math.min(2 ** 20, largest);
  const within = (pass: 'forward' | 'both') => spreadOfCosts(rows, pass, most).toFixed(2);
  return [
    `${backend}: a row of n costs c (n log2 n)^p with p = ${grows('forward')} forward, ${grows('both')} with backward;`,
    `  from 2^10 to ${power(most)} a step costs within ${within('forward')}x, ${within('both')}x with backward`,
  ];
}

export const stepLines = (rows: StepRow[]) => textTable(STEP_HEADER, rows.map(stepCells));

export const scalingLines = (scalings: Scaling[]) => [
  ...textTable(SCALING_HEADER, scalings.flatMap(scalingCells)),
  '',
  ...scalings.flatMap(remarks),
];

export function page(results: MillionResults): string {
  const {steps, scalings, missing} = results;
  return [
    '# A million units to a layer',
    '',
    '<!-- Written by `npm run bench -- --million`: do not edit. -->',
    '',
    '`npm run bench -- --million` writes this page.',
    '',
    ...provenanceText(results).map((line) => `- ${line}`),
    ...missing.map(({backend, reason}) => `- ${backend}: not measured, ${reason}`),
    '',
    '## A training step',
    '',
    `784 inputs, layers of 2^20 units with two slopes each, 10 outputs, batch ${BATCH}; each row in a process of its own. Peak`,
    'memory is that of the whole process, with Node and TensorFlow.js. A dense layer between two such layers would have 2^40',
    'weights, 4 TiB, before Adam and gradients take three times that again.',
    '',
    ...markdownTable(STEP_HEADER, steps.map(stepCells)),
    '',
    '## Cost by width',
    '',
    `One layer (signs, transform, slopes) on 2^23 numbers, as rows of each width; a step is one of width log2(width) of a row.`,
    '',
    ...scalings.flatMap((scaling) => [
      ...markdownTable(SCALING_HEADER, scalingCells(scaling)),
      '',
      ...remarks(scaling).map((line) => (line.startsWith('  ') ? line : `- ${line}`)),
      '',
    ]),
  ]
    .join('\n')
    .replace(/\n+$/, '\n');
}
