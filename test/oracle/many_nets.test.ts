/** @slow */

import * as tf from '@tensorflow/tfjs';
import {describe as describeAnswer, tryNets} from './try_nets';

beforeAll(() => tf.setBackend('cpu'));

it('the instruments count the regions of 2,000 random networks as exact rational numbers do', async () => {
  const {answers, wrong, near, unsure} = await tryNets({runs: 2000, seed: 1000});
  expect(wrong.map(describeAnswer)).toEqual([]);
  expect(answers).toBeGreaterThan(2000);
  expect(near).toBeLessThan(10);
  expect(unsure).toBeLessThan(0.04 * answers);
}, 120_000);
