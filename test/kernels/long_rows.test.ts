import * as tf from '@tensorflow/tfjs';
import 'tfjs-piecewise';
import {runKernel} from '../../src/engine';
import {reluPairSlopesKernel} from '../../src/ops/relu_pair';
import {
  whtReLUPairBackwardKernel,
  whtReLUPairForwardKernel,
  whtReLUPairGradientKernel,
  whtReLUPairKernel,
  whtReLUPairSlopesKernel,
} from '../../src/ops/wht_relu_pair';
import {useBackend, values} from '../support/backend';
import {expectClose} from '../support/close';
import {normal} from '../support/random';

useBackend();

// Longer than a cache, so backends take them in parts. Fewer and more rows than are added in floats, and as many; another axis.
const SHAPES: [shape: number[], axis: number][] = [
  [[1, 32768], 1],
  [[10, 32768], 1],
  [[16, 16384], 1],
  [[3, 65536], 1],
  [[2, 2 ** 19], 1],
  [[2, 32768, 3], 1],
];

/** Term by term would take minutes: the definition, whose parts other specs hold against theirs. */
it.each(SHAPES)('WHTReLUPair and its derivatives of %j along axis %d are those of their parts', async (shape, axis) => {
  const n = shape[axis];
  const size = tf.util.sizeFromShape(shape);
  const outputs = tf.tidy(() => {
    const [x, dy] = [1, 2].map((seed) => tf.tensor(normal(size, seed), shape));
    const [signs, negative, positive] = [3, 4, 5].map((seed) => tf.tensor1d(normal(n, seed)));
    const attrs = {axis, scale: 1 / Math.sqrt(n), units: n, tiled: false, moved: 0};
    const block = {x, signs, negative, positive};
    const gradient = {...block, dy};
    const slopes = {x, signs, dy};
    const backward = {z: x, signs, negative, positive, dy};
    const pair = {units: n, inner: tf.util.sizeFromShape(shape.slice(axis + 1))};
    return [
      [runKernel(whtReLUPairKernel, block, attrs), whtReLUPairKernel.forward(block, attrs)],
      [runKernel(whtReLUPairForwardKernel, block, attrs), whtReLUPairForwardKernel.forward(block, attrs)],
      [runKernel(whtReLUPairBackwardKernel, backward, attrs), whtReLUPairBackwardKernel.forward(backward, attrs)],
      [runKernel(reluPairSlopesKernel, {x, dy}, pair), reluPairSlopesKernel.forward({x, dy}, pair)],
      [runKernel(whtReLUPairGradientKernel, gradient, attrs), whtReLUPairGradientKernel.forward(gradient, attrs)],
      [runKernel(whtReLUPairSlopesKernel, slopes, attrs), whtReLUPairSlopesKernel.forward(slopes, attrs)],
    ].map((pair) => pair.map((result) => [result].flat()));
  });
  for (const [actual, expected] of outputs) {
    for (const [i, tensor] of actual.entries()) {
      expectClose(await values(tensor), Float64Array.from(await values(expected[i])), {relative: 3e-6});
    }
  }
  tf.dispose(outputs);
});
