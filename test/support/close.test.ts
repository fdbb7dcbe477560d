import {expectClose} from './close';

describe('expectClose', () => {
  it('accepts equal arrays, NaN and infinities included', () => {
    expectClose(
      [1, Number.NaN, Number.POSITIVE_INFINITY, -0],
      Float32Array.of(1, Number.NaN, Number.POSITIVE_INFINITY, 0),
    );
  });

  it('bounds the error by the largest expected value', () => {
    expectClose([1e6, 5], [1e6, 0], {relative: 1e-5});
    expect(() => expectClose([1e6, 50], [1e6, 0], {relative: 1e-5})).toThrow('worst at [1]: 50, expected 0');
  });

  it('counts the wrong values and names the worst', () => {
    expect(() => expectClose([1, 2, 4], [1, 1, 1])).toThrow('2 of 3 values differ; worst at [2]: 4, expected 1');
  });

  it('tells NaN and infinities from numbers', () => {
    expect(() => expectClose([Number.NaN], [0])).toThrow('worst at [0]');
    expect(() => expectClose([0], [Number.NaN])).toThrow('worst at [0]');
    expect(() => expectClose([Number.POSITIVE_INFINITY], [Number.NEGATIVE_INFINITY])).toThrow('worst at [0]');
    expect(() => expectClose([1e30], [Number.POSITIVE_INFINITY])).toThrow('worst at [0]');
  });

  it('wants the same length', () => {
    expect(() => expectClose([1], [1, 2])).toThrow('1 values, expected 2');
  });
});
