/** Keeps the results of whole runs: one JSON file for each machine, and a page of tables made of all of them. */

import {mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {markdownTable} from './format';
import {ROOT} from './machine';
import {HEADER, kernelCells, LEGEND, provenanceText, remarks, title} from './report';
import type {BackendResults, Results} from './results';

const FOLDER = path.join(ROOT, 'bench/results');

/** Returns the path of the file, from the root of the project. */
export function record(results: Results): string {
  const name = fileNameOf(results.machine);
  mkdirSync(FOLDER, {recursive: true});
  writeFileSync(path.join(FOLDER, name), `${JSON.stringify(results, rounded, 1)}\n`);
  writeFileSync(path.join(FOLDER, 'README.md'), page(readAll()));
  return path.join('bench/results', name);
}

/** The results of one machine in a folder of their own, whose page has a section for each; the path from the root of the project. */
export function recordIn<R extends Pick<Results, 'machine'>>(
  folder: string,
  results: R,
  introduction: string[],
  section: (results: R) => string[],
): string {
  mkdirSync(folder, {recursive: true});
  const file = path.join(folder, fileNameOf(results.machine));
  writeFileSync(file, `${JSON.stringify(results, rounded, 1)}\n`);
  const sections = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name): R => JSON.parse(readFileSync(path.join(folder, name), 'utf8')))
    .flatMap((each) => ['', `## ${each.machine.cpu}, ${each.machine.cores} cores`, '', ...section(each)]);
  writeFileSync(path.join(folder, 'README.md'), `${[...introduction, ...sections].join('\n')}\n`);
  return path.relative(ROOT, file);
}

/** One file for each kind of machine. */
export const fileNameOf = ({cpu, cores}: Results['machine']) =>
  `${`${cpu} ${cores} cores`.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.json`;

/** Four digits: the rest is noise. */
export const rounded = (_: string, value: unknown) =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value;

function readAll(): Results[] {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));
  return files.sort().map((file) => JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8')));
}

export function page(all: Results[]): string {
  const lines = [
    '# Measured',
    '',
    '<!-- Written by `npm run bench`: do not edit. -->',
    '',
    '`npm run bench` writes this page. All variants of a row take turns in one process; compare ratios, not times, of two',
    'machines.',
    '',
    ...LEGEND.map((line) => `- ${line.replace('* marks', '`*` marks')}`),
  ];
  for (const results of all) {
    lines.push('', `## ${results.machine.cpu}, ${results.machine.cores} cores`, '');
    lines.push(...provenanceText(results).map((line) => `- ${line}`));
    lines.push(...results.missing.map(({backend, reason}) => `- ${backend}: not measured, ${reason}`));
    for (const backend of results.backends) lines.push('', ...backendSection(backend));
  }
  return `${lines.join('\n')}\n`;
}

function backendSection(results: BackendResults): string[] {
  return [
    `### ${title(results)}`,
    '',
    ...markdownTable(
      HEADER,
      results.kernels.map(kernelCells).map((row) => row.map((cell) => cell.replace('*', '\\*'))),
    ),
    '',
    // A remark that goes on in the next line goes on in the same item.
    ...remarks(results).map((line) => (line.startsWith('  ') ? line : `- ${line}`)),
  ];
}
