import * as tf from '@tensorflow/tfjs';
import {readPiecewiseLinear} from '../../../src/analysis/piecewise_linear/read_model';
import type {Affine} from '../../../src/analysis/piecewise_linear/steps';
import {joinSteps} from '../../../src/analysis/regions/joined_steps';
import {normal} from '../../support/random';
import {shuffled} from '../support/models';

const {conv2d, depthwiseConv2d, batchNormalization} = tf.layers;
const inputShape = [5, 6, 3];

/** What `few` gives, as a whole row. */
function wholeRow(step: Affine, places: number[], values: Float64Array, of?: 'absolute'): Float64Array {
  const few = {places: Int32Array.from(places), values, count: places.length};
  const {sums, starts, block, count} = step.few!(few, of);
  const row = new Float64Array(step.outputs);
  for (const start of starts.subarray(0, count)) row.set(sums.subarray(start, start + block), start);
  return row;
}

it.each([
  ['a convolution', () => [conv2d({filters: 9, kernelSize: 3, padding: 'same', inputShape})]],
  ['one with strides', () => [conv2d({filters: 2, kernelSize: 2, strides: 2, inputShape})]],
  ['one of each channel', () => [depthwiseConv2d({kernelSize: 3, depthMultiplier: 2, inputShape})]],
  ['one with a normalization', () => [conv2d({filters: 4, kernelSize: 2, inputShape}), batchNormalization()]],
] as const)(
  'of an input that is mostly 0, %s gives the numbers that are reached, the same to the last bit',
  async (_, make) => {
    const model = shuffled(tf.sequential({layers: make()}));
    const {nodes} = joinSteps(await readPiecewiseLinear(model, 'test'));
    model.dispose();
    const [{step}] = nodes;
    if (step.kind !== 'affine') throw new Error('a linear map was expected');
    const values = Float64Array.from(normal(3, 1));
    for (const places of [[0, 1, 47], [88, 89], [33], [0, 40, 80]]) {
      const x = new Float64Array(step.inputs);
      for (const [i, place] of places.entries()) x[place] = values[i];
      expect(wholeRow(step, places, values)).toEqual(step.linear(x, 1).map((y) => y + 0)); // no -0
      const sizes = values.map(Math.abs);
      expect(wholeRow(step, places, sizes, 'absolute')).toEqual(step.absolute(x.map(Math.abs), 1));
    }
  },
);
