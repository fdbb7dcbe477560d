import * as tf from '@tensorflow/tfjs';
import {layers} from 'tfjs-piecewise';
import {useBackend} from '../support/backend';
import {expectClose} from '../support/close';
import {uniform} from '../support/random';
import {outputs} from './models';

useBackend();

const {blockDense, reluPair, regionDense, triangleWave, whtProjection} = layers;

const [STEPS, PADDED, FEATURES] = [3, 5, 4];
const POSITION_BY_POSITION: [name: string, make: () => tf.layers.Layer][] = [
  ['whtProjection', () => whtProjection({units: 6, seed: 1})],
  ['whtProjection with a pair', () => whtProjection({units: 6, seed: 1, activation: 'reluPair'})],
  ['reluPair', () => reluPair({sharedAxes: 1})],
  ['triangleWave', () => triangleWave({depth: 2, base: {intercept: 1}})],
  ['regionDense', () => regionDense({units: 3})],
  ['blockDense', () => blockDense({size: 2})],
];

/** A sequence, and the same with zeros after it. */
const values = uniform(STEPS * FEATURES, 1, 0.1, 1);
const sequence = () => tf.tensor3d(values, [1, STEPS, FEATURES]);
const padded = () => {
  const all = new Float32Array(PADDED * FEATURES);
  all.set(values);
  return tf.tensor3d(all, [1, PADDED, FEATURES]);
};

function model(layer: tf.layers.Layer, steps: number, mask: boolean): tf.Sequential {
  const first = mask
    ? tf.layers.masking({inputShape: [steps, FEATURES]})
    : tf.layers.dropout({rate: 0, inputShape: [steps, FEATURES]});
  const start = (seed: number) => tf.initializers.glorotUniform({seed});
  const lstm = tf.layers.lstm({units: 2, kernelInitializer: start(1), recurrentInitializer: start(2)});
  return tf.sequential({layers: [first, layer, lstm]});
}

async function result(
  layer: tf.layers.Layer,
  steps: number,
  mask: boolean,
  make: () => tf.Tensor,
): Promise<Float32Array> {
  const one = model(layer, steps, mask);
  const y = await outputs(one, make);
  one.dispose();
  return y;
}

it.each(POSITION_BY_POSITION)('%s hands a mask on: what is masked does not count', async (_, make) => {
  const expected = await result(make(), STEPS, false, sequence);
  expectClose(await result(make(), PADDED, true, padded), expected, {absolute: 1e-6, relative: 1e-6});
});

it('a projection along the axis of time stops a mask, which would mean nothing after it', async () => {
  const make = () => whtProjection({units: 4, axis: 1, seed: 1});
  const expected = await result(make(), PADDED, false, padded);
  expectClose(await result(make(), PADDED, true, padded), expected, {absolute: 1e-6, relative: 1e-6});
});
