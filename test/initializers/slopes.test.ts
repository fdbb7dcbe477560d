import * as tf from '@tensorflow/tfjs';
import {type SlopeInitializer, slopeInitializers} from '../../src/initializers/slopes';

/** Means of the slopes and of their squares, over many units. */
function moments(identifier: SlopeInitializer) {
  return tf.tidy(() => {
    const {negative, positive} = slopeInitializers(identifier, [1, 2], 'test');
    const [n, p] = [negative, positive].map((start) => Array.from(start.apply([20_000]).dataSync()));
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const square = n.map((value, i) => (value ** 2 + p[i] ** 2) / 2);
    return {negative: mean(n), positive: mean(p), square: mean(square), first: [n[0], p[0]]};
  });
}

describe('slopeInitializers', () => {
  it.each(['zeroCurvature', 'relu', 'uniform'] as const)(
    '%s keeps the mean square of a symmetric input',
    (identifier) => {
      expect(moments(identifier).square).toBeCloseTo(1, 1);
    },
  );

  it('zeroCurvature starts linear', () => {
    expect(moments('zeroCurvature').first).toEqual([1, 1]);
  });

  it('relu starts as a ReLU', () => {
    expect(moments('relu')).toMatchObject({negative: 0});
  });

  it('uniform draws the two slopes independently, and the same ones again', () => {
    const {first, negative, positive} = moments('uniform');
    expect(first[0]).not.toBe(first[1]);
    expect(Math.abs(negative) + Math.abs(positive)).toBeLessThan(0.1);
    expect(moments('uniform').first).toEqual(first);
  });

  it('takes an initializer of tfjs by name or as an object', () => {
    expect(moments('ones').first).toEqual([1, 1]);
    expect(moments(tf.initializers.constant({value: 0.25})).first).toEqual([0.25, 0.25]);
  });

  it('refuses an unknown name', () => {
    expect(() => slopeInitializers('steep' as SlopeInitializer, [1, 2], 'test')).toThrow(/steep/i);
  });
});
