// What a spec needs of the setup, as its first lines say: `/** @needs browser onnx */`. Files only and synchronous:
// jest.config.js asks at every start.
const {findBackends} = require('./backends.cjs');
const {missingPrograms} = require('./c_tools.cjs');
const nodes = require('./nodes_state.cjs');
const notebooks = require('./notebooks_state.cjs');
const ownOp = require('./own_op_state.cjs');
const packages = require('./packages.cjs');
const {findKeras} = require('./python_state.cjs');
const tfjsNode = require('./tfjs_node_state.cjs');

const unless = (ready, reason) => (ready ? null : reason);
const packageSet = (name) => () => unless(packages.isInstalled(name), 'its npm packages are not installed');

/** For each part, why it is missing, or null. */
const PARTS = {
  'tfjs-node': () => unless(tfjsNode.readyVersion(), 'the native library of tfjs-node is not ready'),
  'own-op': () => unless(ownOp.isFresh(), 'our TensorFlow ops are not compiled'),
  browser: () => findBackends().find(({name}) => name === 'webgl').reason ?? null,
  webgpu: () => findBackends().find(({name}) => name === 'webgpu').reason ?? null,
  onnx: packageSet('onnx'),
  litert: packageSet('litert'),
  engines: packageSet('engines'),
  tools: packageSet('tools'),
  c: () => unless(missingPrograms().length === 0, `${missingPrograms().join(', ')} not found`),
  python: () => findKeras().reason,
  notebooks: () => unless(notebooks.isReady(), 'Jupyter and tslab are not installed'),
  nodes: nodes.whyMissing,
};

const known = new Map();

/** Why a part is missing, or null if it is there. */
function whyMissing(part) {
  if (!(part in PARTS))
    throw new Error(`@needs ${part}: there is no such part. Parts: ${Object.keys(PARTS).join(', ')}.`);
  if (!known.has(part)) known.set(part, PARTS[part]());
  return known.get(part);
}

module.exports = {whyMissing};
