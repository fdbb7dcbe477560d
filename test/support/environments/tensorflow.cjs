const NodeEnvironment = require('./node.cjs');

// A native addon makes its typed arrays with the constructors of Node's own realm. Jest gives each test file a realm of
// its own, where those arrays fail `instanceof Float32Array`: tfjs then refuses to save a model. So the test file gets
// the outer constructors.
const SHARED = [
  'ArrayBuffer',
  'Float32Array',
  'Float64Array',
  'Int8Array',
  'Int16Array',
  'Int32Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'Uint16Array',
  'Uint32Array',
];

module.exports = class TensorFlowEnvironment extends NodeEnvironment {
  async setup() {
    await super.setup();
    for (const name of SHARED) {
      this.global[name] = globalThis[name];
    }
    // TensorFlow reports its CPU features on stderr, past any console. The variable must be in the real environment.
    process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  }
};
