/** @needs own-op
 *  @slow */

import * as tf from '@tensorflow/tfjs';
import {walshHadamard} from 'tfjs-piecewise';
import {hadamardMatrix} from '../../../src/math/hadamard_matrix';
import {useBackend} from '../../support/backend';
import {normal} from '../../support/random';
import {speedup} from '../race';

useBackend();

// TensorFlow runs each op at once, so nothing needs to be read. The goals hold on two free cores; beside another worker of
// this run our threads wait for each other, so a third of a goal is what fails.
describe('walshHadamard by our own op', () => {
  it.each([
    [1024, 20],
    [2048, 45],
    [4096, 90],
  ])('of [64, %i] is %i times as fast as the product with H', (n, goal) => {
    const x = tf.tensor2d(normal(64 * n, 1), [64, n]);
    const h = tf.tensor2d(hadamardMatrix(n), [n, n]);
    const ours = () => {
      walshHadamard(x, {normalize: false}).dispose();
    };
    const theirs = () => {
      tf.matMul(x, h).dispose();
    };
    const ratio = speedup(ours, theirs, {turns: 15, goal});
    tf.dispose([x, h]);
    expect(ratio).toBeGreaterThanOrEqual(goal / 3);
  });

  it('of [64, 4096] takes about as long as tf.add(x, 1)', () => {
    const x = tf.tensor2d(normal(64 * 4096, 1), [64, 4096]);
    const ours = () => {
      walshHadamard(x).dispose();
    };
    const theirs = () => {
      tf.add(x, 1).dispose();
    };
    const ratio = speedup(ours, theirs, {turns: 51, goal: 1 / 1.3});
    x.dispose();
    expect(ratio).toBeGreaterThanOrEqual(1 / 3);
  });
});
