import {levenbergMarquardt, meanSquare} from '../../src/math/levenberg_marquardt';
import {reluChain} from '../../src/math/relu_chain';
import {uniform} from '../support/random';

it('the derivatives of a chain are its central differences, its values those of the definition', () => {
  const chain = reluChain([1, 3, 2, 1]);
  expect(chain.size).toBe(6 + 8 + 3);
  const weights = Float64Array.from(uniform(chain.size, 3, -1, 1));
  const [k1, b1, k2, b2, k3, b3] = [
    [0, 3],
    [3, 6],
    [6, 12],
    [12, 14],
    [14, 16],
    [16, 17],
  ].map(([from, to]) => weights.slice(from, to));
  for (const x of [-2, -0.3, 0.4, 3]) {
    const first = [0, 1, 2].map((j) => Math.max(0, k1[j] * x + b1[j]));
    const second = [0, 1].map((j) =>
      Math.max(
        0,
        first.reduce((sum, h, i) => sum + h * k2[2 * i + j], b2[j]),
      ),
    );
    const expected = second.reduce((sum, h, i) => sum + h * k3[i], b3[0]);
    const gradient = new Float64Array(chain.size);
    expect(chain.differentiate(weights, x, gradient)).toBeCloseTo(expected, 12);
    expect(chain.value(weights, x)).toBeCloseTo(expected, 12);
    for (const i of weights.keys()) {
      const [up, down] = [1e-6, -1e-6].map((step) =>
        chain.value(
          weights.map((weight, j) => weight + (i === j ? step : 0)),
          x,
        ),
      );
      expect(gradient[i]).toBeCloseTo((up - down) / 2e-6, 6);
    }
  }
});

it('finds the line of least squares in a few steps, and stops there', () => {
  const line = {
    size: 2,
    value: ([slope, start]: Float64Array, x: number) => slope * x + start,
    differentiate(weights: Float64Array, x: number, gradient: Float64Array) {
      gradient.set([x, 1]);
      return this.value(weights, x);
    },
  };
  const points = {x: [0, 1, 2, 3], y: [1, 2, 2, 4]};
  const steps = [...levenbergMarquardt(line, new Float64Array(2), points)];
  expect(steps.length).toBeLessThan(30);
  expect(steps.at(-1)![0]).toBeCloseTo(0.9, 6); // 4.5 / 5
  expect(steps.at(-1)![1]).toBeCloseTo(0.9, 6); // 2.25 - 0.9 * 1.5
  const errors = steps.map((weights) => meanSquare(line, weights, points));
  expect(errors).toEqual([...errors].sort((a, b) => b - a));
  expect(errors.at(-1)).toBeCloseTo(0.175, 8); // (0.1^2 + 0.2^2 + 0.7^2 + 0.4^2) / 4
});

it('finds the half-life of a decay, from far away', () => {
  const decay = {
    size: 2,
    value: ([height, rate]: Float64Array, x: number) => height * Math.exp(-rate * x),
    differentiate(weights: Float64Array, x: number, gradient: Float64Array) {
      const y = this.value(weights, x);
      gradient.set([y / weights[0], -x * y]);
      return y;
    },
  };
  const x = Array.from({length: 20}, (_, i) => i / 4);
  const y = x.map((at) => 5 * 2 ** (-at / 1.5));
  const [height, rate] = [...levenbergMarquardt(decay, Float64Array.of(1, 3), {x, y})].at(-1)!;
  expect(height).toBeCloseTo(5, 6);
  expect(Math.LN2 / rate).toBeCloseTo(1.5, 6);
});
