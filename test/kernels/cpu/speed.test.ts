import * as tf from '@tensorflow/tfjs';
import {walshHadamard} from 'tfjs-piecewise';
import {useBackend} from '../../support/backend';
import {normal} from '../../support/random';
import {speedup} from '../race';

useBackend();

const [ROWS, N] = [64, 1024];

/** The textbook transform, in place: log2(n) passes of butterflies over each row. */
function textbook(y: Float32Array): void {
  for (let row = 0; row < y.length; row += N) {
    for (let h = 1; h < N; h *= 2) {
      for (let base = row; base < row + N; base += 2 * h) {
        for (let i = base; i < base + h; i++) {
          const a = y[i];
          const b = y[i + h];
          y[i] = a + b;
          y[i + h] = a - b;
        }
      }
    }
  }
}

// The whole op with its new output, against the loop in memory that is there.
it('walshHadamard of [64, 1024] takes at most a third of the time of the textbook loop', () => {
  const values = normal(ROWS * N, 1);
  const x = tf.tensor2d(values, [ROWS, N]);
  const y = new Float32Array(values.length);
  const ours = () => walshHadamard(x).dispose();
  const theirs = () => {
    y.set(values);
    textbook(y);
  };
  const ratio = speedup(ours, theirs, {turns: 101, goal: 3});
  x.dispose();
  expect(ratio).toBeGreaterThanOrEqual(3);
});
