/** What the fuzzer found, each as small as it could be made. */

import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {triangleWaveGradientKernel} from '../../src/ops/triangle_wave';
import {useBackend, values} from '../support/backend';

useBackend();

describe('the derivatives of a wave at a finite x far outside [0, 1]', () => {
  const inputs = () => ({x: tf.tensor1d([3e38, -3e38]), peaks: tf.fill([2, 1], 0.5), scales: tf.ones([2, 1])});

  it('are 0 by the kernel of the backend', async () => {
    const gradients = tf.tidy(() => {
      const {x, peaks, scales} = inputs();
      return tf.grads((a, b, c) => pw.triangleWave(a, b, c))([x, peaks, scales], tf.ones([2]));
    });
    for (const gradient of gradients) expect([...(await values(gradient))].map(Math.abs)).toEqual([0, 0]);
    tf.dispose(gradients);
  });

  it('are 0 by the definition', async () => {
    const gradients = tf.tidy(() =>
      triangleWaveGradientKernel.forward({...inputs(), dy: tf.ones([2])}, {}),
    ) as tf.Tensor[];
    for (const gradient of gradients) expect([...(await values(gradient))].map(Math.abs)).toEqual([0, 0]);
    tf.dispose(gradients);
  });
});

it('slopes that are broadcast to no elements have derivatives', async () => {
  const [dx, dnegative, dpositive] = tf.tidy(() =>
    tf.grads((x, n, p) => pw.reluPair(x, n, p))([tf.zeros([0, 3]), tf.ones([1, 3]), tf.ones([1, 1])], tf.zeros([0, 3])),
  );
  expect([...(await values(dnegative))]).toEqual([0, 0, 0]);
  expect([...(await values(dpositive))]).toEqual([0]);
  tf.dispose([dx, dnegative, dpositive]);
});

it("an option that is the empty text is refused, not taken for 'left out'", () => {
  const outside = '' as 'linear';
  expect(() => pw.layers.triangleWave({outside})).toThrow(/outside must be left out .*but received ''/);
});
