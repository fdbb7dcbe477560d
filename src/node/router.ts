/**
 * Makes `file://` addresses work in `model.save`, `tf.loadLayersModel` and `tf.loadGraphModel`.
 *
 * TensorFlow.js asks every registered router and refuses an address that two of them answer. tfjs-node answers
 * `file://` too and may be imported before or after us, so our router first asks the others and is silent if one of
 * them answers.
 */

import * as tf from '@tensorflow/tfjs';
import {fileSystem} from './file_system';

const SCHEME = 'file://';

type Address = string | string[];
type GetHandlers = (address: Address) => tf.io.IOHandler[];

// True while we ask the others, because the registry asks us again then.
let asking = false;

/** Registers our router, once for each copy of TensorFlow.js. */
export function registerFileRouter(): void {
  // A second copy of this file (say, import and require in one process) would wait for the first and the first for it.
  const ours = tf.io.getLoadHandlers(`${SCHEME}probe`).some((handler) => MARK in handler);
  if (ours) return;
  tf.io.registerSaveRouter((address) => route(address, tf.io.getSaveHandlers));
  tf.io.registerLoadRouter((address) => route(address, tf.io.getLoadHandlers));
}

const MARK = Symbol.for('tfjs-piecewise.fileSystem');

function route(address: Address, getHandlers: GetHandlers): tf.io.IOHandler {
  if (asking || typeof address !== 'string' || !address.startsWith(SCHEME) || answeredByOthers(address, getHandlers)) {
    // The registry expects null from a router that has no answer; its type does not say so.
    return null as unknown as tf.io.IOHandler;
  }
  return {...fileSystem(address.slice(SCHEME.length)), [MARK]: true} as tf.io.IOHandler;
}

function answeredByOthers(address: string, getHandlers: GetHandlers): boolean {
  asking = true;
  try {
    return getHandlers(address).length > 0;
  } finally {
    asking = false;
  }
}
