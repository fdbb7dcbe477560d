import type {Timing} from '../compare';
import {markdownTable, quartiles, shapeText, textTable, time} from '../format';
import {provenanceText} from '../report';
import type {FhtResults, FhtRow} from './results';

export const LEGEND = [
  'pw.walshHadamard(x, {normalize: false}) on tensorflow, whole calls, beside fht-cpu from PyPI on as many threads.',
  'in place: times as long as ours fht-cpu takes over its input; copied: with inplace=False, as ours leaves the input as it',
  'is. Below 1 it is faster than ours.',
];

const HEADER = ['x', 'ours', 'quartiles', 'in place', 'copied'];

/** Two decimals: that the two are close is what this page is about. */
const times = (rival: Timing, ours: Timing) => (rival.median / ours.median).toFixed(2);

const cells = ({shape, ours, inPlace, copied}: FhtRow) => [
  shapeText(shape),
  time(ours),
  quartiles(ours),
  times(inPlace, ours),
  times(copied, ours),
];

export const fhtLines = (rows: readonly FhtRow[]) => textTable(HEADER, rows.map(cells));

export const INTRODUCTION = [
  '# Transforms beside fht-cpu',
  '',
  '<!-- Written by `npm run bench -- --fht`: do not edit. -->',
  '',
  '`npm run bench -- --fht --python PYTHON` writes this page. The variants of a row take turns.',
  '',
  ...LEGEND,
];

export const section = ({rows, ...rest}: FhtResults): string[] => [
  ...provenanceText(rest).map((line) => `- ${line}`),
  '',
  ...markdownTable(HEADER, rows.map(cells)),
];
