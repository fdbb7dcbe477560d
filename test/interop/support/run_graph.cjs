// Runs the graph models of the folders given with TensorFlow.js alone.
const {readFileSync, writeFileSync} = require('node:fs');
const {join} = require('node:path');
const tf = require('@tensorflow/tfjs');

const [name, ...folders] = process.argv.slice(2);
tf.env().set('IS_TEST', true); // or tfjs advises to install tfjs-node

const buffer = (file) => {
  const bytes = readFileSync(file);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
};

async function run(folder) {
  const {weightsManifest, ...rest} = JSON.parse(readFileSync(join(folder, 'graph', 'model.json'), 'utf8'));
  const weightData = buffer(join(folder, 'graph', weightsManifest[0].paths[0]));
  const weightSpecs = weightsManifest[0].weights;
  const model = await tf.loadGraphModel(tf.io.fromMemory({...rest, weightSpecs, weightData}));
  const inputs = JSON.parse(readFileSync(join(folder, 'inputs.json'), 'utf8'));
  const feeds = Object.fromEntries(
    inputs.map(({name, shape}, i) => [name, tf.tensor(new Float32Array(buffer(join(folder, `input${i}.bin`))), shape)]),
  );
  const outputs = [model.predict(feeds)].flat();
  for (const [i, output] of outputs.entries()) writeFileSync(join(folder, `${name}${i}.bin`), output.dataSync());
}

(async () => {
  for (const folder of folders) await run(folder);
  const ours = Object.keys(tf.serialization.SerializationMap.getMap().classNameMap).filter((n) =>
    /WHT|ReLUPair/.test(n),
  );
  if (ours.length > 0) throw new Error(`tfjs-piecewise was imported: ${ours} are registered.`);
})();
