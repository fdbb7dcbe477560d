// Runs model.onnx of the folders given with onnxruntime-node or onnxruntime-web, as the first argument says.
const {readFileSync, writeFileSync} = require('node:fs');
const {join} = require('node:path');
const {resolveIn} = require('../../../scripts/setup/packages.cjs');

const [name, ...folders] = process.argv.slice(2);
const ort = require(resolveIn('onnx', `onnxruntime-${name}`));
ort.env.logLevel = 'error';
if (name === 'web') ort.env.wasm.numThreads = 1; // or its workers keep the process alive

const floats = (file) => {
  const bytes = readFileSync(file);
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
};

async function run(folder) {
  const session = await ort.InferenceSession.create(readFileSync(join(folder, 'model.onnx')), {logSeverityLevel: 3});
  const inputs = JSON.parse(readFileSync(join(folder, 'inputs.json'), 'utf8'));
  const feeds = Object.fromEntries(
    inputs.map(({name, shape}, i) => [name, new ort.Tensor('float32', floats(join(folder, `input${i}.bin`)), shape)]),
  );
  const results = await session.run(feeds);
  for (const [i, output] of session.outputNames.entries()) {
    writeFileSync(join(folder, `${name}${i}.bin`), results[output].data);
  }
  await session.release();
}

(async () => {
  for (const folder of folders) await run(folder);
})();
