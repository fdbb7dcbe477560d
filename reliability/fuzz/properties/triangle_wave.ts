import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import * as pw from 'tfjs-piecewise';
import {compare, ensure} from '../compare';
import {property, tensorOf} from '../property';
import {triangleWave} from '../reference';
import {anyNumbers, anyShape, plainNumbers, uniforms} from '../values';

/** `pw.triangleWave`; its gradients have as many jumps as pieces, so of them shape and finite numbers are asked. */
export const triangleWaveProperty = property({
  name: 'triangleWave',
  weight: 3,
  cases: fc.record({
    shape: anyShape,
    depth: fc.integer({min: 1, max: 12}),
    inside: fc.boolean(),
    x: anyNumbers,
    edge: fc.constantFrom(0.3, 0.05, 1e-3, 1e-6),
    scales: plainNumbers,
    isView: fc.boolean(),
  }),
  async check({shape, depth, inside, x, edge, scales, isView}) {
    const channels = shape[shape.length - 1];
    const next = uniforms(x.seed);
    const input = tensorOf(x, shape, isView);
    if (inside) {
      // Most numbers of the recipe lie outside [0, 1], where the wave is 0.
      input.values.forEach((_, k) => {
        input.values[k] = next();
      });
      input.tensor = tf.tensor(input.values, shape);
    }
    const parameters = [channels, depth];
    const peaks = Float32Array.from({length: channels * depth}, () => edge + next() * (1 - 2 * edge));
    const weights = tensorOf(scales, parameters);
    const tensors = [input.tensor, tf.tensor(peaks, parameters), weights.tensor] as const;
    await compare('y', pw.triangleWave(...tensors), shape, triangleWave(input.values, peaks, weights.values, channels));

    const run = (...args: tf.Tensor[]) => pw.triangleWave(args[0], args[1], args[2]);
    const gradients = tf.grads(run)([...tensors], tf.ones(shape));
    for (const [i, of] of tensors.entries()) {
      ensure(
        tf.util.arraysEqual(gradients[i].shape, of.shape),
        () => `gradient ${i}: shape [${gradients[i].shape}], expected [${of.shape}]`,
      );
      const finite = input.values.every(Number.isFinite);
      const values = tf.getBackend() === 'webgpu' ? await gradients[i].data() : gradients[i].dataSync();
      ensure(
        !finite || depth > 5 || values.every(Number.isFinite),
        () => `gradient ${i} of finite numbers is not finite`,
      );
    }
  },
});
