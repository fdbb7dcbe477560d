const {existsSync} = require('node:fs');
const {availableParallelism} = require('node:os');

// Transpile only: `npm run typecheck` checks the types, once, for everything.
const typescript = {
  target: 'ES2022',
  module: 'commonjs',
  moduleResolution: 'bundler',
  esModuleInterop: true,
  isolatedModules: true,
  resolveJsonModule: true,
};

const base = {
  rootDir: __dirname,
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testEnvironment: 'node',
  // Specs import the package by its public names; this condition of our `exports` map leads them to src.
  testEnvironmentOptions: {customExportConditions: ['tfjs-piecewise:source', 'node', 'node-addons']},
  transform: {'^.+\\.ts$': ['ts-jest', {tsconfig: typescript}]},
  setupFilesAfterEnv: ['<rootDir>/test/support/quiet.ts'],
  // In the sandbox of a spec a global takes 100 times as long to reach as a name of the module: loops would crawl.
  sandboxInjectedGlobals: ['Math', 'Number', 'Array', 'Object', 'Float32Array', 'Float64Array', 'BigInt'],
};

const tests = (...folders) => folders.map((folder) => `<rootDir>/test/${folder}/**/*.test.ts`);

const unit = {
  ...base,
  displayName: 'unit',
  testMatch: tests(
    'math',
    'analysis',
    'plot',
    'cli',
    'files',
    'node',
    'examples',
    'package',
    'initializers',
    'support',
    'bench',
    'notebooks',
    'interop',
    'reliability',
    'docs',
  ),
};

/** The same specs once for each backend that runs in Node; those in test/kernels/<backend>/ on that backend only. */
function onBackend({name, icd}) {
  const own = `${__dirname}/test/support/environments/${name}.cjs`;
  return {
    ...base,
    displayName: name,
    // What is exported are layers and ops of tfjs: a GPU of software would take a minute to say nothing of ours.
    testMatch: tests('ops', 'kernels', 'layers', 'training', ...(name === 'webgpu' ? [] : ['export'])),
    testPathIgnorePatterns: [`<rootDir>/test/kernels/(?!${name}/)[^/]+/`],
    testEnvironment: existsSync(own) ? own : base.testEnvironment,
    testEnvironmentOptions: {...base.testEnvironmentOptions, icd},
    globals: {__BACKEND__: name},
  };
}

/** WebGL exists only in a browser, so the project of the browser specs stands for it. */
function inBrowser({executablePath, icd}) {
  return {
    ...base,
    displayName: 'browser',
    testMatch: tests('browser'),
    globals: {__CHROMIUM__: {executablePath, icd}},
  };
}

/** The specs of the Keras bridge, which run its Python tests. */
const keras = {...base, displayName: 'keras', testMatch: tests('python')};

module.exports = async () => {
  const {findKeras} = require('./scripts/setup/python_state.cjs');
  const {findBackends} = require('./scripts/setup/backends.cjs');
  const backends = await findBackends();
  const projects = backends
    .filter(({present}) => present)
    .map((backend) => (backend.name === 'webgl' ? inBrowser(backend) : onBackend(backend)));
  const bridge = findKeras();
  return {
    projects: [unit, ...projects, ...(bridge.present ? [keras] : [])],
    testTimeout: 30_000,
    testSequencer: '<rootDir>/test/support/sequencer.cjs',
    // Jest would leave one core idle: half of a small CI machine. Each worker may hold TensorFlow: up to 0.9 GB.
    maxWorkers: Math.min(availableParallelism(), 4),
    reporters: ['default', ['<rootDir>/test/support/reporter.cjs', {backends: [...backends, bridge]}]],
  };
};
