import * as tf from '@tensorflow/tfjs';
import {initializers} from 'tfjs-piecewise';

const {torchLinear} = initializers;

const draw = (args: initializers.TorchLinearArgs, shape: number[]) =>
  tf.tidy(() => Array.from(torchLinear(args).apply(shape).dataSync()));

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('torchLinear', () => {
  it.each([
    ['a kernel', {seed: 1}, [16, 500], 1 / 4],
    ['the bias of a layer with 16 inputs', {seed: 1, fanIn: 16}, [8000], 1 / 4],
    ['a convolution of 3 x 3 positions and 4 channels', {seed: 2}, [3, 3, 4, 200], 1 / 6],
  ])('of %s is uniform within 1 / sqrt(fanIn)', (_, args, shape, limit) => {
    const values = draw(args, shape);
    expect(Math.max(...values)).toBeLessThan(limit);
    expect(Math.max(...values)).toBeGreaterThan(0.99 * limit);
    expect(Math.min(...values)).toBeGreaterThan(-limit);
    expect(Math.min(...values)).toBeLessThan(-0.99 * limit);
    expect(Math.abs(mean(values))).toBeLessThan(0.03 * limit);
    expect(mean(values.map((value) => value ** 2))).toBeCloseTo(limit ** 2 / 3, 3);
  });

  it('draws kernel and bias independently', () => {
    const kernel = draw({seed: 3, fanIn: 4}, [4, 50]);
    const bias = draw({seed: 3, fanIn: 4}, [50]);
    expect(bias).not.toEqual(kernel.slice(0, 50));
    expect(new Set([...kernel, ...bias]).size).toBe(250);
  });

  it('refuses a bias without fanIn, and a fanIn that is no count', () => {
    expect(() => torchLinear({}).apply([4])).toThrow(
      'initializer TorchLinear: a bias needs the number of inputs of its units, but received shape [4]. For example {fanIn: 16}',
    );
    expect(() => torchLinear({fanIn: 0})).toThrow('fanIn must be an integer >= 1, but received 0');
  });
});
