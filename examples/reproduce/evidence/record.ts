/** What is recorded: docs/evidence.json, a line for each finished run. */

import {join} from 'node:path';
import {readJson, replaceFile} from '../../node/files';
import {type CapacityResult, type CapacityStore, capacityKey} from './capacity';
import type {Circumstances} from './circumstances';
import {type CostResult, type CostStore, costKey} from './cost';
import {type ImageRun, keyOf, type Wanted} from './images/runs';
import {type Recorded, Store} from './store';
import {type TableKey, type TableResult, tableKey} from './tables';

export const RECORD = join(__dirname, '../../../docs/evidence.json');

export interface Evidence {
  images: Recorded<ImageRun>[];
  tables: Recorded<TableResult>[];
  cost: Recorded<CostResult>[];
  capacity: Recorded<CapacityResult>[];
}

export interface Stores {
  images: Store<ImageRun, keyof Wanted>;
  tables: Store<TableResult, TableKey>;
  cost: CostStore;
  capacity: CapacityStore;
}

/** Results of a folder; those of the record, too, unless the runs are trials. */
export function openStores(out: string, withRecord: boolean): Stores {
  const {images, tables, cost, capacity} = withRecord ? readRecord() : EMPTY;
  return {
    images: new Store(join(out, 'images'), keyOf, images),
    tables: new Store(join(out, 'tables'), tableKey, tables),
    cost: new Store(join(out, 'cost'), costKey, cost),
    capacity: new Store(join(out, 'capacity'), capacityKey, capacity),
  };
}

const EMPTY: Evidence = {images: [], tables: [], cost: [], capacity: []};
const PARTS = ['images', 'tables', 'cost', 'capacity'] as const;

/** What many runs have in common is written once, with a number that each of them names. */
interface File {
  machines: Omit<Circumstances, 'date'>[];
  images: unknown[];
  tables: unknown[];
  cost: unknown[];
  capacity: unknown[];
}

export function readRecord(path = RECORD): Evidence {
  const file = readJson<File>(path);
  if (!file) return EMPTY;
  const restored = (rows: unknown[]) =>
    (rows as {on: {date: string; machine: number}}[]).map(({on: {date, machine}, ...row}) => ({
      ...row,
      on: {date, ...file.machines[machine]},
    }));
  return Object.fromEntries(PARTS.map((part) => [part, restored(file[part])])) as unknown as Evidence;
}

export function writeRecord(evidence: Evidence, path = RECORD): void {
  const machines: string[] = [];
  const numberOf = ({date, ...machine}: Circumstances) => {
    const text = JSON.stringify(machine);
    if (!machines.includes(text)) machines.push(text);
    return {date, machine: machines.indexOf(text)};
  };
  const list = (lines: string[]) => `[${lines.map((line) => `\n    ${line}`).join(',')}\n  ]`;
  const parts = PARTS.map(
    (part) =>
      `"${part}": ${list((evidence[part] as {on: Circumstances}[]).map((row) => JSON.stringify({...row, on: numberOf(row.on)})))}`,
  );
  replaceFile(path, `{\n  ${[`"machines": ${list(machines)}`, ...parts].join(',\n  ')}\n}\n`);
}
