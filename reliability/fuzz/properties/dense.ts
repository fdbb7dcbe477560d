import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import * as pw from 'tfjs-piecewise';
import {compare} from '../compare';
import {property, tensorOf} from '../property';
import {noValues, U} from '../reference';
import {plainNumbers} from '../values';

/** `pw.layers.dense` and the derivatives of its input and its weights. */
export const denseProperty = property({
  name: 'dense',
  weight: 1,
  cases: fc.record({
    rows: fc.integer({min: 0, max: 20}),
    inputs: fc.integer({min: 1, max: 40}),
    units: fc.integer({min: 1, max: 40}),
    useBias: fc.boolean(),
    x: plainNumbers,
    weights: plainNumbers,
    dy: plainNumbers,
    isView: fc.boolean(),
  }),
  async check({rows, inputs, units, useBias, x, weights, dy, isView}) {
    const layer = pw.layers.dense({units, useBias});
    layer.apply(tf.zeros([1, inputs])); // makes the weights
    const input = tensorOf(x, [rows, inputs], isView);
    const kernel = tensorOf(weights, [inputs, units]);
    const bias = tensorOf({...weights, seed: weights.seed + 1}, [units]);
    const upstream = tensorOf(dy, [rows, units]);
    layer.setWeights(useBias ? [kernel.tensor, bias.tensor] : [kernel.tensor]);

    const product = (
      length: number,
      [a, b]: [number, number],
      factors: (i: number, j: number, k: number) => number[],
    ) => {
      const result = noValues(a * b);
      for (let at = 0; at < a * b; at++) {
        for (let k = 0; k < length; k++) {
          const term = factors(Math.floor(at / b), at % b, k).reduce((left, right) => left * right);
          result.values[at] += term;
          result.bound[at] += (length + 4) * U * Math.abs(term);
        }
      }
      return result;
    };
    const ones = useBias ? 1 : 0;
    const y = product(inputs + ones, [rows, units], (r, u, i) =>
      i < inputs ? [input.values[r * inputs + i], kernel.values[i * units + u]] : [bias.values[u]],
    );
    const dx = product(units, [rows, inputs], (r, i, u) => [
      upstream.values[r * units + u],
      kernel.values[i * units + u],
    ]);
    const dkernel = product(rows, [inputs, units], (i, u, r) => [
      input.values[r * inputs + i],
      upstream.values[r * units + u],
    ]);
    const apply = (t: tf.Tensor) => layer.apply(t) as tf.Tensor;
    await compare('y', apply(input.tensor), [rows, units], y);
    await compare('dx', tf.grad(apply)(input.tensor, upstream.tensor), [rows, inputs], dx);
    const variables = layer.trainableWeights.map((weight) => weight.read() as tf.Variable);
    const loss = () => tf.sum(tf.mul(apply(input.tensor), upstream.tensor)) as tf.Scalar;
    const {grads} = tf.variableGrads(loss, variables);
    await compare('dkernel', grads[variables[0].name], [inputs, units], dkernel);
    if (useBias) {
      const dbias = product(rows, [1, units], (_, u, r) => [upstream.values[r * units + u]]);
      await compare('dbias', grads[variables[1].name], [units], dbias);
    }
    layer.dispose();
  },
});
