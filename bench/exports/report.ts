import {markdownTable, textTable} from '../format';
import type {ExportResults, NetworkResults} from './results';

const integer = (value: number) => value.toLocaleString('en-US');
const percent = (share: number) => (100 * share).toFixed(2);
const ms = (value: number) => String(Number(value.toPrecision(2)));
const times = (value: number) => `${value < 10 ? value.toFixed(1) : value.toFixed(0)}x`;

const SIZES = ['network', 'export', 'weights', 'bytes', 'with gzip', 'right, %'];
const TIMES = [
  ...['network', 'where', 'JavaScript, ms', 'with simd, ms', 'LiteRT.js, ms', 'TensorFlow.js wasm, ms'],
  ...['JavaScript is faster', 'with simd'],
];
const CHIP = ['network', 'weights', 'RAM, bytes', 'flash, bytes', 'instructions'];

/** The name of a network once, and then none. */
const titled = ({network}: NetworkResults, i: number) => (i === 0 ? network : '');

function sizes(results: NetworkResults): string[][] {
  const {network, parameters, exports, accuracy} = results;
  return exports.map(({format, weights, bytes, gzip, accuracy: own}, i) => {
    const title = i === 0 ? `${network}: ${integer(parameters)} weights, ${percent(accuracy)} %` : '';
    return [title, format, weights, integer(bytes), integer(gzip), percent(own)];
  });
}

function latencies(results: NetworkResults): string[][] {
  return (['node', 'chromium'] as const).map((where, i) => {
    const {javascript, simd, litert, tfjs} = results[where];
    return [
      titled(results, i),
      where === 'node' ? 'Node' : 'Chromium',
      ms(javascript.median),
      simd ? ms(simd.median) : '',
      litert ? ms(litert.median) : '',
      ms(tfjs.median),
      times(tfjs.median / javascript.median),
      simd ? times(tfjs.median / simd.median) : '',
    ];
  });
}

const chips = (results: NetworkResults): string[][] =>
  results.chip.map(({weights, ram, flash, instructions}, i) => [
    titled(results, i),
    weights,
    integer(ram),
    integer(flash),
    integer(instructions),
  ]);

/** The lines in the terminal. */
export function lines(results: NetworkResults): string[] {
  return [
    ...textTable(SIZES, sizes(results)),
    '',
    ...textTable(TIMES, latencies(results)),
    '',
    ...textTable(CHIP, chips(results)),
    '',
  ];
}

/** A page whose tables, between comments that name them, are those of the results. */
export function withTables(page: string, {networks, machine, versions, date, commit}: ExportResults): string {
  const all = (header: string[], rows: (results: NetworkResults) => string[][]) =>
    markdownTable(header, networks.flatMap(rows));
  const tables: {[name: string]: string[]} = {
    sizes: all(SIZES, sizes),
    latencies: all(TIMES, latencies),
    chip: all(CHIP, chips),
    machine: [
      `${machine.cpu}, ${machine.cores} cores, Node ${versions.node}, Chromium ${versions.chromium}; ${date}, commit ${commit}.`,
    ],
  };
  let text = page;
  for (const [name, rows] of Object.entries(tables)) {
    const [start, end] = [`<!-- bench: ${name} -->`, '<!-- end -->'];
    const from = text.indexOf(start);
    if (from < 0) throw new Error(`the page must have the comment ${start}`);
    const to = text.indexOf(end, from);
    text = `${text.slice(0, from + start.length)}\n\n${rows.join('\n')}\n\n${text.slice(to)}`;
  }
  return text;
}
