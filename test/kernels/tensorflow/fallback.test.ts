import * as tf from '@tensorflow/tfjs';
import {backendReport} from 'tfjs-piecewise';
import {hadamardMatrix} from '../../../src/math/hadamard_matrix';
import {useBackend} from '../../support/backend';
import {normal} from '../../support/random';
import {checkRow} from '../check_row';
import {speedup} from '../race';
import {TABLE} from '../table';

process.env.TFJS_PIECEWISE_ADDON = 'off';

useBackend();

it('is told, with the way out of it', () => {
  expect(backendReport()).toMatchObject({
    path: 'Kronecker products of TensorFlow ops',
    advice: 'Switched off by TFJS_PIECEWISE_ADDON=off.',
  });
});

describe.each(TABLE)('%s', (_, rows) => {
  it.each(rows)('$title', (row) => checkRow(row));
});

// 12 to 39 times as fast on two free cores. Beside another worker of this run the product with H, whose threads share
// the cores better, has been down to 9 times; so 6 is what fails.
it('walshHadamard of [64, 4096] takes a small part of the time of the product with H', () => {
  const [rows, n] = [64, 4096];
  const x = tf.tensor2d(normal(rows * n, 1), [rows, n]);
  const h = tf.tensor2d(hadamardMatrix(n), [n, n]);
  const ours = () => tf.dispose(tf.engine().runKernel('WalshHadamard', {x}, {axis: 1, scale: 1}));
  const theirs = () => tf.matMul(x, h).dispose();
  const ratio = speedup(ours, theirs, {turns: 15, goal: 12});
  tf.dispose([x, h]);
  expect(ratio).toBeGreaterThanOrEqual(6);
});
