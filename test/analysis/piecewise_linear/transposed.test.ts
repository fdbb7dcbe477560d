import * as tf from '@tensorflow/tfjs';
import {readPiecewiseLinear} from '../../../src/analysis/piecewise_linear/read_model';
import {normal} from '../../support/random';
import {MODELS, shuffled} from '../support/models';

const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value * b[i], 0);
const doubles = (n: number, seed: number) => Float64Array.from(normal(n, seed));

it.each(MODELS)('the linear maps of %s and their transposes: y . A x = A^T y . x, row by row', async (_, make) => {
  const model = shuffled(make());
  const {nodes} = await readPiecewiseLinear(model, 'test');
  // tfjs counts the uses of a layer, and disposes of one.
  const single = model.layers.filter((layer) => !(layer instanceof tf.LayersModel));
  for (const layer of single) for (const _use of layer.inboundNodes.slice(1)) layer.dispose();
  model.dispose();
  for (const {step} of nodes) {
    if (step.kind !== 'affine') continue;
    const {inputs, outputs} = step;
    const [x, y] = [doubles(2 * inputs, 1), doubles(2 * outputs, 2)];
    y.fill(0, outputs + 1); // the second row has one number: the way of bounds of one unit
    const [forth, back, sizes] = [step.linear(x, 2), step.transposed(y, 2), step.absolute(x.map(Math.abs), 2)];
    for (const row of [0, 1]) {
      const out = (values: Float64Array) => values.subarray(row * outputs, (row + 1) * outputs);
      const [a, b] = [dot(out(y), out(forth)), dot(back.subarray(row * inputs, (row + 1) * inputs), x.subarray(row * inputs, (row + 1) * inputs))]; // biome-ignore format: one line
      expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-12 * dot(out(y).map(Math.abs), out(sizes)));
    }
  }
});
