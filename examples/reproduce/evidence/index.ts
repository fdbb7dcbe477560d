/** Who is best at which size, on what: the numbers of docs/guides/when_to_use.md. See --help. */

import {join} from 'node:path';
import {startBackend} from '../../node/backend';
import {type CapacityStore, capacityKey, measureCapacities} from './capacity';
import {trainImages} from './images';
import {type ImageRun, keyOf, type Wanted} from './images/runs';
import {HELP, parseOptions} from './options';
import {Store} from './store';
import {compareTables, type TableResult, tableKey} from './tables';

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) {
    console.log(HELP);
    return;
  }
  const images = new Store<ImageRun, keyof Wanted>(join(options.out, 'images'), keyOf, []);
  if (options.parts.includes('images')) {
    await startBackend('tensorflow');
    await trainImages(options.images, images, options.data);
  }
  const tables = new Store<TableResult, 'table' | 'seeds'>(join(options.out, 'tables'), tableKey, []);
  if (options.parts.includes('tables')) {
    const {tables: folder, tableSeeds: seeds, quick, out} = options;
    await compareTables({folder, seeds, quick, out}, tables);
  }
  const capacities: CapacityStore = new Store(join(options.out, 'capacity'), capacityKey, []);
  if (options.parts.includes('capacity')) {
    await startBackend('wasm');
    await measureCapacities(options.capacity, capacities);
  }
}

main().catch((error: Error) => {
  console.error(`reproduce evidence: ${error.message}`);
  process.exitCode = 1;
});
