// Loads the file named on the command line in several ways, and uses its ops after each. Prints 'ok' at the end.
const {copyFileSync, mkdtempSync, rmSync} = require('node:fs');
const {tmpdir} = require('node:os');
const path = require('node:path');
const {Worker, isMainThread, workerData} = require('node:worker_threads');

const tf = require('tfjs-piecewise/tfjs-node');

function transform(file) {
  const {prefix} = require(file);
  const {binding} = tf.backend();
  const attributes = [
    {name: 'axis', type: binding.TF_ATTR_INT, value: 1},
    {name: 'scale', type: binding.TF_ATTR_FLOAT, value: 1},
  ];
  // Large enough for all threads.
  const y = tf.backend().executeSingleOutput(`${prefix}WalshHadamard`, attributes, [tf.ones([64, 1024])]);
  const [first, second] = y.dataSync();
  if (first !== 1024 || second !== 0) throw new Error(`The transform gives ${first}, ${second}.`);
}

const inWorker = (file) =>
  new Promise((resolve, reject) => {
    new Worker(__filename, {workerData: file}).on('error', reject).on('exit', resolve);
  });

async function main(file) {
  await inWorker(file); // the first to load it is gone when the others use it
  await Promise.all([inWorker(file), inWorker(file)]);
  transform(file);
  const folder = mkdtempSync(path.join(tmpdir(), 'tfjs-piecewise-'));
  try {
    const copies = ['a.node', 'b.node'].map((name) => path.join(folder, name));
    for (const copy of copies) copyFileSync(file, copy);
    await Promise.all(copies.map(inWorker));
    for (const copy of copies) transform(copy);
  } finally {
    rmSync(folder, {recursive: true});
  }
  process.stdout.write('ok\n');
}

if (isMainThread) main(process.argv[2]);
else transform(workerData);
