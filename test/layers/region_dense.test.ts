import * as tf from '@tensorflow/tfjs';
import {layers} from 'tfjs-piecewise';
import {backendName, useBackend} from '../support/backend';
import {expectClose} from '../support/close';
import {normal} from '../support/random';
import {outputs, weightsOf} from './models';
import {bendOf, countPieces, functionsOf, sigmoid} from './wave_functions';

useBackend();

const {regionDense} = layers;
type Args = layers.RegionDenseArgs;

function used(args: Args, inputs: number): layers.RegionDense {
  const layer = regionDense(args);
  layer.apply(tf.input({shape: [inputs]}));
  return layer;
}

/** One row of outputs in doubles: `V Phi(norm(U x + c)) + b`. */
async function reference(layer: layers.RegionDense, x: Float32Array): Promise<number[]> {
  const {kernel, offset, mix, bias} = await weightsOf(layer);
  const functions = await functionsOf(layer);
  const {subnets, units} = layer;
  const norm = layer.inputNorm === 'sigmoid' ? sigmoid : (v: number) => Math.max(0, Math.min(1, v));
  const responses = functions.map((f, s) =>
    f.value(norm(x.reduce((sum, value, i) => sum + value * kernel[i * subnets + s], offset[s]))),
  );
  return Array.from({length: units}, (_, u) =>
    responses.reduce((sum, response, s) => sum + response * mix[s * units + u], bias?.[u] ?? 0),
  );
}

describe('regionDense', () => {
  it.each([
    [{units: 3, depth: 3, seed: 1}, 1],
    [{units: 2, subnets: 5, depth: 4, seed: 2}, 7],
    [{units: 4, subnets: 1, depth: 2, curvature: 'concave', inputNorm: 'clip', seed: 3}, 5],
    [{units: 1, scale: 'train', useBias: false, seed: 4}, 300],
  ] as [Args, number][])('is what its formula says: %j for %d inputs', async (args, inputs) => {
    const layer = used(args, inputs);
    const x = normal(2 * inputs, 1);
    const y = await outputs(layer, () => tf.tensor2d(x, [2, inputs]));
    const rows = [await reference(layer, x.subarray(0, inputs)), await reference(layer, x.subarray(inputs))];
    expectClose(y, rows.flat(), {relative: 0, absolute: 5e-5});
    layer.dispose();
  });

  it('has exactly 2^depth pieces in each subnet, all bent one way, new and trained', async () => {
    const layer = used({units: 1, subnets: 4, depth: 5, seed: 5, peakGain: 8}, 2);
    const x = normal(64, 2);
    const optimizer = tf.train.adam(0.02);
    const error = () => {
      const t = tf.tensor2d(x, [32, 2]);
      const target = tf.sum(tf.square(t), 1, true);
      return tf.mean(tf.squaredDifference(layer.apply(t) as tf.Tensor, target)) as tf.Scalar;
    };
    const check = async () => {
      const functions = await functionsOf(layer);
      expect(functions.map(countPieces)).toEqual([32, 32, 32, 32]);
      expect(functions.map(bendOf)).toEqual(['convex', 'convex', 'convex', 'convex']);
      return functions[0].ends;
    };
    const first = await check();
    for (let step = 0; step < (backendName === 'webgpu' ? 10 : 100); step++) {
      tf.tidy(() => {
        optimizer.minimize(error);
      });
    }
    expect(await check()).not.toEqual(first);
    optimizer.dispose();
    layer.dispose();
  });

  it('stands where tf.layers.dense stood: any rank, all positions by themselves', async () => {
    const layer = used({units: 3, seed: 6}, 4);
    const x = normal(2 * 5 * 4, 3);
    const [deep, flat] = await Promise.all([
      outputs(layer, () => tf.tensor3d(x, [2, 5, 4])),
      outputs(layer, () => tf.tensor2d(x, [10, 4])),
    ]);
    expect(deep).toEqual(flat);
    layer.dispose();
  });

  it.each([undefined, tf.initializers.glorotNormal({seed: 3})])(
    'draws the same weights for the same seed and others for another, and two different linear maps (%#)',
    async (kernelInitializer) => {
      const draw = async (seed: number) => {
        const layer = used({units: 4, seed, kernelInitializer}, 4);
        const weights = await weightsOf(layer);
        layer.dispose();
        return weights;
      };
      const [first, same, other] = [await draw(7), await draw(7), await draw(8)];
      expect(same).toEqual(first);
      const ownSeeds = kernelInitializer ? ['peaks'] : ['kernel', 'mix', 'peaks'];
      for (const name of ownSeeds) expect(other[name]).not.toEqual(first[name]);
      expect(first.kernel).not.toEqual(first.mix);
    },
  );

  it('takes inputDim for the shape of flat inputs, as tf.layers.dense does', () => {
    const layer = regionDense({units: 2, inputDim: 6});
    const model = tf.sequential({layers: [layer]});
    expect(model.inputs[0].shape).toEqual([null, 6]);
    model.dispose();
  });

  it('applies its activation last', async () => {
    const x = normal(3 * 4, 4);
    const run = async (args: Partial<Args>) => {
      const layer = used({units: 5, seed: 9, ...args}, 4);
      const y = await outputs(layer, () => tf.tensor2d(x, [3, 4]));
      layer.dispose();
      return y;
    };
    const plain = await run({});
    expectClose(await run({activation: 'tanh'}), plain.map(Math.tanh), {relative: 1e-4});
  });
});

describe('regionDense refuses', () => {
  const bad = (args: object) => () => regionDense({units: 4, name: 'mine', ...args});
  it.each([
    ['units 0', bad({units: 0}), 'layer mine: units must be an integer >= 1, but received 0.'],
    ['no units', bad({units: undefined}), 'units must be an integer >= 1, but received undefined'],
    ['half a subnet', bad({subnets: 0.5}), 'subnets must be an integer >= 1, but received 0.5'],
    ['a negative depth', bad({depth: -1}), 'depth must be an integer >= 1, but received -1'],
    [
      'an unknown initializer',
      bad({kernelInitializer: 'loud'}),
      "an initializer must be one of 'constant', 'glorotNormal'",
    ],
    ['an intercept, which the bias is for', bad({base: {intercept: 1}}), 'there must be no base.intercept'],
    [
      'what tf.layers.dense has and it has not',
      bad({kernelRegularizer: 'l1l2'}),
      "options must have known names, but received 'kernelRegularizer'",
    ],
    ['an unknown activation', bad({activation: 'loud'}), 'activation must be one of elu, gelu'],
  ])('%s', (_, call, message) => {
    expect(call).toThrow(message);
  });
});
