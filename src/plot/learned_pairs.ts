import type * as tf from '@tensorflow/tfjs';
import {readPiecewiseLinear} from '../analysis/piecewise_linear/read_model';

export type Pair = readonly [negative: number, positive: number];

/** The pairs that a layer learns. */
export interface LayerPairs {
  readonly layer: string;
  readonly pairs: readonly Pair[];
  /** Those that share a pair count each; so do those that learn none. */
  readonly units: number;
}

/** The pairs of each layer that has some. */
export async function learnedPairs(model: tf.LayersModel, who: string): Promise<LayerPairs[]> {
  const {nodes} = await readPiecewiseLinear(model, who, undefined, true);
  return nodes.flatMap(({step, layer}) => {
    if (step.kind !== 'elementwise') return [];
    // Units that share their slopes share their function, and are one point.
    const own = new Set(step.functions.filter(({trainable}) => trainable));
    const pairs = [...own].map(({slopes}): Pair => [slopes[0], slopes[slopes.length - 1]]);
    return pairs.length > 0 ? [{layer, pairs, units: step.functions.length}] : [];
  });
}
