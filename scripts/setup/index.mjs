// npm run setup: brings the things that npm cannot, and goes on without what cannot be had.
import {findBackends} from './backends.cjs';
import * as chromium from './chromium.mjs';
import {Failure} from './failure.mjs';
import {withLock} from './lock.mjs';
import * as log from './log.mjs';
import * as ownOp from './own_op.mjs';
import * as python from './python.mjs';
import * as tfjsNode from './tfjs_node.mjs';

/** Downloads of one beside compilations of another; the own op is linked with the TensorFlow of tfjs-node. */
const CHAINS = [[tfjsNode, ownOp], [chromium], [python]];
const PARTS = CHAINS.flat();

async function bring(part) {
  const start = Date.now();
  const line = await part.bring();
  return line.startsWith('ready') ? line : `${line} in ${Math.ceil((Date.now() - start) / 1000)} s`;
}

function consequence({backends, usedBy}) {
  const lost = findBackends().filter(({name, present}) => backends.includes(name) && !present);
  const names = lost.map(({name}) => name).join(' and ');
  return names ? `${usedBy} without backend${lost.length > 1 ? 's' : ''} ${names}` : `${usedBy}`;
}

async function setUp(part) {
  try {
    return part.ready() ?? (await bring(part));
  } catch (error) {
    log.note(`${part.name}: ${error instanceof Failure ? error.message : error.stack}`);
    return `not available: ${error.message}; ${consequence(part)} (see ${log.LOG_NAME})`;
  }
}

async function setUpAll() {
  const lines = new Map();
  const run = async (chain) => {
    for (const part of chain) lines.set(part, await setUp(part));
  };
  await Promise.all(CHAINS.map(run));
  return PARTS.map((part) => lines.get(part));
}

function readyLine(part) {
  try {
    return part.ready();
  } catch {
    return null; // bringing it will say why
  }
}

const waiting = () => log.hint('setup', 'waiting for another setup...');
const ready = PARTS.map(readyLine);
// Another setup may have brought some of it while this one waited for the lock.
const lines = ready.includes(null) ? await withLock(setUpAll, waiting) : ready;
for (const [i, part] of PARTS.entries()) log.report(part.name, lines[i]);
