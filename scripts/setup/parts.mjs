// What `npm run setup` can bring. A part is {name, about, megabytes, needs, places(), ready(), bring()}: what it is for, its
// size on disk, the parts that it builds on, the folders it fills, the line to print if it is there (or null; cheap), and
// the work, which gives that line or throws a Failure.
import * as browser from './browser.mjs';
import * as c from './c.mjs';
import * as nodes from './nodes.mjs';
import * as notebooks from './notebooks.mjs';
import * as ownOp from './own_op.mjs';
import {packageSet} from './package_set.mjs';
import * as python from './python.mjs';
import * as tables from './tables.mjs';
import * as tfjsNode from './tfjs_node.mjs';

export const PARTS = [
  tfjsNode,
  ownOp,
  browser,
  packageSet({
    name: 'webgpu',
    about: 'WebGPU in Node (Dawn), for the backend webgpu outside a browser',
    megabytes: 132,
    needs: ['browser'],
  }),
  packageSet({
    name: 'onnx',
    about: 'ONNX Runtime for Node and pages, for the specs of exported models',
    megabytes: 437,
    needs: [],
  }),
  packageSet({
    name: 'litert',
    about: 'LiteRT.js, for the spec of exported models in a page',
    megabytes: 38,
    needs: ['browser'],
  }),
  packageSet({
    name: 'engines',
    about: 'Deno and Bun, for the spec of exported modules in them',
    megabytes: 194,
    needs: [],
  }),
  packageSet({
    name: 'tools',
    about: 'compiler of the wasm modules, typedoc, webpack: for npm run build:wasm, npm run docs and single specs',
    megabytes: 226,
    needs: [],
  }),
  c,
  python,
  notebooks,
  nodes,
  tables,
];

/** What `npm run setup` brings when no part is named: what training uses. */
export const USUAL = ['tfjs-node', 'own-op'];

const find = (name) => PARTS.find((part) => part.name === name);

/** The named parts and what they need, in the order of the table. */
export function withNeeds(names) {
  const wanted = new Set();
  const add = (name) => {
    if (wanted.has(name)) return;
    wanted.add(name);
    find(name).needs.forEach(add);
  };
  names.forEach(add);
  return PARTS.filter(({name}) => wanted.has(name));
}
