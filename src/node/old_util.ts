/**
 * tfjs-node 4.22 calls two functions of `node:util` that newer versions of Node lack: `isNullOrUndefined` left in Node 23,
 * and `isArray` is deprecated. This puts them back where they are missing, and changes nothing else. It has to run before
 * tfjs-node does, so tfjs_node.ts imports it first.
 */

import util from 'node:util';

const REMOVED: {[name: string]: (value: unknown) => boolean} = {
  isNullOrUndefined: (value) => value === null || value === undefined,
  isArray: Array.isArray,
};

/** Names of the functions that were missing. */
export const restored = Object.keys(REMOVED).filter((name) => !(name in util));

for (const name of restored) Object.defineProperty(util, name, {value: REMOVED[name], configurable: true});
