const {createHash} = require('node:crypto');
const {readFileSync} = require('node:fs');
const {transformSync, version} = require('esbuild');

const OPTIONS = {
  loader: 'ts',
  format: 'cjs',
  target: 'es2022',
  sourcemap: 'external',
  supported: {'dynamic-import': false}, // Jest has only `require`
};

/**
 * In place of two helpers of esbuild that copy a module name by name, 1,300 of tfjs for each file that imports it, behind
 * accessors that are slow in loops: a module that was made from ES modules is its own namespace.
 */
const HELPERS = `'use strict';
const __namespace = (m) => (m && m.__esModule ? m : {...m, default: m});
const __marked = (m) => Object.defineProperty(m, '__esModule', {value: true});
`.replaceAll('\n', ' '); // one line, for the source map

const useHelpers = (code) =>
  HELPERS + code.replaceAll('__toESM(require(', '__namespace(require(').replaceAll('= __toCommonJS(', '= __marked(');

const self = readFileSync(__filename, 'utf8');

/** TypeScript for Jest: types are taken away, not checked. The key names no project: what one has transformed serves all. */
module.exports = {
  getCacheKey: (source, file) => createHash('sha256').update([version, self, file, source].join('\0')).digest('hex'),

  process(source, file) {
    const {code, map} = transformSync(source, {...OPTIONS, sourcefile: file});
    return {code: useHelpers(code), map};
  },
};
