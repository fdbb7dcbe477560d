/** The results as Markdown. */

import {type BandRow, summary} from './bands';
import type {DepthRow} from './depth';
import type {DifferenceRow} from './difference';
import type {DigitsRow} from './digits';
import type {PaperNumbers} from './paper';
import type {PlaneRow} from './plane';
import type {Cell, Method} from './table';

const number = (value: number | undefined) => (value === undefined ? '' : value.toExponential(2));
const mean = (values: number[]) => summary(values).mean.toFixed(1);

function table(head: string[], rows: string[][]): string {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i].length)));
  const line = (cells: string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

export function methodTable(cells: Cell[], paper: {[target: string]: {[method in Method]?: PaperNumbers}}): string {
  const rows = cells.map(({target, method, errors, piecesAtStart, pieces}) => {
    const {min, median, mean: average} = summary(errors);
    const printed = paper[target]?.[method];
    const numbers = [min, printed?.min, median, average, printed?.mean].map(number);
    return [target, method, ...numbers, mean(piecesAtStart), mean(pieces)];
  });
  const head = ['target', 'method', 'min', 'paper', 'median', 'mean', 'paper', 'pieces at start', 'at end'];
  return table(head, rows);
}

export function bandTable(rows: BandRow[]): string {
  const cells = rows.map(({target, group, min, median, mean: average, gain, wantedGain, inBands}) => [
    target,
    String(group),
    ...[min, median, average].map(number),
    `${gain.toFixed(0)} x`,
    `${wantedGain} x`,
    inBands ? 'yes' : 'no',
  ]);
  return table(
    ['target', 'group', 'min', 'median', 'mean', 'under the default start', 'wanted', 'in the bands'],
    cells,
  );
}

export function depthTable(rows: DepthRow[]): string {
  const depths = [...new Set(rows.map(({depth}) => depth))];
  const series = [...new Set(rows.map(({target, stage}) => `${target}, ${stage} stage`))];
  const cells = series.map((name) => [
    name,
    ...depths.map((depth) =>
      number(rows.find((row) => row.depth === depth && `${row.target}, ${row.stage} stage` === name)?.error),
    ),
  ]);
  return table(['least error', ...depths.map((depth) => `depth ${depth}`)], cells);
}

export function differenceTable(rows: DifferenceRow[]): string {
  const cells = rows.map(({method, parameters, learningRate, errors}) => {
    const {min, median} = summary(errors);
    return [method, String(parameters), String(learningRate), number(min), number(median)];
  });
  return table(['method', 'parameters', 'rate', 'min', 'median'], cells);
}

export function planeTable(rows: PlaneRow[]): string {
  const cells = rows.map(({method, parameters, errors}) => {
    const {min, median} = summary(errors);
    return [method, String(parameters), number(min), number(median)];
  });
  return table(['method', 'parameters', 'min', 'median'], cells);
}

export function digitsTable(rows: DigitsRow[]): string {
  const cells = rows.map(({model, parameters, learningRate, accuracies}) => {
    const average = accuracies.reduce((sum, value) => sum + value, 0) / accuracies.length;
    const squares = accuracies.reduce((sum, value) => sum + (value - average) ** 2, 0);
    const sd = Math.sqrt(squares / Math.max(1, accuracies.length - 1));
    const percent = `${(100 * average).toFixed(1)} ± ${(100 * sd).toFixed(1)}`;
    return [model, String(parameters), String(learningRate), percent];
  });
  return table(['model', 'parameters', 'rate', 'test accuracy, %'], cells);
}
