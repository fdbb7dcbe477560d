import * as tf from '@tensorflow/tfjs';
import {type Initializer, type InitializerIdentifier, initializerOf, requireInitializer} from '../tfjs_internals';

/** How the two slopes of a unit start. */
export type SlopeInitializer = 'zeroCurvature' | 'relu' | 'uniform' | InitializerIdentifier;

/**
 * Initializers of the negative and the positive slopes.
 *
 * - 'zeroCurvature': both 1. The unit starts linear, so a network of any depth keeps the length of its input and of its
 *   gradient; the best on real data.
 * - 'relu': 0 and sqrt(2), a ReLU that keeps the mean square.
 * - 'uniform': both from U(-sqrt(3), sqrt(3)), which keeps the mean square; S. O'Connor's choice.
 * - any other: that initializer of tfjs, for both; one with a seed draws twice.
 */
export function slopeInitializers(
  identifier: SlopeInitializer,
  seeds: [number, number],
  who: string,
): {negative: Initializer; positive: Initializer; config: tf.serialization.ConfigDictValue} {
  const {ones, zeros, constant, randomUniform} = tf.initializers;
  switch (identifier) {
    case 'zeroCurvature':
      return {negative: ones(), positive: ones(), config: identifier};
    case 'relu':
      return {negative: zeros(), positive: constant({value: Math.SQRT2}), config: identifier};
    case 'uniform': {
      const limit = Math.sqrt(3);
      const [negative, positive] = seeds.map((seed) => randomUniform({minval: -limit, maxval: limit, seed}));
      return {negative, positive, config: identifier};
    }
    default: {
      requireInitializer(identifier, who, ['zeroCurvature', 'relu', 'uniform']);
      const [negative, positive] = [0, 1].map((use) => initializerOf(identifier, who, use));
      return {
        negative: negative.initializer,
        positive: positive.initializer,
        get config() {
          return negative.config;
        },
      };
    }
  }
}
