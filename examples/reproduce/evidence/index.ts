/** Who is best at which size, on what: the numbers of docs/guides/when_to_use.md. See --help. */

import {startBackend} from '../../node/backend';
import {measureCapacities} from './capacity';
import {measureCosts} from './cost';
import {trainImages} from './images';
import {HELP, parseOptions} from './options';
import {writePage} from './page';
import {openStores, writeRecord} from './record';
import {compareTables} from './tables';

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) {
    console.log(HELP);
    return;
  }
  const {parts, quick, anew, out, tables: folder, tableSeeds: seeds} = options;
  const stores = openStores(out, !quick && !anew);
  if (options.record) {
    if (quick || anew) throw new Error('--record takes no --quick and no --anew: trials are not recorded.');
    const evidence = {
      images: stores.images.all,
      tables: stores.tables.all,
      cost: stores.cost.all,
      capacity: stores.capacity.all,
    };
    writeRecord(evidence);
    writePage(evidence);
    return;
  }
  if (parts.includes('images')) {
    await startBackend('tensorflow', 'leave images out: --only tables,cost,capacity');
    await trainImages(options.images, stores.images, options.data);
  }
  if (parts.includes('tables')) await compareTables({folder, seeds, quick, out}, stores.tables);
  if (parts.includes('cost') || parts.includes('capacity')) await startBackend('wasm');
  if (parts.includes('cost')) await measureCosts(options.cost.budgets, options.cost.times, stores.cost);
  if (parts.includes('capacity')) await measureCapacities(options.capacity, stores.capacity);
  const added = Object.values(stores).reduce((sum, store) => sum + store.added, 0);
  console.log(added > 0 ? `${added} results in ${out}.${quick ? TINY : ''}` : NOTHING);
}

const TINY = ' These runs are too short to say anything but that all of it works.';
const NOTHING =
  'All of this is recorded already, in docs/evidence.json or the folder of results: nothing was run. --anew runs it again.';

main().catch((error: Error) => {
  console.error(`reproduce evidence: ${error.message}`);
  process.exitCode = 1;
});
