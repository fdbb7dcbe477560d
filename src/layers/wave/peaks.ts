import * as tf from '@tensorflow/tfjs';
import {fail} from '../../errors';
import {Given} from '../../initializers/given';
import {PeakConstant, PeakUniform} from '../../initializers/peaks';
import {
  type Initializer,
  type InitializerIdentifier,
  initializerFrom,
  initializerOf,
  requireInitializer,
} from '../../tfjs_internals';

interface PeakMap {
  readonly peakEpsilon: number;
  readonly peakGain: number;
}

/** `a = e + (1 - 2 e) sigmoid(gain * weight)`. */
export function peaksOf(weights: tf.Tensor, {peakEpsilon: e, peakGain}: PeakMap): tf.Tensor {
  return tf.add(tf.mul(tf.sigmoid(tf.mul(weights, peakGain)), 1 - 2 * e), e);
}

/** 1 - a, without the cancellation. */
export function fallsOf(weights: tf.Tensor, map: PeakMap): tf.Tensor {
  return peaksOf(tf.neg(weights), map);
}

/** The weights whose peaks are those of an initializer, up to the ends of their range. 1/2 comes out exactly. */
export function peakWeights(peaks: Initializer, {peakEpsilon: e, peakGain}: PeakMap): Initializer {
  return initializerFrom((shape) => {
    const side = tf.div(tf.sub(peaks.apply(shape, 'float32'), 0.5), 0.5 - e);
    const inner = tf.clipByValue(side, -1 + 1e-6, 1 - 1e-6);
    return tf.div(tf.log(tf.div(tf.add(1, inner), tf.sub(1, inner))), peakGain);
  });
}

/** What is known of the numbers of an initializer before it runs: [smallest, largest, are they single values]. */
function rangeOf(initializer: Initializer): [low: number, high: number, exact: boolean] | null {
  if (initializer instanceof Given) return [Math.min(...initializer.numbers), Math.max(...initializer.numbers), true];
  const {value, minval, maxval} = initializer.getConfig() as Record<string, number>;
  const name = initializer.getClassName();
  if (initializer instanceof PeakConstant || name === 'Constant') return [value, value, true];
  if (initializer instanceof PeakUniform || name === 'RandomUniform') return [minval, maxval, false];
  return null;
}

/** The initializer of peaks. Data cannot be read in time on every backend, so that it is checked by what it says. */
export function peakInitializerOf(
  identifier: InitializerIdentifier,
  peakEpsilon: number,
  who: string,
): ReturnType<typeof initializerOf> {
  requireInitializer(identifier, who, ['peakUniform', 'peakConstant']);
  const resolved = initializerOf(identifier === 'peakConstant' ? new PeakConstant() : identifier, who);
  const {initializer} = resolved;
  const range = rangeOf(initializer);
  if (range === null) {
    const fix = 'Use pw.initializers.peakUniform, peakConstant or given.';
    fail(who, 'peakInitializer must be one whose numbers are known to be in (0, 1)', initializer.getClassName(), fix);
  }
  const [low, high, exact] = range;
  const margin = exact ? peakEpsilon : 0;
  if (!(low >= margin && high <= 1 - margin)) {
    const expected = exact ? `in [peakEpsilon, 1 - peakEpsilon] = [${margin}, ${1 - margin}]` : 'in (0, 1)';
    const received = low === high ? low : `numbers from ${low} to ${high}`;
    fail(who, `peaks must be ${expected}`, received, "The default is 'peakUniform'.");
  }
  return resolved;
}
