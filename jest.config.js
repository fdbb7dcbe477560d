const {existsSync} = require('node:fs');
const {availableParallelism} = require('node:os');
const {findBackends} = require('./scripts/setup/backends.cjs');
const {findKeras} = require('./scripts/setup/python_state.cjs');
const {leftOut} = require('./test/support/levels.cjs');

const environment = (name) => `${__dirname}/test/support/environments/${name}.cjs`;

/** Path of a spec as a pattern. */
const exactly = (path) => `${path.replace(/[.]/g, '\\.')}$`;

const level = process.env.TEST_LEVEL;
const usual = level === 'usual';
const left = leftOut(__dirname, level);

const base = {
  // One cache of transpiled files for all projects: jest would keep one for each, and fill it in half a minute each.
  id: 'tfjs-piecewise',
  rootDir: __dirname,
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testEnvironment: environment('node'),
  // Specs import the package by its public names; this condition of our `exports` map leads them to src.
  testEnvironmentOptions: {customExportConditions: ['tfjs-piecewise:source', 'node', 'node-addons']},
  testPathIgnorePatterns: left.map(({spec}) => exactly(spec)),
  // `npm run typecheck` checks the types, once, for everything.
  transform: {'^.+\\.ts$': '<rootDir>/test/support/transform.cjs'},
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
    'theory',
    'oracle',
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
    'scripts',
  ),
};

/**
 * All specs run on cpu. What layers are made of are ops: on the other backends run the ops and kernels, and those specs that go
 * through all layers. On a GPU of software, which compiles each shader for seconds, these are a part of `npm run test:all`, and
 * training is left to Chromium.
 */
function foldersFor(backend) {
  if (backend === 'cpu') return tests('ops', 'kernels', 'optimizers', 'schedules', 'layers', 'training', 'export');
  const own = tests('ops', 'kernels', 'optimizers');
  if (backend === 'webgpu' && usual) return own;
  const layers = ['conformance', 'cross_backend', 'memory'].map((name) => `<rootDir>/test/layers/${name}.test.ts`);
  if (backend === 'webgpu') return [...own, ...layers];
  // A fit is made of small steps, which TensorFlow takes 40 s for, and wasm 13.
  const training = backend === 'tensorflow' ? ['<rootDir>/test/training/two_stage.test.ts'] : tests('training');
  return [...own, ...layers, '<rootDir>/test/layers/drop_in.test.ts', ...training, ...tests('export')];
}

/** The same specs once for each backend that runs in Node; those in test/kernels/<backend>/ on that backend only. */
function onBackend({name, icd}) {
  return {
    ...base,
    displayName: name,
    testMatch: foldersFor(name),
    testPathIgnorePatterns: [...base.testPathIgnorePatterns, `<rootDir>/test/kernels/(?!${name}/)[^/]+/`],
    testEnvironment: existsSync(environment(name)) ? environment(name) : base.testEnvironment,
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

/** The packed package on each Node version. */
const nodes = {...base, displayName: 'nodes', testMatch: tests('nodes')};

module.exports = () => {
  const backends = findBackends();
  const projects = backends
    .filter(({present}) => present)
    .map((backend) => (backend.name === 'webgl' ? inBrowser(backend) : onBackend(backend)));
  const bridge = findKeras();
  return {
    projects: [unit, ...projects, ...(bridge.present ? [keras] : []), nodes],
    testTimeout: 30_000,
    testSequencer: '<rootDir>/test/support/sequencer.cjs',
    // Jest would leave one core idle: half of a small CI machine. Each worker may hold TensorFlow: up to 0.9 GB.
    maxWorkers: Math.min(availableParallelism(), 4),
    // Each spec leaves 30 MB that V8 collects late: a worker grew to 3 GB, and a new one costs half a second.
    workerIdleMemoryLimit: '1GB',
    reporters: ['default', ['<rootDir>/test/support/reporter.cjs', {backends: [...backends, bridge], left}]],
  };
};
