import * as tf from '@tensorflow/tfjs';
import {layers} from 'tfjs-piecewise';
import {useBackend} from '../support/backend';
import {expectClose} from '../support/close';
import {normal} from '../support/random';
import {outputs, weightsOf} from './models';

useBackend();

const {reluPair} = layers;
type Args = layers.ReLUPairArgs;

/** A layer used once on rows of x. */
async function used(args: Args, x: Float32Array, shape: number[]) {
  const layer = reluPair(args);
  const y = await outputs(layer, () => tf.tensor(x, shape));
  return {layer, y};
}

const relu = (x: Float32Array) => x.map((value) => Math.max(0, value));

describe('reluPair', () => {
  it('of a quarter of 1024 units has exactly 512 trainable numbers, and no other weight', async () => {
    const {layer} = await used({parametricFraction: 0.25}, new Float32Array(1024), [1, 1024]);
    expect(layer.countParams()).toBe(512);
    expect(layer.trainableWeights.map(({shape}) => shape)).toEqual([[256], [256]]);
    expect(layer.nonTrainableWeights).toEqual([]);
    layer.dispose();
  });

  it('that shares slopes between 16 positions serves 4096 breakpoints with 512 numbers', async () => {
    const {layer} = await used({sharedAxes: [1]}, new Float32Array(16 * 256), [1, 16, 256]);
    expect(layer.countParams()).toBe(512);
    layer.dispose();
  });

  it.each([
    [0, 0],
    [0.1, 2],
    [0.49, 10],
    [0.5, 10],
    [1, 20],
  ])('of fraction %d of 10 units has %d trainable numbers: 2 round(fraction units)', async (fraction, count) => {
    const {layer} = await used({parametricFraction: fraction}, new Float32Array(10), [1, 10]);
    expect(layer.countParams()).toBe(count);
    layer.dispose();
  });

  it('of fraction 0 is ReLU, bit for bit', async () => {
    const x = normal(40, 1);
    const {layer, y} = await used({parametricFraction: 0}, x, [5, 8]);
    expect(y.map((value) => value + 0)).toEqual(relu(x));
    layer.dispose();
  });

  it('starts linear, or as ReLU of gain sqrt(2), or with slopes that keep the mean square, or as one says', async () => {
    const x = normal(2000, 2);
    const start = async (initializer: Args['initializer']) => {
      const {layer, y} = await used({initializer, seed: 4}, x, [1, 2000]);
      layer.dispose();
      return y;
    };
    expect(await start('zeroCurvature')).toEqual(x);
    expectClose(
      await start('relu'),
      relu(x).map((value) => value * Math.SQRT2),
    );
    expectClose(
      await start(tf.initializers.constant({value: -2})),
      x.map((value) => -2 * value),
    );
    const meanSquare = (v: Float32Array) => v.reduce((sum, value) => sum + value ** 2, 0) / v.length;
    expect(meanSquare(await start('uniform')) / meanSquare(x)).toBeCloseTo(1, 1);
  });

  it('draws uniform slopes from (-sqrt(3), sqrt(3)), other ones below zero than above, the same for the same seed', async () => {
    const draw = async (seed: number) => {
      const {layer} = await used({initializer: 'uniform', seed}, new Float32Array(500), [1, 500]);
      const weights = await weightsOf(layer);
      layer.dispose();
      return weights;
    };
    const [first, same, other] = [await draw(1), await draw(1), await draw(2)];
    expect(same).toEqual(first);
    expect(other.negative).not.toEqual(first.negative);
    expect(first.negative).not.toEqual(first.positive);
    const largest = Math.max(...first.negative.map(Math.abs));
    expect(largest).toBeLessThan(Math.sqrt(3));
    expect(largest).toBeGreaterThan(1.6);
  });

  it('of fraction 0.5 is linear at the start on the trained units, and ReLU on the others', async () => {
    const x = normal(8 * 12, 3);
    const {layer, y} = await used({parametricFraction: 0.5, seed: 5, fixedGain: 2}, x, [8, 12]);
    const linear = new Set<number>();
    for (const [k, value] of y.entries()) {
      if (x[k] < 0 && value !== 0) linear.add(k % 12);
    }
    expect(linear.size).toBe(6);
    for (const [k, value] of y.entries()) {
      expect(value + 0).toBe(linear.has(k % 12) ? x[k] : Math.max(0, 2 * x[k]));
    }
    layer.dispose();
  });

  it('trains only the slopes of its fraction, each by the inputs of its own unit', async () => {
    const x = normal(4 * 6, 6);
    const args: Args = {parametricFraction: 0.5, seed: 7};
    const {layer, y: before} = await used(args, x, [4, 6]);
    const learned = [Float32Array.of(10, 20, 30), Float32Array.of(40, 50, 60)];
    tf.tidy(() => layer.setWeights(learned.map((slopes) => tf.tensor1d(slopes))));
    const y = await outputs(layer, () => tf.tensor(x, [4, 6]));
    const trained = [0, 1, 2, 3, 4, 5].filter((unit) =>
      [0, 1, 2, 3].some((row) => y[6 * row + unit] !== before[6 * row + unit]),
    );
    expect(trained.length).toBe(3);
    // Units in order own the weights in order.
    for (const [k, value] of y.entries()) {
      const slot = trained.indexOf(k % 6);
      expectClose([value], [slot < 0 ? Math.max(0, x[k]) : x[k] * learned[x[k] < 0 ? 0 : 1][slot]]);
    }
    layer.dispose();
  });

  it('chooses other units for another seed, and the same for the same', async () => {
    const x = new Float32Array(64).fill(-1);
    const choose = async (seed: number) => {
      const {layer, y} = await used({parametricFraction: 0.5, seed}, x, [1, 64]);
      layer.dispose();
      return y;
    };
    expect(await choose(1)).toEqual(await choose(1));
    expect(await choose(2)).not.toEqual(await choose(1));
  });

  it('moves the breakpoint of each unit by its bias', async () => {
    const layer = reluPair({useBias: true, inputShape: [3]});
    const model = tf.sequential({layers: [layer]});
    tf.tidy(() => layer.setWeights([tf.tensor1d([0, 0, 2]), tf.tensor1d([1, 1, 3]), tf.tensor1d([0, 1, -2])]));
    const y = await outputs(model, () => tf.tensor2d([[-0.5, -0.5, 1]]));
    expectClose(y, [0, 0.5, -2]);
    model.dispose();
  });

  it('shares slopes along the axes it is told, also for inputs of any length there', async () => {
    const layer = reluPair({sharedAxes: [1], inputShape: [null, 2] as number[]});
    const model = tf.sequential({layers: [layer]});
    tf.tidy(() => layer.setWeights([tf.tensor2d([[2, 3]]), tf.tensor2d([[4, 5]])]));
    const y = await outputs(model, () => tf.tensor3d([-1, -1, 1, 1, -2, 2], [1, 3, 2]));
    expect([...y]).toEqual([-2, -3, 4, 5, -4, 10]);
    model.dispose();
  });
});

describe('reluPair refuses', () => {
  const bad = (args: object) => () => reluPair({name: 'mine', ...args} as Args);
  it.each([
    [
      'more than all units',
      bad({parametricFraction: 1.2}),
      'layer mine: parametricFraction must be a number from 0 to 1, but received 1.2.',
    ],
    ['fewer than none', bad({parametricFraction: -0.1}), 'from 0 to 1, but received -0.1'],
    ['a fraction NaN', bad({parametricFraction: Number.NaN}), 'received NaN'],
    ['to share the batch axis', bad({sharedAxes: 0}), 'sharedAxes must be an integer >= 1, but received 0'],
    ['half an axis', bad({sharedAxes: [1.5]}), 'received 1.5'],
    ['a gain NaN', bad({fixedGain: Number.NaN}), 'fixedGain must be a finite number'],
    ['random numbers of a later version', bad({randomVersion: 2}), 'randomVersion must be 1'],
    [
      'an unknown initializer',
      bad({initializer: 'loud'}),
      /an initializer must be one of 'zeroCurvature', 'relu', 'uniform', 'constant'.*but received 'loud'/,
    ],
    [
      'to share an axis that the input does not have',
      () => reluPair({sharedAxes: [2], name: 'mine'}).build([null, 4]),
      'layer mine: sharedAxes must be axes of the input, but received 2 for input shape [null,4].',
    ],
    [
      'an axis of unknown size',
      () => reluPair({name: 'mine'}).build([null, null, 4]),
      'the size of axis 1 must be known and >= 1, or the axis shared, but received input shape [null,null,4]. Give it in inputShape, or pass {sharedAxes: [1]}.',
    ],
  ])('%s', (_, call, message) => {
    expect(call).toThrow(message);
  });
});
