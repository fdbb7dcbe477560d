/** @slow */

import * as tf from '@tensorflow/tfjs';
import {reluPair, triangleWave, walshHadamard, whtReLUPair} from 'tfjs-piecewise';
import {useBackend} from '../../support/backend';
import {normal} from '../../support/random';

useBackend();

/** Reading a result of the GPU submits all work, after which tfjs has the buffers of what is disposed back. */
async function memory() {
  const probe = tf.tidy(() => reluPair(tf.tensor1d([1]), 1, 1));
  await probe.data();
  probe.dispose();
  const {numTensors, numDataBuffers, numBytesInGPU} = tf.memory() as tf.MemoryInfo & {numBytesInGPU: number};
  return {numTensors, numDataBuffers, numBytesInGPU};
}

it('1000 calls of each op and its gradient leave no tensor and no buffer behind', async () => {
  const x = tf.tensor2d(normal(4 * 8, 1), [4, 8]);
  const slopes = tf.tensor1d(normal(8, 2));
  const ops: ((t: tf.Tensor) => tf.Tensor)[] = [
    (t) => walshHadamard(t, {signs: slopes}),
    (t) => reluPair(t, slopes, 1),
    (t) => whtReLUPair(t, slopes, slopes, {signs: slopes}),
    (t) => triangleWave(t, [0.3, 0.6], [1, 0.5]),
  ];
  const run = () => {
    for (const op of ops) tf.tidy(() => void tf.grad(op)(x));
  };
  for (let i = 0; i < 10; i++) run();
  const before = await memory();
  for (let i = 0; i < 1000; i++) run();
  expect(await memory()).toEqual(before);
  tf.dispose([x, slopes]);
}, 120_000);

it('nor do transforms of several passes, and their gradients', async () => {
  const x = tf.tensor2d(normal(2 ** 13, 3), [1, 2 ** 13]);
  const run = () => tf.tidy(() => void tf.grad((t: tf.Tensor) => whtReLUPair(t, 0.5, 2))(x));
  run();
  const before = await memory();
  for (let i = 0; i < 10; i++) run();
  expect(await memory()).toEqual(before);
  x.dispose();
});
