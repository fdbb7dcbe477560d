// npm run setup: brings the things that npm cannot, and goes on without what cannot be had.
import {findBackends} from './backends.cjs';
import * as chromium from './chromium.mjs';
import {Failure} from './failure.mjs';
import {withLock} from './lock.mjs';
import * as log from './log.mjs';
import * as ownOp from './own_op.mjs';
import * as python from './python.mjs';
import * as tfjsNode from './tfjs_node.mjs';

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
  const waiting = () => log.hint(part.name, 'waiting for another setup...');
  try {
    // Another setup may have brought it while this one waited for the lock.
    return part.ready() ?? (await withLock(async () => part.ready() ?? (await bring(part)), waiting));
  } catch (error) {
    log.note(`${part.name}: ${error instanceof Failure ? error.message : error.stack}`);
    return `not available: ${error.message}; ${consequence(part)} (see ${log.LOG_NAME})`;
  }
}

for (const part of [tfjsNode, ownOp, chromium, python]) log.report(part.name, await setUp(part));
