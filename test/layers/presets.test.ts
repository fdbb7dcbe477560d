import * as tf from '@tensorflow/tfjs';
import {layers} from 'tfjs-piecewise';
import {useBackend} from '../support/backend';
import {expectClose} from '../support/close';
import {uniform} from '../support/random';
import {outputs} from './models';
import {disposeUsed, used} from './used_layers';
import {countPieces, functionsOf} from './wave_functions';

useBackend();

const {square, sawtooth, product} = layers;
const along = (layer: tf.layers.Layer, x: ArrayLike<number>) =>
  outputs(layer, () => tf.tensor2d(Float32Array.from(x), [x.length, 1]));
const grid = (low: number, high: number, steps: number) =>
  Array.from({length: steps + 1}, (_, i) => low + ((high - low) * i) / steps);
const mean = (numbers: number[]) => numbers.reduce((sum, value) => sum + value, 0) / numbers.length;

describe('square', () => {
  disposeUsed();

  it.each([
    [1, [0, 1]],
    [3, [0, 1]],
    [6, [0, 1]],
    [4, [-1, 1]],
    [5, [-2, 5]],
  ] as [number, [number, number]][])(
    'of depth %d on %j is x^2 with the largest and the mean error that are known',
    async (depth, [low, high]) => {
      const layer = used(square({depth, domain: [low, high]}), [1]);
      const x = grid(low, high, 2 ** (depth + 1) * 16);
      const errors = Array.from(await along(layer, x), (y, i) => y - x[i] ** 2);
      const length = high - low;
      const worst = length ** 2 / 2 ** (2 * depth + 2);
      const rounding = 5e-7 * Math.max(1, low ** 2, high ** 2);
      expect(Math.max(...errors)).toBeGreaterThan(worst - rounding);
      expect(Math.max(...errors)).toBeLessThan(worst + rounding);
      expect(Math.min(...errors)).toBeGreaterThan(-rounding);
      const meanSquare = mean(errors.slice(1).map((e) => e ** 2));
      expect(meanSquare / (length ** 4 / (30 * 16 ** depth))).toBeCloseTo(1, 1);
    },
  );

  it('goes on beyond its domain with the slopes of its end pieces', async () => {
    const layer = used(square({depth: 2, domain: [-1, 1]}), [1]);
    expectClose(await along(layer, [-2, 3]), [2.5, 4]); // 1 + 1.5 (|x| - 1)
  });
});

describe('sawtooth', () => {
  disposeUsed();

  it.each([1, 2, 5, 10])('of depth %d goes up and down 2^(depth - 1) times, in 2^depth pieces', async (depth) => {
    const layer = used(sawtooth({depth, domain: [0, 2]}), [1]);
    const [f] = await functionsOf(layer);
    expect(countPieces(f)).toBe(2 ** depth);
    const y = await along(layer, [-1, ...grid(0, 2, 2 ** depth), 3]);
    expect(Array.from(y)).toEqual([0, ...grid(0, 2, 2 ** depth).map((_, i) => i % 2), 0]);
  });
});

describe('product', () => {
  disposeUsed();

  it.each([
    [2, 1],
    [5, 1],
    [4, 3],
  ])('of depth %d on [-%d, %d]^2 is x y, up to range^2 / 4^depth', async (depth, range) => {
    const layer = used(product({depth, range}), [2]);
    const x = uniform(4000, 1, -range, range);
    const y = await outputs(layer, () => tf.tensor2d(x, [2000, 2]));
    const errors = Array.from(y, (z, i) => Math.abs(z - x[2 * i] * x[2 * i + 1]));
    const worst = range ** 2 / 4 ** depth;
    expect(Math.max(...errors)).toBeLessThan(worst + 1e-6 * range ** 2);
    expect(Math.max(...errors)).toBeGreaterThan(0.8 * worst);
  });

  it('refuses a range of 0 and inputs that are not two', () => {
    expect(() => product({range: 0, name: 'mine'})).toThrow('product: range must be');
    const apply = () => product().apply(tf.input({shape: [3]}));
    expect(apply).toThrow('initializer Given: values must have the shape [3,2] of the weight, but received [2,2]');
  });
});

describe('a preset', () => {
  disposeUsed();

  it.each([
    ['square', square, [3]],
    ['sawtooth', sawtooth, [3]],
    ['product', product, [2]],
  ] as [string, (args: layers.PresetArgs) => tf.layers.Layer, number[]][])(
    '%s is frozen, unless it is asked to train',
    (_, make, shape) => {
      expect(used(make({}), shape).trainableWeights).toEqual([]);
      const trainable = used(make({trainable: true}), shape);
      expect(trainable.trainableWeights).toEqual(trainable.weights);
    },
  );
});
