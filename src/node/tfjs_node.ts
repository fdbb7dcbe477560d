/**
 * `@tensorflow/tfjs-node` on every Node version from 20 to 26: what `import '@tensorflow/tfjs-node'` gives, after
 * `old_util.ts` has put back the functions of old Node that it calls. On Node 23 and later tfjs-node 4.22 alone ends in
 * `(0 , util_1.isNullOrUndefined) is not a function` as soon as an op runs.
 *
 * Import it instead of tfjs-node, require it, or name it on the command line for a program that you cannot change. Later
 * imports of `@tensorflow/tfjs-node` give the same module. In ES modules, take `node` and `io` from here or from tfjs-node
 * and everything else from `@tensorflow/tfjs`, as usual.
 *
 * @throws What tfjs-node throws where it is not installed or its native library is missing. A program can catch that around
 *   `await import(...)` or `require(...)` and set another backend. (In ES modules, Node 20 ends the process all the same.)
 *
 * @example
 * import * as tf from 'tfjs-piecewise/tfjs-node';          // or: const tf = require('tfjs-piecewise/tfjs-node');
 * console.log(tf.getBackend());                            // tensorflow
 * // node --import tfjs-piecewise/tfjs-node program.mjs    // for a program that imports @tensorflow/tfjs-node itself
 *
 * @module
 */

import './old_util';

export * from '@tensorflow/tfjs-node';
