import * as tf from '@tensorflow/tfjs';
import {layers} from 'tfjs-piecewise';
import {useBackend, values} from '../support/backend';
import {expectClose} from '../support/close';
import {normal} from '../support/random';
import {outputs, weightsOf} from './models';
import {disposeUsed, used} from './used_layers';

useBackend();

const {blockDense} = layers;

describe('blockDense', () => {
  disposeUsed();

  it.each([
    [{seed: 1, biasInitializer: 'ones'}, [12]],
    [{blocks: 2, size: 3, seed: 2, activation: 'linear'}, [4, 6]],
    [{size: 1, seed: 3, useBias: false}, [5]],
  ] as [layers.BlockDenseArgs, number[]][])(
    'is a dense layer with a block-diagonal kernel: %j',
    async (args, shape) => {
      const layer = used(blockDense(args), shape);
      const {kernel, bias} = await weightsOf(layer);
      const units = shape.at(-1)!;
      const {size} = layer;
      const x = normal(3 * tf.util.sizeFromShape(shape), 4);
      const expected = Array.from(x, (_, k) => {
        const unit = k % units;
        const [block, column] = [Math.floor(unit / size), unit % size];
        let sum = bias?.[unit] ?? 0;
        for (let row = 0; row < size; row++) {
          sum += x[k - unit + block * size + row] * kernel[(block * size + row) * size + column];
        }
        return args.activation === 'linear' ? sum : Math.max(0, sum);
      });
      expectClose(await outputs(layer, () => tf.tensor(x, [3, ...shape])), expected);
    },
  );

  it('has blocks * size^2 weights and a bias, each block drawn for itself as a dense layer', async () => {
    const layer = used(blockDense({blocks: 300, seed: 5}), [1200]);
    expect(layer.countParams()).toBe(300 * 16 + 1200);
    const kernel = await values(layer.getWeights()[0]);
    const limit = Math.sqrt(6 / (4 + 4)); // glorotUniform of a 4 x 4 kernel
    expect(Math.max(...kernel)).toBeLessThan(limit);
    expect(Math.max(...kernel)).toBeGreaterThan(0.99 * limit);
    expect(new Set(kernel).size).toBeGreaterThan(4700);
  });

  it.each([
    [{blocks: 0}, 'layer mine: blocks must be an integer >= 1, but received 0.'],
    [{size: 1.5}, 'size must be an integer >= 1, but received 1.5'],
    [{activation: 'loud'}, 'activation must be one of elu, gelu'],
  ])('refuses %j', (args, message) => {
    expect(() => blockDense({name: 'mine', ...args} as layers.BlockDenseArgs)).toThrow(message);
  });

  it.each([
    [{}, 10, 'must be blocks * size = 2 * 4, but received 10. Put a dense layer of that many units before.'],
    [{}, 3, 'must be blocks * size = 1 * 4, but received 3'],
    [{blocks: 3}, 8, 'must be blocks * size = 3 * 4, but received 8'],
  ])('refuses an input that is not made of blocks: %j on %d', (args, size, message) => {
    expect(() => blockDense(args).build([null, size])).toThrow(message);
  });
});
