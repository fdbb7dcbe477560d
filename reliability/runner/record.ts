/** The table of RELIABILITY.md: each command puts its own rows in. */

import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {markdownTable} from '../../bench/format';
import {provenance, ROOT} from '../../bench/machine';

export interface Row {
  /** The key of all rows of a command. */
  readonly what: string;
  readonly howMany: string;
  readonly command: string;
  readonly result: string;
}

interface Recorded extends Row {
  readonly machine: string;
  readonly date: string;
  readonly commit: string;
}

const FILE = path.join(ROOT, 'reliability/results.json');
const PAGE = path.join(ROOT, 'docs/RELIABILITY.md');

/** Replaces the rows of the same names, and writes the page anew. */
export function record(rows: readonly Row[]): void {
  const {machine, versions, date, commit} = provenance();
  const where = {machine: `${machine.cpu}, ${machine.cores} cores, Node ${versions.node}`, date, commit};
  const old: Recorded[] = existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : [];
  const names = new Set(rows.map(({what}) => what));
  const all = [...old.filter(({what}) => !names.has(what)), ...rows.map((row) => ({...row, ...where}))];
  all.sort((a, b) => (a.command + a.what < b.command + b.what ? -1 : 1));
  writeFileSync(FILE, `${JSON.stringify(all, null, 2)}\n`);
  writeFileSync(PAGE, page(all));
}

export function page(rows: readonly Recorded[]): string {
  const header = ['what', 'how many', 'result', 'command', 'date', 'commit'];
  const cells = rows.map(({what, howMany, result, command, date, commit}) => [
    what,
    howMany,
    result,
    `\`${command}\``,
    date,
    commit,
  ]);
  const machines = [...new Set(rows.map(({machine}) => machine))];
  return [
    '# Reliability',
    '',
    '<!-- Written by the commands of the table, with --record: do not edit. -->',
    '',
    'What was tried, how often, and what was lost. Every command runs anywhere; a failing case is printed with its seed.',
    '`npm run reliability -- fuzz --help` and the like tell the options.',
    '',
    'Each check was seen to fail. Faults put in on purpose are found: an off-by-one in a tile, a leaked tensor, a write that is',
    'not atomic, another seed, a kernel of tfjs replaced (`test/reliability`), an overrun and an overflow in C++ (`npm run',
    'sanitize -- --fault overrun`), a row too many in WebAssembly (`test/kernels/wasm/guards.test.ts`), an instrument that is off',
    'by one (`test/oracle`).',
    '',
    ...markdownTable(header, cells),
    '',
    `Measured on: ${machines.join('; ')}.`,
    '',
  ].join('\n');
}
