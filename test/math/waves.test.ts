import {triangleWave} from '../kernels/definitions';
import {expectClose} from '../support/close';
import {uniform} from '../support/random';
import {levels, pieceSlopes, tiedScales, waveBreakpoints} from './waves';

describe('the pieces of triangle waves', () => {
  it('of two levels can be found by hand', () => {
    expect(levels([0.5, 0.25])).toEqual([
      [0, 1],
      [0, 0.5, 1],
      [0, 0.125, 0.5, 0.875, 1],
    ]);
    expect(pieceSlopes([0.5, 0.25], [1, 2])).toEqual([2 + 16, 2 - 16 / 3, -2 + 16 / 3, -2 - 16]);
  });

  it('lie between the points where the last wave is 0 or 1', () => {
    const peaks = uniform(6, 1, 0.2, 0.8);
    const ends = waveBreakpoints(peaks);
    const waves = triangleWave(ends, peaks, [0, 0, 0, 0, 0, 1], 1);
    expectClose(
      waves,
      ends.map((_, i) => i % 2),
      {absolute: 1e-9},
    );
  });

  it('have the slopes of the sum of the waves', () => {
    const [peaks, scales] = [uniform(6, 2, 0.2, 0.8), uniform(6, 3)];
    const ends = waveBreakpoints(peaks);
    const values = triangleWave(ends, peaks, scales, 1);
    const slopes = ends.slice(1).map((end, i) => (values[i + 1] - values[i]) / (end - ends[i]));
    expectClose(pieceSlopes(peaks, scales), slopes, {relative: 1e-9});
  });

  it('of tied scales have slopes that fall from s_0 / (a_0 a_1) to -s_0 / ((1 - a_0) a_1) without limit of depth', () => {
    const peaks = uniform(13, 4, 0.2, 0.8);
    const slopes = pieceSlopes(peaks.subarray(0, 12), tiedScales(peaks, 1));
    const limits = [1 / (peaks[0] * peaks[1]), -1 / ((1 - peaks[0]) * peaks[1])];
    expect(slopes.every((slope, i) => i === 0 || slope < slopes[i - 1])).toBe(true);
    expect(slopes[0]).toBeLessThan(limits[0]);
    expect(slopes.at(-1)).toBeGreaterThan(limits[1]);
    expectClose([slopes[0], slopes.at(-1)!], limits, {relative: 0.05});
  });
});
