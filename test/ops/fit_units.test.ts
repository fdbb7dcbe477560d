import * as tf from '@tensorflow/tfjs';
import 'tfjs-piecewise';
import * as definitions from '../kernels/definitions';
import {useBackend} from '../support/backend';
import {evaluateAll, normalInput, sizeOf, toTensor} from './evaluate';
import {expandUnits} from './expand_units';

useBackend();

/** Shape of x, an axis, and its new size. */
const LONGER: [number[], number, number][] = [
  [[3], 0, 3],
  [[3], 0, 4],
  [[4], 0, 16],
  [[1], 0, 8],
  [[2, 3], 1, 8],
  [[3, 2], 0, 8],
  [[2, 5, 3], 1, 16],
  [[2, 3, 2, 2], 1, 7],
];

function blocksOf(shape: number[], axis: number): definitions.Blocks {
  return [sizeOf(shape.slice(0, axis)), shape[axis], sizeOf(shape.slice(axis + 1))];
}

describe('expandUnits', () => {
  it.each(LONGER)('tiles and pads x of shape %j along axis %d to %d units', async (shape, axis, size) => {
    const x = normalInput(shape, 1);
    const units = shape[axis];
    const tiles = Array.from({length: size}, (_, i) => i % units);
    const zeros = Array.from({length: size}, (_, i) => i); // an index past the end gives 0
    const [tiled, padded] = await evaluateAll(() =>
      (['tile', 'pad'] as const).map((how) => expandUnits(toTensor(x), axis, size, how).clone()),
    );
    expect([...tiled]).toEqual([...definitions.takeUnits(x.values, tiles, blocksOf(shape, axis))]);
    expect([...padded]).toEqual([...definitions.takeUnits(x.values, zeros, blocksOf(shape, axis))]);
  });

  it('has for its derivative the sum over the copies', async () => {
    const [ofTiles, ofZeros] = await evaluateAll(() =>
      (['tile', 'pad'] as const).map((how) =>
        tf.grad((x) => expandUnits(x, 1, 8, how))(tf.zeros([1, 3]), tf.tensor2d([[1, 2, 4, 8, 16, 32, 64, 128]])),
      ),
    );
    expect([...ofTiles]).toEqual([1 + 8 + 64, 2 + 16 + 128, 4 + 32]);
    expect([...ofZeros]).toEqual([1, 2, 4]);
  });

  it('adds an offset to the first units, and passes the derivative on, also of the second order', async () => {
    const results = await evaluateAll(() => {
      const x = tf.tensor2d([[1, 2, 3, 4]]);
      const offset = tf.tensor1d([10, 20]);
      const run = (input: tf.Tensor, moved: tf.Tensor) => expandUnits(input, 1, 4, 'tile', moved);
      const cubes = (input: tf.Tensor, moved: tf.Tensor) => {
        const y = run(input, moved);
        return tf.sum(tf.mul(tf.square(y), y)); // tf.pow rounds on webgpu
      };
      const slope = (input: tf.Tensor) => tf.sum(tf.grad((each) => cubes(each, offset))(input));
      return [run(x, offset), ...tf.grads(cubes)([x, offset]), tf.grad(slope)(x)];
    });
    expect(results.map((each) => [...each])).toEqual([
      [11, 22, 3, 4],
      [3 * 121, 3 * 484, 27, 48],
      [3 * 121, 3 * 484],
      [66, 132, 18, 24],
    ]);
  });

  it('gives the first units of later axes their offset at all places', async () => {
    const [y] = await evaluateAll(() => [expandUnits(tf.ones([1, 2, 2]), 1, 4, 'pad', tf.tensor1d([1, 2, 3]))]);
    expect([...y]).toEqual([2, 2, 3, 3, 3, 3, 0, 0]);
  });

  it.each(['tile', 'pad'] as const)('has nothing to %s in no rows', (how) => {
    const shape = tf.tidy(() => expandUnits(tf.zeros([0, 3]), 1, 8, how).shape);
    expect(shape).toEqual([0, 8]);
  });
});
