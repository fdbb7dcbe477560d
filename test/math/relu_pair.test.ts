import {reluPair, reluPairGradient} from '../../src/math/relu_pair';
import * as definitions from '../kernels/definitions';
import {expectClose} from '../support/close';
import {centralDifference} from '../support/gradient';
import {normal} from '../support/random';

const SHAPES: definitions.Blocks[] = [
  [1, 1, 1],
  [5, 1, 1],
  [1, 7, 1],
  [4, 3, 1],
  [2, 3, 4],
  [1, 2, 5],
];
const ROUNDED = {relative: 2 ** -23, absolute: 0};

describe('reluPair of plain arrays', () => {
  it.each(SHAPES)('multiplies by the slope of the unit and the sign, for [%d, %d, %d]', (...blocks) => {
    const [outer, units, inner] = blocks;
    const x = normal(outer * units * inner, 1);
    const [negative, positive] = [normal(units, 2), normal(units, 3)];
    const y = new Float32Array(x.length);
    reluPair(x, negative, positive, inner, y);
    expectClose(y, definitions.reluPair(x, negative, positive, blocks), ROUNDED);
  });

  it.each(SHAPES)('has the derivatives that central differences find, for [%d, %d, %d]', (...blocks) => {
    const [outer, units, inner] = blocks;
    const size = outer * units * inner;
    const inputs = [normal(size, 1), normal(units, 2), normal(units, 3)];
    const dy = normal(size, 4);
    const loss = (at: ArrayLike<number>[]) => {
      const [x, negative, positive] = at;
      return definitions.reluPair(x, negative, positive, blocks).reduce((sum, y, k) => sum + dy[k] * y, 0);
    };
    const gradients = reluPairGradient(inputs[0], inputs[1], inputs[2], dy, inner);
    for (const [i, gradient] of gradients.entries()) {
      const expected = centralDifference((v) => loss(inputs.map((input, k) => (k === i ? v : input))), inputs[i]);
      expectClose(gradient, expected, {relative: 1e-6});
    }
  });

  it('takes the positive slope at 0 and -0, and keeps NaN', () => {
    const x = Float32Array.of(0, -0, Number.NaN, Number.NEGATIVE_INFINITY);
    const [negative, positive, dy] = [2, 3, 1].map((value) => new Float32Array(4).fill(value));
    const y = new Float32Array(4);
    reluPair(x, negative, positive, 1, y);
    expect(y).toEqual(Float32Array.of(0, -0, Number.NaN, Number.NEGATIVE_INFINITY));
    expect(reluPairGradient(x, negative, positive, dy, 1)[0]).toEqual(Float32Array.of(3, 3, 3, 2));
  });

  it('sums the slopes’ derivatives in doubles: a million small terms lose nothing', () => {
    const [x, dy] = [0.1, 1].map((value) => new Float32Array(1 << 20).fill(value));
    const [, , dpositive] = reluPairGradient(x, Float32Array.of(0), Float32Array.of(1), dy, 1);
    expect(dpositive[0]).toBe(Math.fround(Math.fround(0.1) * 2 ** 20));
  });
});
