/** @slow */

import * as tf from '@tensorflow/tfjs';
import {walshHadamard} from 'tfjs-piecewise';
import {useBackend} from '../../support/backend';
import {normal} from '../../support/random';
import {speedup} from '../race';
import {textbook} from '../textbook';

useBackend();

const [ROWS, N] = [64, 1024];

// The whole op with its new output, against the loop in memory that is there.
it('walshHadamard of [64, 1024] takes at most a third of the time of the textbook loop', () => {
  const values = normal(ROWS * N, 1);
  const x = tf.tensor2d(values, [ROWS, N]);
  const y = new Float32Array(values.length);
  const ours = () => walshHadamard(x).dispose();
  const theirs = () => {
    y.set(values);
    textbook(y, N);
  };
  const ratio = speedup(ours, theirs, {turns: 101, goal: 3});
  x.dispose();
  expect(ratio).toBeGreaterThanOrEqual(3);
});
