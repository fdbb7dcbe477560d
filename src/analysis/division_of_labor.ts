import type * as tf from '@tensorflow/tfjs';
import {fail} from '../errors';

/** What {@link divisionOfLabor} finds. */
export interface DivisionOfLabor {
  /** c = |sum_k v_k w_k|^2 / sum_k |v_k w_k|^2 - 1: -1 if the linear parts cancel, 0 for independent units. */
  correlation: number;
  /** Mean cosine of two different vectors v_k w_k; null for one unit. At least -1 / (units - 1). */
  meanPairCosine: number | null;
  /** Hidden units. */
  units: number;
}

const WHO = 'divisionOfLabor';

/**
 * How much the hidden units of a network of two dense layers share the work: do their weighted sums cancel?
 *
 * `c = |sum_k v_k w_k|^2 / sum_k |v_k w_k|^2 - 1` over the hidden weights w and the read-out v. The theory of wide fully
 * connected networks says c -> -1 for activations with a linear part (ReLU, erf, tanh), where it only costs capacity,
 * and c near 0 for even ones (|z|, z^2); random weights have 0.
 *
 * Takes a `tf.sequential` model with two dense layers, the second of one unit, with layers without weights between them.
 * Biases do not count.
 *
 * @throws If the model is another one, or all weights are 0.
 *
 * Source: Y. Nishiyama and M. Ohzeki, arXiv 2404.13404.
 *
 * @example
 * pw.analysis.divisionOfLabor(committee).correlation;  // -0.95: nearly all of the linear part is gone
 */
export function divisionOfLabor(model: tf.LayersModel): DivisionOfLabor {
  const sequential = model?.getClassName?.() === 'Sequential'; // by name: another copy of tfjs has another class
  const weighted = sequential ? model.layers.filter(({weights}) => weights.length > 0) : [];
  const kinds = weighted.map((layer) => layer.getClassName()).join(', ') || 'none';
  const advice = 'Leave out others, for example a reluPair: its slopes change the weights v.';
  if (kinds !== 'Dense, Dense') fail(WHO, 'the layers with weights must be two dense ones', kinds, advice);
  const [w, v] = weighted.map((layer) => layer.getWeights()[0]);
  if (v.shape[1] !== 1)
    fail(WHO, 'the second dense layer must have one unit', v.shape[1], 'Pass a model of one output.');
  const [inputs, units] = w.shape as [number, number];
  const [kernel, readout] = [w.dataSync(), v.dataSync()];
  const column = (k: number) => Float64Array.from({length: inputs}, (_, i) => readout[k] * kernel[i * units + k]);
  const columns = Array.from({length: units}, (_, k) => column(k));
  const squares = columns.map(square);
  const correlation = square(sumOf(columns)) / squares.reduce((a, b) => a + b, 0) - 1;
  if (!Number.isFinite(correlation)) fail(WHO, 'the weights must be finite and not all 0', correlation, 'Train first.');
  const unit = columns.map((values, k) => values.map((value) => value / Math.sqrt(squares[k])));
  const meanPairCosine = units === 1 ? null : (square(sumOf(unit)) - units) / (units * (units - 1));
  return {correlation, meanPairCosine, units};
}

function square(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}

function sumOf(columns: Float64Array[]): Float64Array {
  return columns[0].map((_, i) => columns.reduce((sum, column) => sum + column[i], 0));
}
