const {createHash} = require('node:crypto');
const {readFileSync} = require('node:fs');
const {version} = require('ts-jest/package.json');
const tsJest = require('ts-jest').default;

// Transpile only: `npm run typecheck` checks the types, once, for everything.
const tsconfig = {
  target: 'ES2022',
  module: 'commonjs',
  moduleResolution: 'bundler',
  esModuleInterop: true,
  isolatedModules: true,
  resolveJsonModule: true,
};

const own = readFileSync(__filename, 'utf8');
const transformer = tsJest.createTransformer({tsconfig});

/** ts-jest, whose own key names the project: with this one, what a project has transformed serves all of them. */
module.exports = {
  getCacheKey: (source, file) => createHash('sha256').update([version, own, file, source].join('\0')).digest('hex'),
  process: (...args) => transformer.process(...args),
};
