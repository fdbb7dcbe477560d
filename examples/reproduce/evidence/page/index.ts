/** The page of the evidence: what stands between its marks is written from docs/evidence.json. */

import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {replaceFile} from '../../../node/files';
import type {Circumstances} from '../circumstances';
import type {CostResult} from '../cost';
import type {Evidence} from '../record';
import {capacityTable, capacityVerdict} from './capacity';
import {charts} from './charts';
import {imageCells, longestCells, triedCells} from './image_cells';
import {
  accuracyTable,
  costTable,
  familyTable,
  fileTable,
  imageSetting,
  imageVerdicts,
  longerSetting,
  triedVerdict,
} from './images';
import {bullets, list} from './markdown';
import {playgroundRecord} from './playground';
import {comparisonTable, tableVerdict} from './tables';

const DOCS = join(__dirname, '../../../../docs');
export const PAGE = join(DOCS, 'guides/when_to_use.md');

/** The parts of the page by the name in their marks. */
export function blocksOf(evidence: Evidence): {[name: string]: string} {
  const {images, tables, cost, capacity} = evidence;
  const cells = imageCells(images);
  const costs = latestCosts(cost);
  return {
    'images-setting': imageSetting(cells),
    'images-accuracy': accuracyTable(cells),
    'images-verdict': bullets(imageVerdicts(cells)),
    'images-longer': longerSetting(longestCells(images)),
    'images-tried': familyTable(triedCells(images)),
    'images-tried-verdict': triedVerdict(triedCells(images)),
    'images-files': fileTable(cells),
    cost: costTable(costs),
    tables: comparisonTable(tables),
    'tables-verdict': tableVerdict(tables),
    capacity: capacityTable(capacity),
    'capacity-verdict': capacityVerdict(capacity),
    measured: measured(evidence),
  };
}

/** Charts of the page by their path. */
export function chartsOf({images, cost}: Evidence): {[path: string]: string} {
  const all = charts(imageCells(images), latestCosts(cost));
  return Object.fromEntries(Object.entries(all).map(([file, svg]) => [join(DOCS, file), svg]));
}

/** What the playground has of it. */
export const PLAYGROUND = join(DOCS, '../examples/web/images/recorded.json');
export const playgroundOf = ({images}: Evidence): string => playgroundRecord(imageCells(images));

const latestCosts = (costs: readonly CostResult[]) => {
  const most = Math.max(...costs.map(({times}) => times));
  return costs.filter(({times}) => times === most);
};

const MARKED = /(<!-- evidence: (\S+) -->\n).*?(\n<!-- end -->)/gs;

/** The page with its parts as they should be. */
export const filled = (page: string, blocks: {[name: string]: string}): string =>
  page.replace(MARKED, (_, before: string, name: string, after: string) => {
    if (!Object.hasOwn(blocks, name))
      throw new Error(`${PAGE} has a mark ${name}. There are ${Object.keys(blocks).join(', ')}.`);
    return `${before}\n${blocks[name]}\n${after}`;
  });

export function writePage(evidence: Evidence): void {
  replaceFile(PAGE, filled(readFileSync(PAGE, 'utf8'), blocksOf(evidence)));
  for (const [path, svg] of Object.entries(chartsOf(evidence))) replaceFile(path, svg);
  replaceFile(PLAYGROUND, playgroundOf(evidence));
}

/** Machines, versions, days and commits. */
function measured(evidence: Evidence): string {
  const lines = (['images', 'tables', 'cost', 'capacity'] as const).map((part) => {
    const all = evidence[part].map(({on}) => on);
    const unique = (of: (on: Circumstances) => string) => list([...new Set(all.map(of))].sort());
    const hardware = unique(({hardware: h}) => `${h.processor}, ${h.threads} threads, ${h.memoryGB} GB, ${h.platform}`);
    const versions = unique(({versions: v}) => `Node ${v.node}, TensorFlow.js ${v.tfjs}`);
    const backend = unique((on) => on.backend);
    const days = unique(({date}) => date.slice(0, 10));
    return `- ${part}: ${all.length} results on ${backend}, ${versions}; ${hardware}; ${days}; commits ${unique(({commit}) => commit)}.`;
  });
  return lines.join('\n');
}
