import * as tf from '@tensorflow/tfjs';
import 'tfjs-piecewise';
import {UnitSelection} from '../../src/ops/take_units';
import * as definitions from '../kernels/definitions';
import {useBackend} from '../support/backend';
import {evaluate, evaluateAll, normalInput, toTensor} from './evaluate';

useBackend();

const POSITIONS = Int32Array.of(4, 0, 5);
const SIZE = 7;
const INVERSE = [1, 3, 3, 3, 0, 2, 3]; // 3: past the end

const SHAPES: [number[], number, definitions.Blocks][] = [
  [[7], 0, [1, SIZE, 1]],
  [[2, 7], 1, [2, SIZE, 1]],
  [[7, 3], 0, [1, SIZE, 3]],
  [[2, 7, 3], 1, [2, SIZE, 3]],
];

describe('UnitSelection', () => {
  let selection: UnitSelection;
  beforeEach(() => {
    selection = new UnitSelection(POSITIONS, SIZE);
  });
  afterEach(() => selection.dispose());

  it.each(SHAPES)('takes units of x of shape %j along axis %d', async (shape, axis, blocks) => {
    const x = normalInput(shape, 1);
    const y = await evaluate(() => selection.take(toTensor(x), axis));
    expect([...y]).toEqual([...definitions.takeUnits(x.values, POSITIONS, blocks)]);
  });

  it.each(SHAPES)('puts them back into shape %j along axis %d, with zeros elsewhere', async (shape, axis, blocks) => {
    const [outer, , inner] = blocks;
    const taken = normalInput(
      shape.map((size, i) => (i === axis ? 3 : size)),
      2,
    );
    const x = await evaluate(() => selection.scatter(toTensor(taken), axis));
    expect([...x]).toEqual([...definitions.takeUnits(taken.values, INVERSE, [outer, 3, inner])]);
  });

  it('takes units of no rows', () => {
    const shapes = tf.tidy(() => [
      selection.take(tf.zeros([0, 7, 3]), 1).shape,
      selection.scatter(tf.zeros([0, 3]), 1).shape,
    ]);
    expect(shapes).toEqual([
      [0, 3, 3],
      [0, 7],
    ]);
  });

  it('has each of the two for the derivative of the other, any number of times', async () => {
    const [x, dy] = [normalInput([2, 7], 3), normalInput([2, 3], 4)];
    const [gradient, expected, back, same, second] = await evaluateAll(() => {
      const [tx, tdy] = [toTensor(x), toTensor(dy)];
      const cube = (t: tf.Tensor) => tf.sum(tf.pow(selection.take(t, 1), 3));
      return [
        tf.grad((t) => selection.take(t, 1))(tx, tdy),
        selection.scatter(tdy, 1),
        tf.grad((t) => selection.scatter(t, 1))(tdy, tx),
        selection.take(tx, 1),
        tf.grad((t) => tf.sum(tf.grad(cube)(t)))(tx), // 6 x where taken
      ];
    });
    expect(gradient).toEqual(expected);
    expect(back).toEqual(same);
    const taken = Array.from(x.values, (value, k) => (INVERSE[k % SIZE] === 3 ? 0 : Math.fround(6 * value)));
    for (const [k, value] of second.entries()) expect(value).toBeCloseTo(taken[k], 4);
  });
});
