/** Training that may be interrupted: a checkpoint after each epoch, --resume, and logs for TensorBoard. */

import {join} from 'node:path';
import {parseArgs} from 'node:util';
import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {count, oneOf} from '../choices';
import {startBackend} from './backend';
import {Checkpoint} from './checkpoint';
import {type Examples, loadDigits} from './datasets';
import {BACKENDS} from './options';

const {values} = parseArgs({
  options: {
    epochs: {type: 'string', default: '10'},
    backend: {type: 'string'},
    out: {type: 'string', default: 'out/resume'},
    resume: {type: 'boolean', default: false},
  },
});

/** What a checkpoint must agree with to be gone on from. */
const SETTINGS = 'digits, 256 units, Adam 0.01, batches of 64';

function compiledModel(): tf.Sequential {
  const model = tf.sequential({
    layers: [
      pw.layers.whtProjection({units: 256, seed: 1, activation: 'reluPair', inputShape: [64]}),
      pw.layers.whtProjection({units: 32, seed: 2}),
      tf.layers.dense({units: 10, activation: 'softmax', kernelInitializer: tf.initializers.glorotNormal({seed: 3})}),
    ],
  });
  model.compile({optimizer: tf.train.adam(0.01), loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy']});
  return model;
}

const tensors = ({x, y, count}: Examples): [x: tf.Tensor2D, y: tf.Tensor1D] => [
  tf.tensor2d(x, [count, 64]),
  tf.tensor1d(Float32Array.from(y)),
];

/** tfjs writes the event files of TensorBoard by tfjs-node only. */
async function tensorBoard(folder: string): Promise<tf.CustomCallback[]> {
  if (tf.getBackend() !== 'tensorflow') {
    console.log(
      'No logs for TensorBoard: only tfjs-node writes them. `npm run setup -- tfjs-node` brings it; then leave out --backend.',
    );
    return [];
  }
  const {node} = await import('tfjs-piecewise/tfjs-node');
  console.log(`Logs: tensorboard --logdir ${folder}`);
  return [node.tensorBoard(folder)];
}

async function main() {
  const epochs = count('epochs', values.epochs);
  await startBackend(values.backend === undefined ? undefined : oneOf('backend', values.backend, BACKENDS));
  const {train, validation, test} = loadDigits();
  const model = compiledModel();
  const checkpoint = new Checkpoint(join(values.out, 'checkpoint'));
  const progress = values.resume ? await checkpoint.restore(model, SETTINGS) : null;
  if (values.resume) console.log(progress ? `Goes on after epoch ${progress.epoch}.` : 'There is no checkpoint yet.');

  const start = performance.now();
  const onEpochEnd = async (index: number, logs?: tf.Logs) => {
    const epoch = index + 1;
    const score = logs!.val_acc;
    console.log(`epoch ${epoch}: validation accuracy ${score.toFixed(3)}`);
    await checkpoint.save(model, {settings: SETTINGS, epoch, score, msPerEpoch: (performance.now() - start) / epoch});
  };
  await model.fit(...tensors(train), {
    initialEpoch: progress?.epoch ?? 0,
    epochs,
    batchSize: 64,
    shuffle: false, // so that an interrupted run ends like one that was not
    validationData: tensors(validation!),
    verbose: 0,
    callbacks: [new tf.CustomCallback({onEpochEnd}), ...(await tensorBoard(join(values.out, 'logs')))],
  });
  const [, accuracy] = [model.evaluate(...tensors(test))].flat();
  console.log(`Test accuracy ${accuracy.dataSync()[0].toFixed(4)}, ${model.countParams()} weights.`);
}

main();
