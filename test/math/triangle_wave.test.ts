import {triangleWave, triangleWaveGradient} from '../../src/math/triangle_wave';
import * as definitions from '../kernels/definitions';
import {expectClose} from '../support/close';
import {centralDifference} from '../support/gradient';
import {normal, uniform} from '../support/random';

/** [rows, channels, depth] */
const SHAPES: [number, number, number][] = [
  [1, 1, 1],
  [9, 1, 4],
  [6, 3, 5],
  [4, 5, 1],
];

function randomInputs(rows: number, channels: number, depth: number) {
  const x = uniform(rows * channels, 1, -0.25, 1.25);
  return [x, uniform(channels * depth, 2, 0.2, 0.8), normal(channels * depth, 3)] as const;
}

describe('triangleWave of plain arrays', () => {
  it.each(SHAPES)('is the recursion over the tents, rounded once, for %d rows, %d channels, depth %d', (...shape) => {
    const [x, peaks, scales] = randomInputs(...shape);
    const y = new Float32Array(x.length);
    triangleWave(x, peaks, scales, shape[1], y);
    expectClose(y, definitions.triangleWave(x, peaks, scales, shape[1]), {relative: 2 ** -23, absolute: 0});
  });

  it.each(SHAPES)('has the derivatives of the closed form, for %d rows, %d channels, depth %d', (...shape) => {
    const [x, peaks, scales] = randomInputs(...shape);
    const dy = normal(x.length, 4);
    const expected = definitions.triangleWaveGradient(x, peaks, scales, dy, shape[1]);
    const gradients = triangleWaveGradient(x, peaks, scales, dy, shape[1]);
    for (const [i, gradient] of gradients.entries()) expectClose(gradient, expected[i], {relative: 1e-6});
  });

  it('has, in closed form, the derivatives that central differences find', () => {
    const inputs: ArrayLike<number>[] = [...randomInputs(6, 3, 5)];
    const dy = normal(18, 4);
    const loss = ([x, peaks, scales]: ArrayLike<number>[]) =>
      definitions.triangleWave(x, peaks, scales, 3).reduce((sum, y, k) => sum + dy[k] * y, 0);
    const [x, peaks, scales] = inputs;
    for (const [i, gradient] of definitions.triangleWaveGradient(x, peaks, scales, dy, 3).entries()) {
      const numeric = centralDifference((v) => loss(inputs.map((input, k) => (k === i ? v : input))), inputs[i], 1e-7);
      expectClose(gradient, numeric, {relative: 1e-6});
    }
  });

  it('is 0 at 0, at 1 and outside, 1 at the peak, and NaN at NaN', () => {
    const x = Float32Array.of(
      0,
      1,
      -1e-6,
      1 + 1e-6,
      Number.NEGATIVE_INFINITY,
      Number.POSITIVE_INFINITY,
      0.25,
      Number.NaN,
    );
    const y = new Float32Array(x.length);
    triangleWave(x, Float32Array.of(0.25), Float32Array.of(1), 1, y);
    expect(y).toEqual(Float32Array.of(0, 0, 0, 0, 0, 0, 1, Number.NaN));
  });
});
