import * as tf from '@tensorflow/tfjs';
import {layers} from 'tfjs-piecewise';
import {collectTensors, useBackend} from '../../support/backend';

useBackend();
beforeEach(collectTensors);

const {whtProjection, reluPair} = layers;

// On cpu a clone shares its data, so buffers are what is really kept.
it('for the backward pass a layer with its pair keeps what it has transformed, and no more than two layers do', () => {
  const UNITS = 256;
  const [activation, projection] = [reluPair({seed: 2}), {units: UNITS, seed: 1}];
  const stacks = [[whtProjection({...projection, activation})], [whtProjection(projection), reluPair({seed: 2})]];
  const kept = stacks.map((stack) => {
    const x = tf.ones([1, UNITS]);
    for (const layer of stack) layer.apply(x); // makes the weights
    const before = tf.memory().numDataBuffers;
    let after = 0;
    tf.grad((t) => {
      let y = t;
      for (const layer of stack) y = layer.apply(y) as tf.Tensor;
      after = tf.memory().numDataBuffers;
      return y;
    })(x);
    for (const layer of stack) layer.dispose();
    return after - before;
  });
  expect(kept).toEqual([2, 2]); // with what they return
});
