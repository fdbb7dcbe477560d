/** Measures what a bias is worth to networks of projections. See --help. */

import {join} from 'node:path';
import {parseArgs} from 'node:util';
import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {count, oneOf} from '../../choices';
import {startBackend} from '../../node/backend';
import {shuffledIndices} from '../../node/datasets';
import {replaceFile} from '../../node/files';
import {BACKENDS} from '../../node/options';
import {createProgress} from '../../node/progress';
import {networks} from './networks';
import {fashionMnist, fromCsv, type MakeTask, type Part, scaleOf, TASKS, type Task} from './tasks';

const HELP = `npm run reproduce -- random-bias [options]

What is without any bias is positively homogeneous, f(c x) = c f(x) for c > 0. This trains networks of projections with
no bias, a constant 1 as one more input, the random bias of whtProjection, and a trained bias, beside a dense network of
the same size; all by AdamW and oneCycle. Prints the error as a share of the variance, or the accuracy, on test rows.

  --seeds N        runs of each network, each with other data or another split (default: 3)
  --sizes A,B      sizes of the random bias (default: 0.5, that of the layer)
  --fashion-mnist  instead, the README's images: minutes for each network
  --csv FILE       instead, a table of numbers with a line of names
  --target COLUMN  what is to be told from the others: a number, or one of up to 20 values
  --backend NAME   tensorflow, wasm or cpu (default: wasm, the fastest for networks this small)
  --out FOLDER     where report.json goes (default: out/reproduce/random_bias)
  --help           this text`;

interface Result {
  task: string;
  network: string;
  weights: number;
  /** Percent of the variance, or of the test rows that are classified right; by seed. */
  percent: number[];
}

async function main(): Promise<void> {
  const {values} = parseArgs({
    options: {
      seeds: {type: 'string', default: '3'},
      csv: {type: 'string'},
      'fashion-mnist': {type: 'boolean', default: false},
      target: {type: 'string'},
      sizes: {type: 'string', default: '0.5'},
      backend: {type: 'string', default: 'wasm'},
      out: {type: 'string', default: 'out/reproduce/random_bias'},
      help: {type: 'boolean', default: false},
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const {csv, target = ''} = values;
  const others = values['fashion-mnist'] ? [fashionMnist] : TASKS;
  const tasks: MakeTask[] = csv === undefined ? others : [fromCsv(csv, target)];
  const seeds = count('seeds', values.seeds);
  const compared = Object.entries(networks(values.sizes.split(',').map(Number)));
  const backend = await startBackend(oneOf('backend', values.backend, BACKENDS));
  const progress = createProgress(tasks.length * compared.length * seeds, process.stderr, 'trainings');
  const results: Result[] = [];
  let done = 0;
  try {
    for (const make of tasks) {
      for (const [network, build] of compared) {
        const percent: number[] = [];
        let [name, weights] = ['', 0];
        for (let seed = 1; seed <= seeds; seed++) {
          const task = await make(seed);
          const model = build(task, seed);
          [name, weights] = [task.name, model.countParams()];
          percent.push(await trained(model, task, network === 'dense' ? task.rates.dense : task.rates.ours, seed));
          model.dispose();
          progress.update(++done, {label: `${name}, ${network}`});
        }
        results.push({task: name, network, weights, percent});
      }
    }
  } finally {
    progress.stop();
  }
  replaceFile(join(values.out, 'report.json'), `${JSON.stringify({backend, seeds, results}, null, 2)}\n`);
  console.log(table(results));
}

/** Trains a model, and tests it. */
async function trained(model: tf.LayersModel, task: Task, learningRate: number, seed: number): Promise<number> {
  const {train, test, epochs, batchSize, classes} = task;
  const schedule = pw.schedules.oneCycle({learningRate});
  const optimizer = pw.optimizers.adamW({learningRate});
  const cost = (labels: tf.Tensor, logits: tf.Tensor) => tf.losses.softmaxCrossEntropy(labels, logits);
  model.compile({optimizer, loss: classes > 0 ? cost : 'meanSquaredError'});
  const scale = classes > 0 ? {mean: 0, deviation: 1} : scaleOf(train.y);
  const rows = train.y.length;
  const batches = Math.ceil(rows / batchSize);
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = shuffledIndices(rows, 1000 * seed + epoch);
    for (let i = 0; i < batches; i++) {
      schedule.set(optimizer, epoch * batches + i, epochs * batches);
      const chosen = order.subarray(i * batchSize, (i + 1) * batchSize);
      const [x, y] = tensors(train, chosen, task, scale);
      await model.trainOnBatch(x, y);
      tf.dispose([x, y]);
    }
    await new Promise(setImmediate); // lets the progress bar in
  }
  optimizer.dispose();
  return tf.tidy(() => {
    const all = Int32Array.from(test.y.keys());
    const [x, y] = tensors(test, all, task, scale);
    const guess = model.predict(x, {batchSize: 1000}) as tf.Tensor;
    if (classes > 0) return 100 * tf.equal(guess.argMax(1), y.argMax(1)).mean().dataSync()[0];
    const error = tf.losses.meanSquaredError(y, guess).dataSync()[0];
    return (100 * error) / tf.moments(y).variance.dataSync()[0];
  });
}

function tensors(
  {x, y}: Part,
  rows: Int32Array,
  {inputs, classes}: Task,
  {mean, deviation}: {mean: number; deviation: number},
): [tf.Tensor2D, tf.Tensor] {
  const values = new Float32Array(rows.length * inputs);
  for (const [i, row] of rows.entries()) values.set(x.subarray(row * inputs, (row + 1) * inputs), i * inputs);
  const targets = Float32Array.from(rows, (row) => (y[row] - mean) / deviation);
  const wanted =
    classes > 0 ? tf.oneHot(tf.tensor1d(targets, 'int32'), classes) : tf.tensor2d(targets, [rows.length, 1]);
  return [tf.tensor2d(values, [rows.length, inputs]), tf.cast(wanted, 'float32')];
}

/** Markdown: a row for each network of each task. */
function table(results: Result[]): string {
  const mean = (numbers: number[]) => numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  const rows = results.map(({task, network, weights, percent}) => [
    ...[task, network, String(weights), mean(percent).toFixed(2)],
    percent.map((one) => one.toFixed(2)).join(', '),
  ]);
  return [['task', 'network', 'weights', 'mean, %', 'by seed'], Array(5).fill('---'), ...rows]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');
}

main().catch((error: Error) => {
  console.error(`reproduce random-bias: ${error.message}`);
  process.exitCode = 1;
});
