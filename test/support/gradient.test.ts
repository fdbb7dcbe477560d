import {expectClose} from './close';
import {centralDifference} from './gradient';
import {uniform} from './random';

describe('centralDifference', () => {
  it('is exact to many digits for a smooth function', () => {
    const x = uniform(5, 1, -2, 2);
    const gradient = centralDifference((v) => v.reduce((sum, value) => sum + Math.sin(value), 0), x);
    expectClose(gradient, Array.from(x, Math.cos), {relative: 1e-9, absolute: 1e-9});
  });

  it('moves one coordinate at a time', () => {
    const gradient = centralDifference(([a, b]) => a * b, [3, 100]);
    expectClose(gradient, [100, 3], {relative: 1e-8});
  });
});
