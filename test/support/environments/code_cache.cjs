const vm = require('node:vm');

/**
 * V8's compiled form of each module, kept while the worker lives. Jest gives every spec a realm of its own and compiles for
 * it all that it imports, 10 MB of tfjs with the rest: a third of what a spec needs before its first test.
 */
const compiled = new Map();

const {compileFunction} = vm;

vm.compileFunction = (code, params, options) => {
  const known = compiled.get(code);
  if (known?.params === String(params)) return compileFunction(code, params, {...options, cachedData: known.data});
  const result = compileFunction(code, params, {...options, produceCachedData: true});
  compiled.set(code, {params: String(params), data: result.cachedData});
  return result;
};
