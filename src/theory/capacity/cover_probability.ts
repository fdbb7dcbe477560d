import {requireInteger} from '../../errors';
import {binomialTail} from '../../math/cover';

/**
 * The probability that a single unit without a bias can learn random labels to patterns in general position.
 *
 * `2^(1 - P) sum over k < N of C(P - 1, k)` for P patterns of N inputs: 1 for P <= N, exactly 1/2 for P = 2 N, and for
 * many inputs a sharp step there. A bias counts as one more input.
 *
 * Use it to calibrate `estimateCapacity`. Correct to the last digit up to 4096 patterns, to about 1e-9 beyond.
 *
 * @throws If an argument is no integer >= 1.
 *
 * Source: T. Cover, IEEE Trans. Electronic Computers EC-14, 1965.
 *
 * @example
 * pw.theory.coverProbability(15, 10);  // 0.910217
 */
export function coverProbability(patterns: number, inputs: number): number {
  const who = 'coverProbability';
  requireInteger(patterns, 'patterns', who, 1, 20);
  requireInteger(inputs, 'inputs', who, 1, 10);
  return patterns <= inputs ? 1 : binomialTail(patterns - 1, inputs);
}
