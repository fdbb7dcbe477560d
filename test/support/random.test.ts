import {normal, uniform} from './random';

describe('random test data', () => {
  it('is the same for the same seed', () => {
    expect(normal(8, 7)).toEqual(normal(8, 7));
    expect(normal(8, 7)).not.toEqual(normal(8, 8));
  });

  it('uniform fills its range', () => {
    const x = uniform(10_000, 1, -1, 3);
    expect(Math.min(...x)).toBeCloseTo(-1, 2);
    expect(Math.max(...x)).toBeCloseTo(3, 2);
  });

  it('normal has mean 0 and variance 1', () => {
    const x = normal(10_000, 1);
    const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
    const variance = x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / x.length;
    expect(Math.abs(mean)).toBeLessThan(0.05);
    expect(Math.abs(variance - 1)).toBeLessThan(0.05);
  });
});
