/** @slow */

import * as tf from '@tensorflow/tfjs';
import {reluPair, triangleWave, walshHadamard, whtReLUPair} from 'tfjs-piecewise';
import {useBackend} from '../../support/backend';
import {trafficOf} from './programs';

useBackend();

const lengths = Array.from({length: 21}, (_, bits) => 2 ** bits);

describe.each(lengths)('n = %i', (n) => {
  const passes = n <= 4096 ? 1 : 2;

  it(`is transformed by ${passes} dispatches, each with one read and one write of all elements`, () => {
    const x = tf.ones([2, n]);
    expect(trafficOf(() => walshHadamard(x))).toEqual({dispatches: passes, bytes: passes * 2 * x.size * 4});
    x.dispose();
  });

  it('with signs, and with two slopes, that read their vectors besides', () => {
    const x = tf.ones([2, n]);
    const [signs, negative, positive] = [tf.ones([n]), tf.ones([n]), tf.ones([n])];
    const bytes = passes * 2 * x.size * 4;
    expect(trafficOf(() => walshHadamard(x, {signs}))).toEqual({dispatches: passes, bytes: bytes + 4 * n});
    expect(trafficOf(() => whtReLUPair(x, negative, positive, {signs}))).toEqual({
      dispatches: passes,
      bytes: bytes + 3 * 4 * n,
    });
    tf.dispose([x, signs, negative, positive]);
  });
});

it('another axis costs the same: nothing is transposed', () => {
  const x = tf.ones([3, 1024, 5]);
  expect(trafficOf(() => walshHadamard(x, {axis: 1}))).toEqual({dispatches: 1, bytes: 2 * x.size * 4});
  x.dispose();
});

it('reluPair and triangleWave are one dispatch, without tensors between the levels', () => {
  const x = tf.ones([64, 32]);
  const slopes = tf.ones([32]);
  const [peaks, scales] = [tf.fill([32, 7], 0.5), tf.ones([32, 7])];
  expect(trafficOf(() => reluPair(x, slopes, slopes))).toEqual({dispatches: 1, bytes: 2 * x.size * 4 + 2 * 32 * 4});
  expect(trafficOf(() => triangleWave(x, peaks, scales))).toEqual({
    dispatches: 1,
    bytes: 2 * x.size * 4 + 2 * peaks.size * 4,
  });
  tf.dispose([x, slopes, peaks, scales]);
});

describe('a gradient kernel', () => {
  const traffic = (name: string, inputs: tf.NamedTensorMap, attrs: Record<string, number> = {}) => {
    const result = trafficOf(() => tf.engine().runKernel(name, inputs, attrs));
    const {x} = inputs;
    return {dispatches: result.dispatches, perElement: result.bytes / (4 * x.size)};
  };

  // One for dx, one for partial sums, and one for each kind of parameter.
  it('is four dispatches, which read x and dy twice, write dx, and few sums', () => {
    const [rows, n] = [512, 1024];
    const [x, dy] = [tf.ones([rows, n]), tf.ones([rows, n])];
    const [signs, negative, positive] = [tf.ones([n]), tf.ones([n]), tf.ones([n])];
    const [peaks, scales] = [tf.fill([n, 4], 0.5), tf.ones([n, 4])];
    const pair = traffic('ReLUPairGradient', {x, negative, positive, dy}, {units: n, inner: 1});
    const block = traffic('WHTReLUPairGradient', {x, signs, negative, positive, dy}, {axis: 1, scale: 1 / 32});
    const wave = traffic('TriangleWaveGradient', {x, peaks, scales, dy});
    for (const {dispatches} of [pair, block, wave]) expect(dispatches).toBe(4);
    expect(pair.perElement).toBeLessThan(5.2);
    expect(block.perElement).toBeLessThan(6.6); // its partial sums are of 4 rows
    expect(wave.perElement).toBeLessThan(5.3);
    tf.dispose([x, dy, signs, negative, positive, peaks, scales]);
  });
});
