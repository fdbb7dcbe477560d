import * as tf from '@tensorflow/tfjs';
import {exporters, layers} from 'tfjs-piecewise';
import {ROWS} from '../layers/layer_cases';
import {outputs, weightsOf} from '../layers/models';
import {useBackend} from '../support/backend';
import {expectClose} from '../support/close';
import {uniform} from '../support/random';

useBackend();

const {reluPair, regionDense, triangleWave, whtProjection} = layers;
const {toDense} = exporters;

const ROWS_THAT_CONVERT = ROWS.filter(({title}) => !/sphere|fold/.test(title));

/** Weights that have moved away from where they start, as training would move them. */
function disturb(model: tf.LayersModel): void {
  tf.tidy(() => {
    const weights = model.getWeights();
    model.setWeights(weights.map((w, i) => tf.add(w, tf.tensor(uniform(w.size, i + 1, -0.4, 0.4), w.shape))));
  });
}

/** Inputs in [-1, 2): a third of them in [0, 1). */
const wide = (shape: number[]) => () => {
  const size = shape.reduce((product, n) => product * n, 20);
  return tf.tensor(uniform(size, 9, -1, 2), [20, ...shape]);
};

async function expectSame(
  model: tf.LayersModel,
  dense: tf.LayersModel,
  make: () => tf.Tensor,
  relative = 1e-6,
): Promise<void> {
  expectClose(await outputs(dense, make), await outputs(model, make), {relative, absolute: relative});
}

const standard = (model: tf.LayersModel) =>
  model.layers.every((layer) =>
    ['Dense', 'Activation', 'BatchNormalization', 'Flatten', 'Reshape', 'Permute'].includes(layer.getClassName()),
  );

describe('toDense', () => {
  it.each(ROWS_THAT_CONVERT)(
    'gives the outputs of $title, with new and with other weights',
    async ({title, make, inputShape}) => {
      const model = tf.sequential({layers: [make({inputShape, name: 'mine'})]});
      for (const change of [() => {}, () => disturb(model)]) {
        change();
        const dense = toDense(model);
        expect(standard(dense)).toBe(true);
        expect(dense.layers.map(({name}) => name).filter((name) => !name.startsWith('mine'))).toEqual([]);
        // A product is the difference of two squares, each larger than it.
        await expectSame(model, dense, wide(inputShape), title.includes('product') ? 4e-6 : 1e-6);
        dense.dispose();
      }
      model.dispose();
    },
  );

  it('keeps the weights of a layer of which some are frozen in their places', async () => {
    const layer = tf.layers.batchNormalization({inputShape: [4]});
    const model = tf.sequential({layers: [layer]});
    disturb(model);
    for (const weight of layer.weights) if (weight.name.includes('gamma')) weight.trainable = false;
    const dense = toDense(model);
    await expectSame(model, dense, wide([4]));
    dense.dispose();
    model.dispose();
  });

  const each = <T>(...choices: T[]) => choices;
  const waves = each('clip' as const, 'sigmoid' as const, 'none' as const).flatMap((inputNorm) =>
    each('convex' as const, 'concave' as const).flatMap((curvature) =>
      each(1, -1.5).flatMap((slope) =>
        each(1, 2, 5, 11).map((depth) => ({inputNorm, curvature, base: {slope, intercept: 0.3}, depth})),
      ),
    ),
  );
  it.each(waves)('rectifies nothing that counts: %j', async (args) => {
    const model = tf.sequential({layers: [triangleWave({...args, seed: 4, inputShape: [3]})]});
    const dense = toDense(model);
    await expectSame(model, dense, wide([3]));
    const hidden = dense.layers.filter(({name}) => name.includes('hidden'));
    expect(hidden).toHaveLength(args.depth);
    dense.dispose();
    model.dispose();
  });

  it('is the 4x5 network of the paper: 93 numbers, and 2 more that clip the input', () => {
    const count = (inputNorm: 'clip' | 'sigmoid') => {
      const model = tf.sequential({layers: [triangleWave({depth: 5, inputNorm, inputShape: [1]})]});
      const dense = toDense(model);
      const parameters = dense.countParams();
      model.dispose();
      dense.dispose();
      return parameters;
    };
    expect(count('sigmoid')).toBe(93);
    expect(count('clip')).toBe(95);
  });

  it.each([
    {inputNorm: 'clip' as const},
    {inputNorm: 'none' as const, outside: 'clamp' as const},
    {inputNorm: 'clip' as const, curvature: 'dc' as const, domain: [-3, 7] as const},
  ])('keeps the end values of a clipped wave however far away: %j', async (args) => {
    const wave = triangleWave({depth: 5, seed: 3, inputShape: [2], ...args});
    const model = tf.sequential({layers: [wave, regionDense({units: 2, depth: 3, inputNorm: 'clip'})]});
    disturb(model);
    const dense = toDense(model);
    for (const far of [10, 1e3, 1e6, 1e9, 1e30]) {
      await expectSame(model, dense, () => tf.tensor2d([-far, far, far, -far], [2, 2]));
    }
    dense.dispose();
    model.dispose();
  });

  it('has no lift where a tied convex function rises, so that it starts where the paper does', async () => {
    const model = tf.sequential({layers: [triangleWave({depth: 4, seed: 2, inputShape: [1]})]});
    const dense = toDense(model);
    const {bias} = await weightsOf(dense.layers[2]);
    expectClose(bias, [0, 0, 0, 0], {absolute: 1e-6});
    model.dispose();
    dense.dispose();
  });

  it('takes a deep model of all layers, ours and others, nested and functional', async () => {
    const inner = tf.sequential({
      layers: [
        whtProjection({units: 16, seed: 1, activation: 'reluPair', inputShape: [12]}),
        tf.layers.dropout({rate: 0.5}),
      ],
    });
    const input = tf.input({shape: [3, 4]});
    const chain = [
      // The config of a separable convolution does not say how many channels it makes of one.
      tf.layers.reshape({targetShape: [3, 4, 1]}),
      tf.layers.separableConv2d({filters: 1, kernelSize: 2, depthMultiplier: 2, padding: 'same'}),
      tf.layers.flatten(),
      inner,
      tf.layers.batchNormalization(),
      regionDense({units: 3, depth: 3, activation: 'tanh'}),
      reluPair({parametricFraction: 0.5}),
      tf.layers.dense({units: 2, activation: 'softmax', name: 'read_out'}),
    ];
    const output = chain.reduce((x, layer) => layer.apply(x) as tf.SymbolicTensor, input);
    const model = tf.model({inputs: input, outputs: output});
    disturb(model);
    const dense = toDense(model);
    expect(dense.layers.at(-1)!.name).toBe('read_out');
    expect(dense.outputs[0].shape).toEqual([null, 2]);
    await expectSame(model, dense, wide([3, 4]));
    dense.dispose();
    model.dispose();
  });

  it('takes a model with an inputShape of its own that two branches share', async () => {
    const shared = tf.sequential({
      layers: [tf.layers.dense({units: 3, activation: 'tanh', inputShape: [2]}), reluPair()],
    });
    const inputs = tf.input({shape: [2]});
    const branches = [inputs, tf.layers.reLU().apply(inputs) as tf.SymbolicTensor];
    const sum = tf.layers.add().apply(branches.map((branch) => shared.apply(branch) as tf.SymbolicTensor));
    const model = tf.model({inputs, outputs: sum as tf.SymbolicTensor});
    disturb(model);
    const dense = toDense(model);
    await expectSame(model, dense, wide([2]));
    expect(dense.layers.filter(({name}) => /dense_Dense/.test(name))).toHaveLength(1);
    // To dispose a model does not free layers that it uses twice.
    tf.dispose([model, dense].map(({weights}) => weights.map((weight) => weight.read())));
  });

  it('shares no variable: training the new model leaves the old one as it was', async () => {
    const model = tf.sequential({
      layers: [
        triangleWave({depth: 3, seed: 1, inputShape: [1]}),
        tf.layers.dense({units: 1, name: 'copied', kernelInitializer: tf.initializers.glorotUniform({seed: 1})}),
      ],
    });
    const dense = toDense(model);
    const make = wide([1]);
    const before = await outputs(model, make);
    const optimizer = tf.train.sgd(0.01);
    const [x, y] = [make(), tf.ones([20, 1])];
    dense.compile({optimizer, loss: 'meanSquaredError'});
    const {history} = await dense.fit(x, y, {epochs: 5, verbose: 0});
    expect(history.loss.at(-1)).toBeLessThan(history.loss[0] as number);
    expect(await outputs(model, make)).toEqual(before);
    expect(await outputs(dense, make)).not.toEqual(before);
    tf.dispose([x, y]);
    optimizer.dispose();
    dense.dispose();
    model.dispose();
  });

  it('takes and gives back every tensor', () => {
    const model = tf.sequential({
      layers: [
        whtProjection({units: 4, inputShape: [3]}),
        reluPair({parametricFraction: 0.5}),
        regionDense({units: 2}),
      ],
    });
    const before = tf.memory().numTensors;
    const dense = toDense(model);
    expect(tf.memory().numTensors - before).toBe(dense.weights.length);
    dense.dispose();
    expect(tf.memory().numTensors).toBe(before);
    model.dispose();
  });
});

describe('toDense refuses', () => {
  class Doubled extends tf.layers.Layer {
    static className = 'Doubled';
  }
  const cases: [string, () => tf.LayersModel, string | RegExp][] = [
    ['a model of an unknown class', () => ({}) as tf.LayersModel, 'toDense: model must be a tf.LayersModel'],
    ['a model of no layers', () => tf.sequential(), 'toDense: the model must have layers'],
    [
      'a layer that it does not know',
      () => tf.sequential({layers: [new Doubled({name: 'two', inputShape: [2]})]}),
      /^toDense, layer two: the class must be one of Bidirectional, BlockDense, .*, but received Doubled\./,
    ],
    [
      'one inside another that it does not know',
      () =>
        tf.sequential({layers: [tf.layers.timeDistributed({layer: new Doubled({name: 'two'}), inputShape: [2, 2]})]}),
      /^toDense, layer two: the class must be one of/,
    ],
    [
      'the sphere',
      () => tf.sequential({layers: [whtProjection({units: 2, inputNorm: 'sphere', name: 'round', inputShape: [2]})]}),
      "toDense, layer round: inputNorm must be 'none', but received 'sphere'",
    ],
    [
      'too wide a projection',
      () => tf.sequential({layers: [whtProjection({units: 8192, name: 'wide', inputShape: [4096]})]}),
      'toDense, layer wide: a dense kernel must have at most 2^24 = 16777216 numbers, but received 4096 x 8192 = 33554432.',
    ],
    [
      'too many waves',
      () => tf.sequential({layers: [triangleWave({name: 'many', inputShape: [700]})]}),
      'toDense, layer many: a dense kernel must have',
    ],
    [
      'slopes on an axis before one of unknown size',
      () => tf.sequential({layers: [reluPair({sharedAxes: 1, name: 'open', inputShape: [null, 2, 3]})]}),
      'toDense, layer open: the sizes of all axes must be known, or all but the last axis shared',
    ],
  ];
  it.each(cases)('%s', (_, make, message) => {
    const model = make();
    expect(() => toDense(model)).toThrow(message);
    if (model.outputs?.length) model.dispose();
  });
});
