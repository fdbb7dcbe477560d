import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {readModel} from '../../oracle/read_model';
import {walk} from '../../oracle/walk';
import {mulberry32, normal, uniform} from '../../support/random';
import {shuffled} from '../support/models';
import {randomModel} from '../support/random_model';
import {waveNetwork} from '../support/wave_network';

const {analysis, layers} = pw;
const {countLinearRegions} = analysis;

describe('equals an exact walk in rational numbers', () => {
  const seeds = (first: number, count: number) => Array.from({length: count}, (_, i) => first + i);

  async function compare(seed: number, inputs: number, coarse: boolean, wider = 1): Promise<number> {
    const next = mulberry32(seed + 7);
    const end = () => Array.from({length: inputs}, () => Math.round(8 * next()) - 4);
    const from = end();
    const to = end().map((x, i) => (i === 0 && x === from[0] ? x + 3 : x));
    const model = randomModel(seed, inputs, coarse, wider);
    const actual = await countLinearRegions(model, {from, to});
    const expected = walk(readModel(model), from, to);
    model.dispose();
    expect([seed, actual.regions, actual.activationCells]).toEqual([seed, expected.regions, expected.activationCells]);
    actual.breakpoints.forEach((t, i) => {
      expect(t).toBeCloseTo(expected.breakpoints[i], 12);
    });
    return actual.activationCells;
  }

  it.each([
    [1, false],
    [2, false],
    [3, false],
    [1, true],
    [2, true],
    [5, true],
  ])('of 100 random networks of %i inputs (weights of few sizes: %p)', async (inputs, coarse) => {
    let cells = 0;
    for (const seed of seeds(1000 * inputs, 100)) cells += await compare(seed, inputs, coarse);
    expect(cells).toBeGreaterThan(200);
  });

  // More than the 128 cells that are followed at once, or nearly so.
  it.each([
    [false, 128],
    [true, 100],
  ])('of 5 wider networks (weights of few sizes: %p)', async (coarse, least) => {
    let most = 0;
    for (const seed of seeds(53, 5)) most = Math.max(most, await compare(seed, 3, coarse, 30));
    expect(most).toBeGreaterThan(least);
  });
});

describe('triangleWave', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])('of depth %i has exactly 2^depth regions', async (depth) => {
    jest.spyOn(console, 'warn').mockImplementation(); // depth 12 is said to be too deep for float32
    for (const curvature of ['convex', 'concave'] as const) {
      for (const seed of [1, 2, 3]) {
        const layer = layers.triangleWave({depth, curvature, seed, inputShape: [1]});
        const model = tf.sequential({layers: [layer]});
        const {regions, activationCells} = await countLinearRegions(model, {from: [0], to: [1]});
        expect([regions, activationCells]).toEqual([2 ** depth, 2 ** depth]);
        model.dispose();
      }
    }
  });
});

describe("triangleWave of curvature 'dc'", () => {
  const countOf = async (args: object) => {
    const model = tf.sequential({layers: [layers.triangleWave({curvature: 'dc', inputShape: [1], ...args})]});
    const {regions, activationCells} = await countLinearRegions(model, {from: [0], to: [1]});
    model.dispose();
    return [regions, activationCells];
  };

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('of depth %i has 2^(depth + 1) - 1 regions', async (depth) => {
    for (const seed of [1, 2, 3]) {
      const pieces = 2 ** (depth + 1) - 1;
      expect(await countOf({depth, seed})).toEqual([pieces, pieces]);
    }
  });

  it('has one where two equal waves cancel', async () => {
    const peakInitializer = pw.initializers.peakConstant({value: 0.3});
    expect(await countOf({depth: 5, peakInitializer})).toEqual([1, 1]);
  });
});

describe('a wave as a dense network', () => {
  // Generic code that looks for changes of sign is off from depth 6 on: ends at W = 0 become +-1e-17.
  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])('of depth %i has exactly 2^depth cells', async (depth) => {
    for (const seed of [1, 2, 3]) {
      const model = waveNetwork(Array.from(uniform(depth, seed), (x) => 1 + Math.floor(3 * x)));
      const {regions, activationCells} = await countLinearRegions(model, {from: [0], to: [1]});
      expect(activationCells).toBe(2 ** depth);
      expect(regions).toBe(walk(readModel(model), [0], [1]).regions);
      model.dispose();
    }
  });
});

describe('networks of any size', () => {
  const relu = (units: number, seed: number, inputShape?: number[]) =>
    tf.layers.dense({
      units,
      activation: 'relu',
      kernelInitializer: tf.initializers.heNormal({seed}),
      biasInitializer: tf.initializers.randomNormal({stddev: 0.1, seed: seed + 50}),
      ...(inputShape ? {inputShape} : {}),
    });

  it.each(['softmax', 'sigmoid', 'tanh'] as const)('leaves out a %s at the end, and says so', async (activation) => {
    const last = tf.layers.dense({units: 2, activation, kernelInitializer: 'ones', name: 'last'});
    const first = tf.layers.dense({units: 3, activation: 'relu', kernelInitializer: 'ones', inputShape: [1]});
    const model = tf.sequential({layers: [first, last]});
    const {regions, notes} = await countLinearRegions(model, {from: [-1], to: [1]});
    expect(regions).toBe(2);
    expect(notes).toEqual([`layer last: the ${activation} at the end is left out; this is about the logits.`]);
    model.dispose();
  });

  it('a value that is 0 except for rounding stays so through a maximum, and through a unit without a kink', async () => {
    const weighted = async (model: tf.LayersModel, weights: tf.Tensor[], from: number[], to: number[]) => {
      model.setWeights(weights);
      const {regions} = await countLinearRegions(model, {from, to});
      tf.dispose(weights);
      model.dispose();
      return regions;
    };
    const pooled = tf.sequential({
      layers: [
        tf.layers.dense({units: 4, useBias: false, inputShape: [2]}),
        tf.layers.reshape({targetShape: [2, 2, 1]}),
        tf.layers.maxPooling2d({poolSize: [1, 2]}),
        tf.layers.reLU(),
        tf.layers.flatten(),
        tf.layers.dense({units: 1, useBias: false}),
      ],
    });
    const matrices = [
      tf.tensor2d([
        [1, -1, 2, 1],
        [1, 1, -1, 3],
      ]),
      tf.tensor2d([[1], [1]]),
    ];
    expect(await weighted(pooled, matrices, [-0.1, -1 / 7], [0.2, 2 / 7])).toBe(2);

    const straight = tf.sequential({
      layers: [
        tf.layers.dense({units: 3, inputShape: [1]}),
        tf.layers.prelu(),
        tf.layers.reLU(),
        tf.layers.dense({units: 1, useBias: false}),
      ],
    });
    const numbers = [tf.tensor2d([[11, 55, -55]]), tf.tensor1d([-3, -15, 15]), tf.tensor1d([0, 1, 1]), tf.ones([3, 1])];
    expect(await weighted(straight, numbers, [0], [1])).toBe(2);
  });

  // The first pair meets at a place that is known to some digits only, the second exactly there.
  it.each([1e6, 1e8, 1e10])(
    'pairs of numbers of %d and of 1 that cross at one point bend there together',
    async (size) => {
      const model = tf.sequential({
        layers: [
          tf.layers.dense({units: 4, inputShape: [1]}),
          tf.layers.reshape({targetShape: [2, 2, 1]}),
          tf.layers.maxPooling2d({poolSize: [1, 2]}),
          tf.layers.flatten(),
          tf.layers.dense({units: 1, useBias: false}),
        ],
      });
      const weights = [tf.tensor2d([[3, -5, 1, -1]]), tf.tensor1d([size, size, 0, 0]), tf.tensor2d([[1], [1]])];
      model.setWeights(weights);
      expect(await countLinearRegions(model, {from: [-0.3], to: [0.7]})).toMatchObject({
        regions: 2,
        activationCells: 2,
      });
      tf.dispose(weights);
      model.dispose();
    },
  );

  it('refuses numbers that doubles do not hold', async () => {
    const huge = () =>
      tf.layers.dense({units: 1, useBias: false, kernelInitializer: tf.initializers.constant({value: 3e38})});
    const model = tf.sequential({
      layers: [tf.layers.dense({units: 1, activation: 'relu', inputShape: [1]}), ...Array.from({length: 10}, huge)],
    });
    const count = (from: number[], to: number[]) => countLinearRegions(model, {from, to});
    await expect(count([-1], [1])).rejects.toThrow(
      /^layer \S+: all values must be numbers that doubles hold, but received/,
    );
    await expect(count([-1e308], [1e308])).rejects.toThrow('to - from must be numbers that doubles hold');
    model.dispose();
  });

  it('a reLU of maxValue 0 is the constant 0', async () => {
    const model = tf.sequential({layers: [tf.layers.reLU({maxValue: 0, inputShape: [1]})]});
    expect((await countLinearRegions(model, {from: [-1], to: [1]})).regions).toBe(1);
    model.dispose();
  });

  it('refuses a variance below 0', async () => {
    const model = tf.sequential({layers: [tf.layers.batchNormalization({inputShape: [1], name: 'norm'})]});
    const weights = [1, 0, 0, -1].map((value) => tf.tensor1d([value]));
    model.setWeights(weights);
    await expect(countLinearRegions(model, {from: [-1], to: [1]})).rejects.toThrow('layer norm: only piecewise-linear');
    tf.dispose(weights);
    model.dispose();
  });

  it('784-512-512-10 in under 2 seconds', async () => {
    const last = tf.layers.dense({
      units: 10,
      activation: 'softmax',
      kernelInitializer: tf.initializers.heNormal({seed: 3}),
    });
    const model = tf.sequential({layers: [relu(512, 1, [784]), relu(512, 2), last]});
    const before = process.cpuUsage(); // of this process: the machine may be busy with others
    const {regions, activationCells, breakpoints, notes} = await countLinearRegions(model, {
      from: normal(784, 1),
      to: normal(784, 2),
    });
    const {user, system} = process.cpuUsage(before);
    expect((user + system) / 1e6).toBeLessThan(2);
    expect(activationCells).toBeGreaterThan(300);
    expect(regions).toBe(activationCells); // a kink of a live unit shows in some of ten outputs
    expect(breakpoints.length).toBe(regions - 1);
    expect(notes).toEqual([`layer ${last.name}: the softmax at the end is left out; this is about the logits.`]);
    model.dispose();
  });

  it('131,072 units of fast transforms', async () => {
    const model = tf.sequential({
      layers: [
        layers.whtProjection({units: 2 ** 17, seed: 1, inputShape: [64]}),
        layers.reluPair({initializer: 'uniform', seed: 1}),
        layers.whtProjection({units: 4, seed: 2}),
      ],
    });
    const from = [...normal(64, 1)];
    const to = [...normal(64, 2)].map((x, i) => from[i] + (x - from[i]) / 2000);
    const {regions, activationCells, breakpoints} = await countLinearRegions(model, {from, to});
    expect(regions).toBe(activationCells);
    // Each unit bends where its input, a sum of 64 numbers with signs, is 0.
    const before = layers.whtProjection({units: 2 ** 17, seed: 1, inputShape: [64]});
    const signs = tf.tidy(() => {
      const [a, b] = [from, to].map((x) => (before.apply(tf.tensor2d([x])) as tf.Tensor).dataSync());
      return a.filter((z, i) => z * b[i] < 0).length;
    });
    expect(Math.abs(breakpoints.length - signs)).toBeLessThanOrEqual(2); // those are rounded to float32
    expect(signs).toBeGreaterThan(10);
    before.dispose();
    model.dispose();
  });

  it('of 16,384 breakpoints after a wave of depth 14', async () => {
    const wave = layers.triangleWave({depth: 14, inputShape: [1]});
    const model = tf.sequential({
      layers: [wave, layers.whtProjection({units: 4, seed: 1, randomBias: 0}), tf.layers.reLU()],
    });
    const {regions} = await countLinearRegions(model, {from: [0], to: [1]});
    expect(regions).toBeGreaterThanOrEqual(2 ** 14);
    model.dispose();
  });
});

describe('regions and activation cells', () => {
  it('are told apart: a kink that nothing reads is none of the output', async () => {
    const hidden = tf.layers.dense({units: 2, activation: 'relu', inputShape: [1]});
    const last = tf.layers.dense({units: 1});
    const model = tf.sequential({layers: [hidden, last]});
    tf.tidy(() => {
      hidden.setWeights([tf.tensor2d([[1, 1]]), tf.tensor1d([-0.25, -0.5])]);
      last.setWeights([tf.tensor2d([[0], [2]]), tf.tensor1d([0])]);
    });
    const {regions, activationCells, breakpoints} = await countLinearRegions(model, {from: [0], to: [1]});
    expect([regions, activationCells, breakpoints]).toEqual([2, 3, [0.5]]);
    model.dispose();
  });

  it('count no rounding: relu(z) - relu(-z) - z is 0 everywhere', async () => {
    const [split, plus, minus] = [6, 1, 1].map((units) => tf.layers.dense({units}));
    const input = tf.input({shape: [3]});
    const z = tf.layers.dense({units: 3}).apply(input);
    const pairs = tf.layers.reLU().apply(split.apply(z));
    const zero = tf.layers.add().apply([plus.apply(pairs), minus.apply(z)] as tf.SymbolicTensor[]);
    const outputs = tf.layers.dense({units: 4, activation: 'relu', useBias: false}).apply(zero) as tf.SymbolicTensor;
    const model = shuffled(tf.model({inputs: input, outputs}));
    const before = tf.model({inputs: input, outputs: pairs as tf.SymbolicTensor});
    const eye = [0, 1, 2].map((i) => [0, 1, 2].map((j) => Number(i === j)));
    const thirds = [1, 2, 3].map((x) => x / 3);
    tf.tidy(() => {
      split.setWeights([tf.tensor2d(eye.map((row) => [...row, ...row.map((x) => -x)])), tf.zeros([6])]);
      plus.setWeights([tf.tensor2d([...thirds, ...thirds.map((x) => -x)], [6, 1]), tf.zeros([1])]);
      minus.setWeights([tf.tensor2d(thirds, [3, 1]).neg(), tf.zeros([1])]);
    });
    const segment = {from: [-3, 2, 4], to: [3, -2, -4]};
    const bends = await countLinearRegions(before, segment); // two or three z pass 0
    expect(bends.regions).toBeGreaterThanOrEqual(3);
    const {regions, activationCells} = await countLinearRegions(model, segment);
    expect([regions, activationCells]).toEqual([1, bends.regions]); // the sum stays there
    model.dispose();
  });

  it('give nothing to a reluPair that still is linear', async () => {
    const model = tf.sequential({layers: [layers.reluPair({inputShape: [4]})]});
    const {activationCells} = await countLinearRegions(model, {from: [-1, -1, -1, -1], to: [1, 2, 3, 4]});
    expect(activationCells).toBe(1);
    model.dispose();
  });

  it('are those of the largest of a window: one for each line of the upper envelope', async () => {
    const conv = tf.layers.conv2d({filters: 1, kernelSize: [1, 1], inputShape: [1, 4, 1]});
    const model = tf.sequential({layers: [conv, tf.layers.maxPooling2d({poolSize: [1, 4]})]});
    tf.tidy(() => conv.setWeights([tf.ones([1, 1, 1, 1]), tf.zeros([1])]));
    // From (0, -.5, -2, -.9) to (0, .5, 1, .9): 0, then the second, the fourth, never the third.
    const {regions, activationCells, breakpoints} = await countLinearRegions(model, {
      from: [0, -0.5, -2, -0.9],
      to: [0, 0.5, 0.8, 0.9],
    });
    expect([regions, activationCells]).toEqual([2, 2]);
    expect(breakpoints[0]).toBeCloseTo(0.5, 15);
    model.dispose();
  });
});
