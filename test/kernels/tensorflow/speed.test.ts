import * as tf from '@tensorflow/tfjs';
import {walshHadamard} from 'tfjs-piecewise';
import {hadamardMatrix} from '../../../src/math/hadamard_matrix';
import {useBackend} from '../../support/backend';
import {normal} from '../../support/random';
import {speedup} from '../race';

useBackend();

const [ROWS, N] = [64, 4096];

// 18 to 39 times as fast on two free cores (npm run bench). Beside another worker of this run the product with H, whose
// threads share the cores better, has been down to 9 times; so 6 is what fails. TensorFlow runs each op at once, so
// nothing needs to be read.
it('walshHadamard of [64, 4096] takes a small part of the time of the product with H', () => {
  const x = tf.tensor2d(normal(ROWS * N, 1), [ROWS, N]);
  const h = tf.tensor2d(hadamardMatrix(N), [N, N]);
  const ours = () => {
    walshHadamard(x, {normalize: false}).dispose();
  };
  const theirs = () => {
    tf.matMul(x, h).dispose();
  };
  const ratio = speedup(ours, theirs, {turns: 15, goal: 12});
  tf.dispose([x, h]);
  expect(ratio).toBeGreaterThanOrEqual(6);
});
