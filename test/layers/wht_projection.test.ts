import * as tf from '@tensorflow/tfjs';
import {layers, randomSigns} from 'tfjs-piecewise';
import {randomBits, randomPermutation} from '../../src/math/random';
import * as definitions from '../kernels/definitions';
import {useBackend} from '../support/backend';
import {expectClose} from '../support/close';
import {normal} from '../support/random';
import {outputs, weightsOf} from './models';

useBackend();

const {whtProjection} = layers;
type Args = layers.WHTProjectionArgs;

/** The outputs of a new layer for rows of x. */
async function project(args: Args, x: Float32Array, shape: number[]): Promise<Float32Array> {
  const layer = whtProjection(args);
  const y = await outputs(layer, () => tf.tensor(x, shape));
  layer.dispose();
  return y;
}

/** One row in doubles: `g S H D_rounds ((H D_(rounds - 1)) ... (H D_1) E x + v)`. */
function reference(x: Float32Array, args: Args & {seed: number}): number[] {
  const {units, seed, rounds = 1, expand = 'tile', contract = 'subsample', randomBias = 0.5} = args;
  const n = 2 ** Math.ceil(Math.log2(Math.max(x.length, units)));
  const padded = (i: number) => (expand === 'pad' && i >= x.length ? 0 : x[i % x.length]);
  let y = Float64Array.from({length: n}, (_, i) => padded(i));
  const bits = randomBits(seed, 2 ** 16 + 2);
  const terms = Math.min(n, 32);
  const limit = randomBias * Math.sqrt((3 * (expand === 'tile' ? n : x.length)) / terms);
  const bias = (i: number) => (i < terms ? limit * ((bits(i) + 0.5) / 2 ** 31 - 1) : 0);
  for (let round = 0; round < rounds; round++) {
    if (round === rounds - 1) y = y.map((value, i) => value + bias(i));
    const before = randomSigns(n, {seed, round});
    y = definitions.walshHadamard(y, [1, n, 1], {scale: 1 / Math.sqrt(n), before});
  }
  const random = randomPermutation(n, seed, rounds).slice(0, units).sort();
  const places = contract === 'head' || units === n ? Array.from({length: units}, (_, i) => i) : [...random];
  const length = expand === 'tile' ? x.length : n;
  return places.map((i) => y[i] * Math.sqrt(Math.max(1, length / units)));
}

const meanSquare = (x: Float32Array) => x.reduce((sum, value) => sum + value ** 2, 0) / x.length;

describe('whtProjection', () => {
  const cases: [string, number, Args & {seed: number}][] = [
    ['as many units as inputs', 16, {units: 16, seed: 1}],
    ['one unit', 5, {units: 1, seed: 2}],
    ['three units of three inputs', 3, {units: 3, seed: 3}],
    ['one input', 1, {units: 4, seed: 4}],
    ['1000 units of 20 inputs', 20, {units: 1000, seed: 5}],
    ['1000 units, padded', 20, {units: 1000, seed: 5, expand: 'pad'}],
    ['fewer units than inputs', 100, {units: 10, seed: 6}],
    ['the first of the outputs', 100, {units: 10, seed: 6, contract: 'head'}],
    ['two rounds', 12, {units: 6, rounds: 2, seed: 7}],
    ['a bias of another size', 12, {units: 6, rounds: 2, seed: 9, randomBias: 2}],
    ['no bias', 12, {units: 6, rounds: 2, seed: 9, randomBias: 0}],
    ['three rounds, padded, the first outputs', 12, {units: 10, rounds: 3, seed: -8, expand: 'pad', contract: 'head'}],
  ];
  it.each(cases)('computes what its formula says: %s', async (_, inputs, args) => {
    const x = normal(2 * inputs, 1);
    const y = await project(args, x, [2, inputs]);
    const rows = [x.subarray(0, inputs), x.subarray(inputs)].map((row) => reference(row, args));
    expectClose(y, rows.flat(), {relative: 2e-6});
    const trainable = await project({...args, trainableSigns: true}, x, [2, inputs]);
    expectClose(trainable, y, {relative: 2e-6});
  });

  it('gives the same outputs, bit for bit, for the same seed, and others for another', async () => {
    const x = normal(3 * 20, 2);
    const [first, second, other] = [11, 11, 12].map((seed) => project({units: 50, rounds: 2, seed}, x, [3, 20]));
    expect(await second).toEqual(await first);
    expect(await other).not.toEqual(await first);
  });

  it('draws other signs for each layer of a stack that is given no seed', () => {
    const model = tf.sequential({
      layers: [whtProjection({units: 8, inputShape: [8]}), whtProjection({units: 8}), whtProjection({units: 8})],
    });
    const seeds = model.layers.map((layer) => (layer as layers.WHTProjection).seed);
    expect(new Set(seeds).size).toBe(3);
    model.dispose();
  });

  it('keeps the length of every row if it has as many units as inputs, a power of two', async () => {
    const x = normal(4 * 64, 3);
    const y = await project({units: 64, rounds: 2, seed: 1, randomBias: 0}, x, [4, 64]);
    for (let row = 0; row < 4; row++) {
      const [before, after] = [x, y].map((t) => meanSquare(t.subarray(64 * row, 64 * row + 64)));
      expect(after / before).toBeCloseTo(1, 5);
    }
  });

  it('keeps it on average over the seeds, whatever its width: a random projection', async () => {
    const x = normal(100, 4);
    const seeds = Array.from({length: 40}, (_, seed) => seed);
    const expected = x.reduce((sum, value) => sum + value ** 2, 0);
    const args: Args = {units: 30, rounds: 2, expand: 'pad', randomBias: 0};
    const ratios = seeds.map((seed) => {
      const y = reference(x, {...args, seed});
      return y.reduce((sum, value) => sum + value ** 2, 0) / expected;
    });
    const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / 40;
    // One ratio has a deviation of sqrt(2 / 30) at most.
    expect(Math.abs(mean - 1)).toBeLessThan(3 * Math.sqrt(2 / 30 / 40));
    expectClose(await project({...args, seed: 39}, x, [1, 100]), reference(x, {...args, seed: 39}));
  });

  it('mixes axis 1 in each channel by itself, with the same signs, and leaves the channels apart', async () => {
    const [tokens, channels, units] = [5, 3, 8];
    const x = normal(2 * tokens * channels, 5);
    const y = await project({units, axis: 1, seed: 6}, x, [2, tokens, channels]);
    expect(y.length).toBe(2 * units * channels);
    for (let sample = 0; sample < 2; sample++) {
      for (let channel = 0; channel < channels; channel++) {
        const at = (row: number) => (sample * tokens + row) * channels + channel;
        const column = Float32Array.from({length: tokens}, (_, row) => x[at(row)]);
        const actual = Array.from({length: units}, (_, i) => y[(sample * units + i) * channels + channel]);
        expectClose(actual, reference(column, {units, seed: 6}), {relative: 2e-6});
      }
    }
  });

  it('takes axis -2 for the last but one, and then any number of the last', async () => {
    const x = normal(2 * 4 * 6, 7);
    const [fromEnd, fromFront] = [-2, 1].map((axis) => project({units: 7, axis, seed: 1}, x, [2, 4, 6]));
    expect(await fromEnd).toEqual(await fromFront);
  });

  // fast-transforms.md 5.3: after zero padding and one round, each output appears n / d times.
  it('gives as many different features as units when it tiles, and only as many as inputs when it pads', async () => {
    const x = normal(8, 8);
    const different = async (args: Partial<Args>) => {
      const y = await project({units: 64, seed: 2, randomBias: 0, ...args}, x, [1, 8]);
      return new Set(Array.from(y, (value) => Math.abs(value).toPrecision(4))).size;
    };
    expect(await different({expand: 'pad'})).toBe(8);
    expect(await different({expand: 'tile'})).toBeGreaterThan(60);
    expect(await different({expand: 'pad', rounds: 2})).toBeGreaterThan(60);
  });

  it('takes other outputs to subsample than the first', async () => {
    const x = normal(64, 9);
    const [subsample, head] = await Promise.all(
      (['subsample', 'head'] as const).map((contract) => project({units: 8, seed: 3, contract}, x, [1, 64])),
    );
    expect(subsample).not.toEqual(head);
  });

  it('on the sphere forgets the size of its input, gives mean square 1, and 0 for 0', async () => {
    const x = normal(32, 10);
    const args: Args = {units: 32, seed: 4, inputNorm: 'sphere', randomBias: 0};
    const y = await project(args, x, [1, 32]);
    expect(meanSquare(y)).toBeCloseTo(1, 5);
    expectClose(
      await project(
        args,
        x.map((value) => 1000 * value),
        [1, 32],
      ),
      y,
    );
    expect([...(await project(args, new Float32Array(32), [1, 32]))].map((value) => value + 0)).toEqual(
      new Array(32).fill(0),
    );
  });

  it('adds its bias along its axis, then applies its activation', async () => {
    const layer = whtProjection({units: 4, axis: 1, seed: 5, useBias: true, activation: 'relu', inputShape: [4, 2]});
    const model = tf.sequential({layers: [layer]});
    const bias = Float32Array.of(-1, 0, 1, 2);
    tf.tidy(() => layer.setWeights([tf.tensor1d(bias)]));
    const x = normal(8, 11);
    const plain = await project({units: 4, axis: 1, seed: 5}, x, [1, 4, 2]);
    const y = await outputs(model, () => tf.tensor(x, [1, 4, 2]));
    expectClose(
      y,
      plain.map((value, k) => Math.max(0, value + bias[k >> 1])),
    );
    model.dispose();
  });

  it('trains its signs, which start at the fixed ones of its seed', async () => {
    const layer = whtProjection({units: 8, rounds: 2, trainableSigns: true, seed: 6});
    const x = normal(8 * 8, 12);
    await outputs(layer, () => tf.tensor(x, [8, 8]));
    const {signs} = await weightsOf(layer);
    expect([...signs]).toEqual([...randomSigns(8, {seed: 6}), ...randomSigns(8, {seed: 6, round: 1})]);
    const optimizer = tf.train.sgd(0.1);
    const loss = () => tf.mean(tf.square(tf.sub(layer.apply(tf.tensor(x, [8, 8])) as tf.Tensor, 1))) as tf.Scalar;
    tf.tidy(() => {
      optimizer.minimize(loss);
    });
    const trained = (await weightsOf(layer)).signs;
    expect(trained.every((value, i) => value !== signs[i] && Math.abs(value - signs[i]) < 1)).toBe(true);
    optimizer.dispose();
    layer.dispose();
  });
});

describe('its random bias', () => {
  it.each([
    ['many inputs', 784, {units: 1024}],
    ['two inputs', 2, {units: 256}],
    ['fewer units than inputs', 784, {units: 256}],
    ['padded inputs', 20, {units: 1024, expand: 'pad'}],
    ['three rounds', 64, {units: 1024, rounds: 3}],
    ['the sphere', 784, {units: 1024, inputNorm: 'sphere'}],
  ] as [string, number, Args][])(
    'is half as large as a standardized input makes the outputs: %s',
    async (_, d, args) => {
      const [rows, seed] = [Math.ceil(4000 / d), 3];
      const x = normal(rows * d, 13);
      const y = meanSquare(await project({...args, seed, randomBias: 0}, x, [rows, d]));
      const bias = await project({...args, seed}, new Float32Array(d), [1, d]);
      expect(Math.abs(Math.sqrt(meanSquare(bias) / y) - 0.5)).toBeLessThan(0.1); // of 32 numbers
      const sizes = new Set(Array.from(bias, (value) => Math.abs(value).toPrecision(4))).size;
      expect(sizes).toBeGreaterThanOrEqual(30); // two may be the same to four digits
    },
  );

  it('is the same for all positions of other axes, and the only thing that a projection of zeros gives', async () => {
    const y = await project({units: 8, axis: 1, seed: 6}, new Float32Array(2 * 5 * 3), [2, 5, 3]);
    expectClose(
      y,
      Array.from({length: 48}, (_, k) => reference(new Float32Array(5), {units: 8, seed: 6})[Math.floor(k / 3) % 8]),
      {relative: 2e-6},
    );
  });

  it('is none in a layer that was saved before there was one, and its size is saved', async () => {
    const config = {name: 'old', trainable: true, units: 8, rounds: 2, axis: -1, trainableSigns: false, seed: 5};
    const saved = {
      ...config,
      expand: 'tile',
      contract: 'subsample',
      inputNorm: 'none',
      useBias: false,
      randomVersion: 1,
    };
    const {WHTProjection} = layers;
    const from = (config: object) => WHTProjection.fromConfig(WHTProjection, {...config}) as layers.WHTProjection;
    const old = from({...saved, activation: null});
    const x = normal(5, 14);
    expectClose(
      await outputs(old, () => tf.tensor2d(x, [1, 5])),
      reference(x, {units: 8, rounds: 2, seed: 5, randomBias: 0}),
      {
        relative: 2e-6,
      },
    );
    expect(old.getConfig().randomBias).toBe(0);
    expect(whtProjection({units: 8}).getConfig().randomBias).toBe(0.5);
    expect(from({...saved, randomBias: 0.25}).randomBias).toBe(0.25);
    old.dispose();
  });
});

describe('whtProjection refuses', () => {
  const bad = (args: object) => () => whtProjection({name: 'mine', ...args} as Args);
  it.each([
    ['units 0', bad({units: 0}), 'layer mine: units must be an integer >= 1, but received 0.'],
    ['half a unit', bad({units: 2.5}), 'units must be an integer >= 1, but received 2.5'],
    ['units NaN', bad({units: Number.NaN}), 'received NaN'],
    ['no units', bad({}), 'received undefined'],
    ['no rounds', bad({units: 4, rounds: 0}), 'rounds must be an integer >= 1, but received 0'],
    ['a negative bias', bad({units: 4, randomBias: -1}), 'randomBias must be a finite number >= 0, but received -1'],
    ['a bias that says yes', bad({units: 4, randomBias: true}), 'randomBias must be a finite number >= 0'],
    ['a seed that is no integer', bad({units: 4, seed: 0.5}), 'seed must be an integer'],
    ['unknown words', bad({units: 4, expand: 'repeat'}), "expand must be one of 'tile', 'pad', but received 'repeat'"],
    ['other unknown words', bad({units: 4, contract: 'tail'}), "contract must be one of 'subsample', 'head'"],
    ['an unknown norm', bad({units: 4, inputNorm: 'ball'}), "inputNorm must be one of 'none', 'sphere'"],
    [
      'random numbers of a later version',
      bad({units: 4, randomVersion: 2}),
      'randomVersion must be 1',
      'newer tfjs-piecewise',
    ],
    [
      'the batch axis',
      () => whtProjection({units: 4, axis: 0, name: 'mine'}).build([null, 4]),
      'layer mine: axis 0 must be an axis of the input other than the batch axis 0, but received input shape [null,4].',
    ],
    [
      'an axis that the input does not have',
      () => whtProjection({units: 4, axis: 3, name: 'mine'}).build([null, 4, 4]),
      'axis 3 must be an axis of the input',
    ],
  ] as [string, () => unknown, ...string[]][])('%s', (_, call, ...parts) => {
    for (const part of parts) expect(call).toThrow(part);
  });
});
