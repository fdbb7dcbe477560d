/**
 * One process of the bench: a network of this checkout, of which each line of the standard input asks for one turn. It also runs
 * in a checkout of another commit, where this file is copied to, so it imports public names alone, and asks for the younger ones.
 */

import readline from 'node:readline';
import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import type {Greeting, NetworkName, Task, Turn, TurnRequest} from './results';

interface Sizes {
  inputs: number;
  width: number;
  blocks: number;
  /** Units of one more transform; all of them by default. */
  read?: number;
  /** A dense layer after the transforms; without it, 10 units are read. */
  dense: boolean;
  batch: number;
}

const CLASSES = 10;
const million = (blocks: number): Sizes => ({
  inputs: 784,
  width: 2 ** 20,
  blocks,
  read: CLASSES,
  dense: false,
  batch: 8,
});

const SIZES: Record<NetworkName, Sizes> = {
  'digits: 64, 2 x 256, 10': {inputs: 64, width: 256, blocks: 2, read: 16, dense: true, batch: 64},
  '784, 4 x 1024, 10': {inputs: 784, width: 1024, blocks: 4, dense: true, batch: 128},
  '784, 1 x 2^20, 10 read': million(1),
  '784, 4 x 2^20, 10 read': million(4),
  'quick: 16, 2 x 32, 10': {inputs: 16, width: 32, blocks: 2, dense: true, batch: 4},
};

/** The random bias is younger than some commits, and is left out of all of them. */
const noBias = 'randomBias' in pw.layers.WHTProjection.options ? {randomBias: 0} : {};

/** The lengths of ours: transforms with slopes, then the read-out. */
function build({inputs, width, blocks, read = width, dense}: Sizes, own: boolean): tf.LayersModel {
  const model = tf.sequential();
  const fused = own || !dense; // nobody gives a million units a layer of slopes of their own
  for (let i = 0; i < blocks; i++) {
    const slopes = pw.layers.reluPair({fixedGain: Math.SQRT2});
    model.add(
      pw.layers.whtProjection({
        units: width,
        seed: i + 1,
        expand: 2 * inputs > width ? 'pad' : 'tile',
        ...noBias,
        ...(fused && {activation: slopes}),
        ...(i === 0 && {inputShape: [inputs]}),
      }),
    );
    if (!fused) model.add(slopes);
  }
  model.add(pw.layers.whtProjection({units: read, seed: blocks + 1, ...noBias}));
  if (dense) model.add((own ? pw : tf).layers.dense({units: CLASSES}));
  return model;
}

/** Numbers from -1 to 1 without a pattern. */
const numbers = (rows: number, columns: number, seed: number) =>
  tf.randomUniform([rows, columns], -1, 1, 'float32', seed);

function runOf({network, program, what}: Task): () => unknown {
  const sizes = SIZES[network];
  const own = program === 'own';
  const model = build(sizes, own);
  const x = numbers(what === 'one input' ? 1 : sizes.batch, sizes.inputs, 1);
  if (what === 'one input') {
    return () => {
      const outputs = model.predict(x) as tf.Tensor;
      outputs.dataSync();
      outputs.dispose();
    };
  }
  model.compile({
    optimizer:
      what === 'step, Adam' ? tf.train.adam(1e-3) : pw.optimizers.adamW({learningRate: 1e-3, weightDecay: 0.01}),
    loss: (labels, logits) => (own ? pw : tf.losses).softmaxCrossEntropy(labels, logits),
  });
  const y = numbers(sizes.batch, CLASSES, 2).abs();
  return () => model.trainOnBatch(x, y);
}

async function turn(run: () => unknown, {runs}: TurnRequest): Promise<Turn> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  for (let i = 0; i < runs; i++) {
    const result = run();
    if (result instanceof Promise) await result;
  }
  const wall = performance.now() - start;
  const {user, system} = process.cpuUsage(cpu);
  return {wall: wall / runs, cpu: (user + system) / 1000 / runs, peakBytes: process.resourceUsage().maxRSS * 1024};
}

async function main(task: Task): Promise<void> {
  const say = (answer: Greeting | Turn) => process.stdout.write(`${JSON.stringify(answer)}\n`);
  tf.enableProdMode();
  if (task.backend === 'wasm') await import('@tensorflow/tfjs-backend-wasm');
  if (task.backend === 'tensorflow') await import('tfjs-piecewise/tfjs-node');
  if (!(await tf.setBackend(task.backend))) throw new Error(`${task.backend} did not start`);
  const offered = task.program === 'plain' || ('softmaxCrossEntropy' in pw && 'dense' in pw.layers);
  say({offered, path: pw.backendReport().path});
  if (!offered) return;
  const run = runOf(task);
  for await (const line of readline.createInterface({input: process.stdin})) say(await turn(run, JSON.parse(line)));
}

main(JSON.parse(process.argv[2])).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
