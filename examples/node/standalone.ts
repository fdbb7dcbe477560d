/** Digit classifiers without TensorFlow.js: as a JavaScript module and as C, what they take, how right and how fast they are. */

import {mkdirSync, writeFileSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {pathToFileURL} from 'node:url';
import {parseArgs} from 'node:util';
import {gzipSync} from 'node:zlib';
import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {count} from '../choices';
import {median} from '../median';
import {startBackend} from './backend';
import {Checkpoint} from './checkpoint';
import {type Dataset, loadDigits} from './datasets';
import {type Experiment, experimentsFor} from './experiments';
import {trainRun} from './training';

const {values} = parseArgs({
  options: {epochs: {type: 'string', default: '40'}, out: {type: 'string', default: 'out/standalone'}},
});

type Predict = (x: Float32Array) => Float32Array;

/** Milliseconds for one sample: medians of runs that take turns, after a warm-up. */
function latencies(first: () => void, second: () => void): [number, number] {
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round < 300; round++) {
    for (const [i, run] of [first, second].entries()) {
      const start = performance.now();
      run();
      if (round >= 100) times[i].push(performance.now() - start);
    }
  }
  return [median(times[0]), median(times[1])];
}

function accuracy(predict: Predict, {test, numClasses}: Dataset): number {
  const logits = predict(test.x);
  const right = test.y.filter((label, i) => {
    const own = logits.subarray(i * numClasses, (i + 1) * numClasses);
    return own.indexOf(Math.max(...own)) === label;
  });
  return (100 * right.length) / test.count;
}

async function standalone(experiment: Experiment, name: string, dataset: Dataset): Promise<void> {
  const checkpoint = new Checkpoint(join(values.out, name));
  const {signal} = new AbortController();
  const result = await trainRun(experiment, dataset, 1, {checkpoint, resume: false, signal, onEpoch: () => {}});
  const model = await checkpoint.load();
  model.setUserDefinedMetadata({labels: [...'0123456789']}); // in the place of what training wrote there
  console.log(
    `\n${result.name}: ${result.parameters} weights, ${(100 * result.testAccuracy).toFixed(2)} % right in TensorFlow.js`,
  );
  const x = dataset.test.x.subarray(0, 64);
  for (const weights of ['float32', 'float16', 'uint8'] as const) {
    const {source, types} = await pw.exporters.toJavaScript(model, {weights});
    const code = await pw.exporters.toC(model, {weights, name});
    const file = join(values.out, `${name}_${weights}`);
    for (const [ending, text] of Object.entries({'.mjs': source, '.d.mts': types, '.c': code.source})) {
      writeFileSync(file + ending, text);
    }
    writeFileSync(join(values.out, `${name}.h`), code.header);
    const {predict}: {predict: Predict} = await import(pathToFileURL(resolve(`${file}.mjs`)).href);
    const perWeight = (source.length / result.parameters).toFixed(2);
    console.log(
      `  ${weights.padEnd(8)} module of ${source.length} bytes (${perWeight} a weight), ${gzipSync(source).length} with gzip: ` +
        `${accuracy(predict, dataset).toFixed(2)} % right`,
    );
    if (weights !== 'uint8') continue;
    console.log(`  C: ${/WORK_BYTES (\d+)/.exec(code.header)![1]} bytes of RAM`);
    const [own, tfjs] = latencies(
      () => predict(x),
      () => tf.tidy(() => (model.predict(tf.tensor2d(x, [1, 64])) as tf.Tensor).dataSync()),
    );
    console.log(
      `  one image: ${own.toFixed(4)} ms; TensorFlow.js (${tf.getBackend()}) ${tfjs.toFixed(3)} ms, ${(tfjs / own).toFixed(0)} times as long`,
    );
  }
  model.dispose();
}

async function main() {
  await startBackend('wasm');
  mkdirSync(values.out, {recursive: true});
  const dataset = loadDigits();
  const [patches, , , , , , wide] = experimentsFor('digits', count('epochs', values.epochs));
  await standalone(patches, 'patches', dataset);
  await standalone(wide, 'wide', dataset);
}

main();
