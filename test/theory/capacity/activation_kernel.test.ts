import * as pw from 'tfjs-piecewise';
import {erf} from '../../../src/math/normal';

const {activationKernel} = pw.theory;
const {PI} = Math;

it('has the moments of ReLU and erf', () => {
  const relu = activationKernel('relu');
  expect(relu.variance).toBeCloseTo(1 / 2 - 1 / (2 * PI), 14);
  expect(relu.linear).toBeCloseTo(0.25, 14);
  expect(relu.slopeAtOne).toBeCloseTo(0.5, 14);
  expect(relu.curvature / 2).toBeCloseTo(1 / (4 * PI), 14); // a_2 squared
  const {variance, linear, slopeAtOne, curvature} = activationKernel('erf');
  expect(variance).toBeCloseTo(0.464559, 6);
  expect(linear).toBeCloseTo(4 / (3 * PI), 14);
  expect(slopeAtOne).toBeCloseTo(0.56941, 6);
  expect(curvature).toBe(0);
});

type Pair = [string, Parameters<typeof activationKernel>[0], (z: number) => number];
it.each<Pair>([
  ['relu', 'relu', (z) => Math.max(z, 0)],
  ['abs', 'abs', Math.abs],
  ['slopes', {slopes: {negative: -0.3, positive: 1.5}}, (z) => (z < 0 ? -0.3 : 1.5) * z],
  ['quadratic', 'quadratic', (z) => z * z],
  ['erf', 'erf', erf],
  ['erf(2 z)', {erfGain: 2}, (z) => erf(2 * z)],
])('the closed form of %s is what quadrature gives', (_, activation, f) => {
  const [closed, numeric] = [activationKernel(activation), activationKernel({f, kinks: [0]})];
  for (const key of ['variance', 'linear', 'curvature', 'slopeAtOne'] as const) {
    expect(numeric[key]).toBeCloseTo(closed[key], 9);
  }
  for (const q of [0, 0.1, 0.5, 0.9, 1]) {
    expect(numeric.covariance(q)).toBeCloseTo(closed.covariance(q), 9);
    expect(numeric.slope(q)).toBeCloseTo(closed.slope(q), 9);
  }
});

it.each<[string, (z: number) => number, (q: number) => number]>([
  ['z^3', (z) => z ** 3, (q) => 9 * q + 6 * q ** 3],
  ['sin 2z', (z) => Math.sin(2 * z), (q) => Math.exp(-4) * Math.sinh(4 * q)],
  ['cos 2z', (z) => Math.cos(2 * z), (q) => Math.exp(-4) * (Math.cosh(4 * q) - 1)],
  ['He_4', (z) => z ** 4 - 6 * z ** 2 + 3, (q) => 24 * q ** 4],
])('the covariance of %s is known', (_, f, covariance) => {
  for (const q of [0.2, 0.7, 1]) expect(activationKernel({f}).covariance(q)).toBeCloseTo(covariance(q), 9);
});

it('is a covariance: that of sampled normal pairs', () => {
  const {covariance} = activationKernel('gelu');
  const q = 0.6;
  const gelu = (z: number) => 0.5 * z * (1 + erf(z / Math.SQRT2));
  let [sum, products] = [0, 0];
  const steps = 400;
  // A product rule over both normals: an independent way to the same number.
  for (let i = 0; i < steps; i++) {
    const u = -8 + (16 * (i + 0.5)) / steps;
    const weight = (Math.exp(-0.5 * u * u) / Math.sqrt(2 * PI)) * (16 / steps);
    sum += weight * gelu(u);
    for (let j = 0; j < steps; j++) {
      const w = -8 + (16 * (j + 0.5)) / steps;
      const other = (Math.exp(-0.5 * w * w) / Math.sqrt(2 * PI)) * (16 / steps);
      products += weight * other * gelu(u) * gelu(q * u + Math.sqrt(1 - q * q) * w);
    }
  }
  expect(covariance(q)).toBeCloseTo(products - sum * sum, 9);
});
