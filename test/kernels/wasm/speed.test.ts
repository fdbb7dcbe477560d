/** @slow */

import * as tf from '@tensorflow/tfjs';
import {reluPair, triangleWave, walshHadamard} from 'tfjs-piecewise';
import {portableSwitch} from '../../../bench/portable';
import {hadamardMatrix} from '../../../src/math/hadamard_matrix';
import {useBackend} from '../../support/backend';
import {normal, uniform} from '../../support/random';
import {speedup} from '../race';
import {textbook} from '../textbook';

useBackend();

const BATCH = 64;

/** V8 compiles a wasm function well only after it has run for a while. */
function warmUp(run: () => unknown): void {
  for (let i = 0; i < 100; i++) run();
}

/** Runs per turn: alone after a product that fills the cache, ours would mostly wait for its input. */
const RUNS = 10;

// Measured: 108 to 230, 248 to 430 and 702 to 1200 times as fast on quiet machines: the product differs most from one to the
// next. 172 of the second was seen beside another worker of this run.
it.each([
  [1024, 15, 60],
  [2048, 9, 120],
  [4096, 5, 300],
])('walshHadamard of [64, %i] against the product with H', (n, turns, goal) => {
  const x = tf.tensor2d(normal(BATCH * n, 1), [BATCH, n]);
  const h = tf.tensor2d(hadamardMatrix(n), [n, n]);
  const ours = () => {
    for (let i = 0; i < RUNS; i++) walshHadamard(x, {normalize: false}).dispose();
  };
  const theirs = () => tf.matMul(x, h).dispose();
  warmUp(ours);
  expect(RUNS * speedup(ours, theirs, {turns, goal: goal / RUNS})).toBeGreaterThanOrEqual(goal);
  tf.dispose([x, h]);
});

// Measured: 17 to 20 times as fast.
it.each([
  [64, 1024],
  [32, 4096],
  [1, 2 ** 17],
  [1, 2 ** 20],
])('walshHadamard of [%i, %i] takes at most an eighth of the time of the textbook loop', (rows, n) => {
  const values = normal(rows * n, 1);
  const x = tf.tensor2d(values, [rows, n]);
  const ours = () => walshHadamard(x, {normalize: false}).dispose();
  warmUp(ours);
  const turns = n === 2 ** 20 ? 5 : 21;
  const zeros = new Float32Array(values.length); // sums of sums would grow to infinity
  expect(speedup(ours, () => textbook(zeros, n), {turns, goal: 8})).toBeGreaterThanOrEqual(8);
  x.dispose();
});

// Measured: 1.3 to 2 times.
it('reluPair of [128, 1024] takes at most four times the time of tf.relu', () => {
  const x = tf.tensor2d(normal(128 * 1024, 1), [128, 1024]);
  const [negative, positive] = [tf.tensor1d(normal(1024, 2)), tf.tensor1d(normal(1024, 3))];
  const ours = () => reluPair(x, negative, positive).dispose();
  warmUp(ours);
  expect(speedup(ours, () => tf.relu(x).dispose(), {turns: 101, goal: 0.25})).toBeGreaterThanOrEqual(0.25);
  tf.dispose([x, negative, positive]);
});

it('triangleWave of [4096, 16], depth 8, with its gradients takes at most a fifth of the time of the composed form', () => {
  const x = tf.tensor2d(uniform(4096 * 16, 1), [4096, 16]);
  const [peaks, scales] = [uniform(16 * 8, 2, 0.2, 0.8), uniform(16 * 8, 3)].map((row) => tf.tensor2d(row, [16, 8]));
  const derive = tf.valueAndGrads((...[t, a, s]: tf.Tensor[]) => tf.sum(triangleWave(t, a, s)) as tf.Scalar);
  const ours = () => tf.dispose(derive([x, peaks, scales]));
  const forms = portableSwitch();
  const theirs = () => {
    forms.enter();
    ours();
    forms.leave();
  };
  warmUp(ours);
  expect(speedup(ours, theirs, {turns: 5, goal: 5})).toBeGreaterThanOrEqual(5);
  tf.dispose([x, peaks, scales]);
});
