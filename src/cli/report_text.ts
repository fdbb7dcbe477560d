import type * as tf from '@tensorflow/tfjs';
import type {Costs, Count, ParameterReport} from '../analysis';
import {counted} from './data/counted';
import type {Regions} from './regions';
import type {ReportOptions} from './report_options';
import {table, wrap} from './table';

/** The report for a reader, in lines of at most `columns`; very wide lines are hard to read. */
export function reportText(
  model: tf.LayersModel,
  parameters: ParameterReport,
  regions: Regions | string,
  options: ReportOptions,
  ends: string,
  pictures: readonly string[],
  columns: number,
): string {
  const width = Math.max(60, Math.min(columns, 100));
  const notes = new Set([
    ...parameters.notes,
    ...(typeof regions === 'string' ? [] : regions.segments.flatMap((segment) => segment.notes)),
  ]);
  return [
    ...wrap(`${options.model}: ${modelLine(model)}`, width, '  '),
    '',
    ...costLines(parameters, trainableOf(model), width),
    '',
    ...(typeof regions === 'string'
      ? wrap(`Linear regions: not counted. ${sentence(regions)}`, width, '  ')
      : regionLines(regions, ends, width)),
    ...[...notes].flatMap((note) => ['', ...wrap(`Note: ${sentence(note)}`, width, '  ')]),
    ...(options.svg === undefined ? [] : ['', ...pictureLines(pictures)]),
    '',
  ].join('\n');
}

const LEGEND = 'live: those that bend, as the weights are; each: parameters per breakpoint';

const pictureLines = (paths: readonly string[]) =>
  paths.length > 0 ? ['Pictures:', ...paths.map((path) => `  ${path}`)] : ['Pictures: none without regions.'];

function modelLine(model: tf.LayersModel): string {
  const shape = ({shape}: tf.SymbolicTensor) => `[${shape.slice(1).join(', ')}]`;
  return `${model.getClassName()} of ${counted(model.layers.length, 'layer')}, ${shape(model.inputs[0])} to ${shape(model.outputs[0])}`;
}

const trainableOf = (model: tf.LayersModel) =>
  model.trainableWeights.reduce((sum, {shape}) => sum + (shape as number[]).reduce((size, n) => size * n, 1), 0);

function costLines({layers, total}: ParameterReport, trainable: number, width: number): string[] {
  const cells = (costs: Costs) => [
    integer(costs.parameters),
    integer(costs.breakpoints),
    integer(costs.liveBreakpoints),
    ratio(costs),
    integer(costs.multiplyAdds),
  ];
  const rows = [
    ['layer', 'parameters', 'breakpoints', 'live', 'each', 'mult-adds'],
    ...layers.map((layer) => [named(layer.name, layer.className), ...cells(layer)]),
    ['total', ...cells(total)],
  ];
  const lines = table(rows, width);
  const rule = '─'.repeat(lines[0].length);
  return [
    lines[0],
    rule,
    ...lines.slice(1, -1),
    rule,
    lines[lines.length - 1],
    ...wrap(LEGEND, width),
    ...(trainable < total.parameters
      ? [`${integer(trainable)} trainable parameters of ${integer(total.parameters)}`]
      : []),
    ...wrap(`${total.bytes.toLocaleString('en')} bytes of weights${unknown(total) ? '; ?: not known' : ''}`, width),
  ];
}

/** A name that tells the class, such as dense_1, stands alone. */
function named(name: string, className: string): string {
  const plain = (text: string) => text.toLowerCase().replaceAll('_', '');
  return plain(name).includes(plain(className)) ? name : `${name} (${className})`;
}

function regionLines({segments, bounds, expectedCells, bendSummary}: Regions, ends: string, width: number) {
  const {min, median, max} = bendSummary;
  const facts = [
    ['linear regions', spread(segments.map(({regions}) => regions))],
    ['activation cells', spread(segments.map(({activationCells}) => activationCells))],
    ['... of random weights', expectedCells === null ? 'not known' : `${short(expectedCells)} expected`],
    ['upper bound on a line', bounds === null ? 'none: the breakpoints have no end' : bigNumber(bounds.serra)],
    ['bends of units', median === null ? 'none' : `median ${short(median)}, from ${short(min!)} to ${short(max!)}`],
  ];
  const head = `Along ${counted(segments.length, 'segment')} between ${ends}, exactly:`;
  const notes = bounds?.notes.flatMap((note) => wrap(note, width - 2, '  ').map((line) => `  ${line}`)) ?? [];
  return [...wrap(head, width, '  '), ...facts.map(([name, fact]) => `  ${name.padEnd(21)}  ${fact}`), ...notes];
}

function spread(counts: readonly number[]): string {
  if (counts.length === 1) return integer(counts[0]);
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return `mean ${short(mean)}, from ${integer(Math.min(...counts))} to ${integer(Math.max(...counts))}`;
}

/** Nothing where there is nothing to divide by. */
const ratio = ({breakpoints, parametersPerBreakpoint}: Costs) =>
  parametersPerBreakpoint === null ? (breakpoints === null ? '?' : '') : short(parametersPerBreakpoint);
const unknown = ({breakpoints, multiplyAdds}: Costs) => breakpoints === null || multiplyAdds === null;
const integer = (value: number | null) => value?.toLocaleString('en') ?? '?';
const short = (value: number) => value.toLocaleString('en', {maximumSignificantDigits: 4});
const bigNumber = ({count, log10}: Count) => (Number(count) < 1e9 ? integer(Number(count)) : `10^${log10.toFixed(1)}`);
const sentence = (text: string) => (text.endsWith('.') ? text : `${text}.`);
