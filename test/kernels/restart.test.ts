import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {backendName, useBackend, values} from '../support/backend';
import {expectClose} from '../support/close';

useBackend();

async function run(): Promise<number[]> {
  const tensors = tf.tidy(() => {
    const op = (x: tf.Tensor) => pw.triangleWave(pw.reluPair(pw.walshHadamard(x), 0.5, 0.25), [0.4], [2]);
    const x = tf.tensor1d([0.5, 0.25, -1, 0.125]);
    return [op(x), tf.grad(op)(x)];
  });
  const results = await Promise.all(tensors.map(values));
  tf.dispose(tensors);
  return results.flatMap((result) => [...result]);
}

it('a backend that is disposed and made again runs the same kernels', async () => {
  const report = pw.backendReport();
  const before = await run();
  const {factory} = tf.engine().registryFactory[backendName];
  for (let round = 0; round < 2; round++) {
    const first = tf.backend();
    tf.removeBackend(backendName);
    tf.registerBackend(backendName, factory);
    await tf.setBackend(backendName);
    if (backendName !== 'tensorflow') expect(tf.backend()).not.toBe(first); // that of tfjs-node is one for the process
    expectClose(await run(), before);
    expect(pw.backendReport()).toEqual(report);
  }
});

it('going to another backend and back keeps results and report', async () => {
  const report = pw.backendReport();
  const before = await run();
  await tf.setBackend('cpu');
  expectClose(await run(), before);
  await tf.setBackend(backendName);
  expectClose(await run(), before);
  expect(pw.backendReport()).toEqual(report);
});
