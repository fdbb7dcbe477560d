/** A seed sweep on all cores: node:worker_threads, a copy of tfjs in each worker, one seed at a time. */

import {availableParallelism} from 'node:os';
import {parseArgs} from 'node:util';
import {isMainThread, parentPort, Worker} from 'node:worker_threads';
import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {count} from '../choices';
import {startBackend} from './backend';
import {loadPenguins, PENGUIN_FEATURES} from './datasets/penguins';

// tsx translates in a worker only what is required after itself.
const START = "require('tsx/cjs'); require(require('node:worker_threads').workerData);";

interface Task {
  seed: number;
  epochs: number;
}

interface Result {
  seed: number;
  /** Root mean square error of the mass of penguins that were not trained on. */
  grams: number;
}

async function train({seed, epochs}: Task): Promise<Result> {
  const {train, test} = loadPenguins(seed);
  const model = tf.sequential({
    layers: [
      pw.layers.whtProjection({units: 32, seed, activation: 'reluPair', inputShape: [PENGUIN_FEATURES]}),
      pw.layers.whtProjection({units: 32, seed: seed + 100}),
      tf.layers.dense({units: 1, kernelInitializer: tf.initializers.glorotNormal({seed})}),
    ],
  });
  model.compile({optimizer: tf.train.adam(0.02), loss: 'meanSquaredError'});
  await model.fit(train.x, train.y, {epochs, batchSize: 32, shuffle: false, verbose: 0, yieldEvery: 'never'});
  const [meanSquare] = [model.evaluate(test.x, test.y)].flat()[0].dataSync();
  return {seed, grams: 1000 * Math.sqrt(meanSquare)};
}

/** Trains what it is sent. The wasm backend: the native library of tfjs-node starts in one thread only. */
async function work() {
  await startBackend('wasm');
  parentPort!.on('message', async (task: Task) => parentPort!.postMessage(await train(task)));
  parentPort!.postMessage('ready');
}

/** A worker takes the next seed whenever it is ready or has a result. */
function sweep(tasks: Task[], workers: number): Promise<Result[]> {
  const waiting = [...tasks];
  const results: Result[] = [];
  return new Promise((resolve, reject) => {
    for (let i = 0; i < workers; i++) {
      const worker = new Worker(START, {eval: true, workerData: __filename});
      worker.on('error', reject);
      worker.on('message', (message: Result | 'ready') => {
        if (message !== 'ready') results.push(message);
        const task = waiting.shift();
        if (task) worker.postMessage(task);
        else worker.terminate();
        if (results.length === tasks.length) resolve(results);
      });
    }
  });
}

async function main() {
  const {values} = parseArgs({
    options: {
      seeds: {type: 'string', default: '8'},
      epochs: {type: 'string', default: '60'},
      workers: {type: 'string', default: String(availableParallelism())},
    },
  });
  const [seeds, epochs] = [count('seeds', values.seeds), count('epochs', values.epochs)];
  const workers = Math.min(seeds, count('workers', values.workers));
  const tasks = Array.from({length: seeds}, (_, i) => ({seed: i + 1, epochs}));
  const results = (await sweep(tasks, workers)).sort((a, b) => a.seed - b.seed);
  for (const {seed, grams} of results) console.log(`seed ${seed}: ${grams.toFixed(0)} g`);
  const mean = results.reduce((sum, {grams}) => sum + grams, 0) / seeds;
  console.log(`mean ${mean.toFixed(0)} g over ${seeds} seeds, ${workers} workers`);
}

if (isMainThread) main();
else work();
