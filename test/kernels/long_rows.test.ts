import * as tf from '@tensorflow/tfjs';
import 'tfjs-piecewise';
import {runKernel} from '../../src/engine';
import {type Expansion, unexpanded} from '../../src/ops/fit_units';
import {reluPairSlopesKernel} from '../../src/ops/relu_pair';
import {selectedWalshHadamardKernel} from '../../src/ops/selected_walsh_hadamard';
import {
  whtReLUPairBackwardKernel,
  whtReLUPairForwardKernel,
  whtReLUPairGradientKernel,
  whtReLUPairKernel,
  whtReLUPairSlopesKernel,
} from '../../src/ops/wht_relu_pair';
import {expandUnits} from '../ops/expand_units';
import {backendName, useBackend, values} from '../support/backend';
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

/** What a backend keeps for the way back it does not transform again. */
const keeps = backendName !== 'webgpu';

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
    const again = () => [
      [runKernel(whtReLUPairGradientKernel, gradient, attrs), whtReLUPairGradientKernel.forward(gradient, attrs)],
      [runKernel(whtReLUPairSlopesKernel, slopes, attrs), whtReLUPairSlopesKernel.forward(slopes, attrs)],
    ];
    const kept = () => [
      [runKernel(reluPairSlopesKernel, {x, dy}, pair), reluPairSlopesKernel.forward({x, dy}, pair)],
      [runKernel(whtReLUPairForwardKernel, block, attrs), whtReLUPairForwardKernel.forward(block, attrs)],
      [runKernel(whtReLUPairBackwardKernel, backward, attrs), whtReLUPairBackwardKernel.forward(backward, attrs)],
    ];
    return [
      [runKernel(whtReLUPairKernel, block, attrs), whtReLUPairKernel.forward(block, attrs)],
      ...(keeps ? kept() : again()),
    ].map((pair) => pair.map((result) => [result].flat()));
  });
  await expectAlike(outputs);
});

it.each(SHAPES)(
  'those of an input that becomes %j along axis %d are as if it had been so long',
  async (shape, axis) => {
    const n = shape[axis];
    const units = Math.ceil(n / 3);
    const outputs = tf.tidy(() => {
      const short = shape.map((length, i) => (i === axis ? units : length));
      const x = tf.tensor(normal(tf.util.sizeFromShape(short), 1), short);
      const [signs, negative, positive] = [3, 4, 5].map((seed) => tf.tensor1d(normal(n, seed)));
      const indices = tf.range(0, n, Math.ceil(n / 100), 'int32');
      const inverse = tf.tensor1d([], 'int32');
      return [true, false].flatMap((tiled) => {
        const moved = tiled ? units + 1001 : 1001;
        const offset = tf.tensor1d(normal(moved, 6));
        const whole = expandUnits(x, axis, n, tiled ? 'tile' : 'pad', offset);
        const attrs = {axis, scale: 1 / Math.sqrt(n), transposed: false, fixed: true};
        const expansion = {units, tiled, moved};
        const both = (run: (input: tf.Tensor, of: Expansion, more: {offset?: tf.Tensor}) => tf.Tensor | tf.Tensor[]) =>
          [run(x, expansion, {offset}), run(whole, unexpanded(n), {})].map((result) => [result].flat());
        return [
          both((input, of, more) =>
            runKernel(
              keeps ? whtReLUPairForwardKernel : whtReLUPairKernel,
              {x: input, signs, negative, positive, ...more},
              {...attrs, ...of},
            ),
          ),
          both((input, of, more) =>
            runKernel(selectedWalshHadamardKernel, {x: input, signs, indices, inverse, ...more}, {...attrs, ...of}),
          ),
        ];
      });
    });
    await expectAlike(outputs);
  },
);

async function expectAlike(outputs: tf.Tensor[][][]): Promise<void> {
  for (const [actual, expected] of outputs) {
    for (const [i, tensor] of actual.entries()) {
      expectClose(await values(tensor), Float64Array.from(await values(expected[i])), {relative: 3e-6});
    }
  }
  tf.dispose(outputs);
}
