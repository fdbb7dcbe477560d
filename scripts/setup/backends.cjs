// Which TensorFlow.js backends this machine can run. Files only and synchronous: jest.config.js asks at every start.
const {packageFolder} = require('./project.cjs');
const {readyVersion} = require('./tfjs_node_state.cjs');
const {findChromium} = require('./chromium_files.cjs');
const packages = require('./packages.cjs');

const advice = (...parts) => `run \`npm run setup -- ${parts.join(' ')}\``;

/** `reason` says why a backend is not there; `details` are what a user of the backend needs to know. */
const entry = (name, reason, details = {}) =>
  reason ? {name, present: false, reason} : {name, present: true, ...details};

const missingPackage = (name) => (packageFolder(name) ? null : `npm package ${name} is not installed`);

function tensorflow() {
  const version = readyVersion();
  return entry('tensorflow', version ? null : `the native library of tfjs-node is not ready: ${advice('tfjs-node')}`, {
    version,
  });
}

/** WebGPU in Node: Dawn from the npm package `webgpu`, on SwiftShader unless another Vulkan driver is named. */
function webgpu({icd: swiftShader, vulkanLoader}) {
  const icd = process.env.VK_ICD_FILENAMES || swiftShader;
  const reason =
    (packages.isInstalled('webgpu') ? null : `no npm package webgpu: ${advice('webgpu')}`) ??
    missingPackage('@tensorflow/tfjs-backend-webgpu') ??
    (process.platform === 'linux' ? null : 'WebGPU in Node is set up for Linux only') ??
    (icd ? null : `no Vulkan driver (SwiftShader comes with Chromium): ${advice('browser')}`) ??
    (vulkanLoader
      ? null
      : `no libvulkan.so.1: ${advice('browser', '--apt')}, or set LD_LIBRARY_PATH to Chromium's folder, which has one`);
  return entry('webgpu', reason, {icd});
}

/** In Chromium. Without `icd` it has to do with the SwiftShader that Chromium finds by itself. */
function webgl({executable, icd}) {
  const reason = executable ? null : `no Chromium: ${advice('browser')}, or name one in CHROME_PATH`;
  return entry('webgl', reason, {executablePath: executable, icd});
}

/** All backends as {name, present, reason?}; webgpu and webgl with `icd`, webgl with `executablePath`. */
function findBackends() {
  const chromium = findChromium();
  return [
    entry('cpu', missingPackage('@tensorflow/tfjs')),
    entry('wasm', missingPackage('@tensorflow/tfjs-backend-wasm')),
    tensorflow(),
    webgpu(chromium),
    webgl(chromium),
  ];
}

module.exports = {findBackends};
