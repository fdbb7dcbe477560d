import type * as tf from '@tensorflow/tfjs';
import {callsOf} from '../../model_graph';

/** What of a layer's config does not change the kind of function that it computes of its inputs. */
const IRRELEVANT =
  /^(name|trainable|batchInputShape|dtype|seed|units|filters|subnets|.*Initializer|.*Regularizer|.*Constraint|initializer|rate)$/;

/**
 * Whether branches of one kind, of one and the same value, meet again: their units can then be exchanged across branches, which
 * nobody looks for.
 */
export function hasTwins(model: tf.LayersModel, who: string): boolean {
  const {calls} = callsOf(model, who);
  /** The way to a value, as a number for each different way. */
  const ways = new Map<string, number>();
  const number = (way: string): number => {
    if (!ways.has(way)) ways.set(way, ways.size);
    return ways.get(way)!;
  };
  const values = new Map<number, number>(model.inputs.map((_, i) => [i, number(`input ${i}`)]));
  let found = false;
  for (const {layer, reads, writes} of calls) {
    const before = reads.map((read) => values.get(read)!);
    // A value that is read twice is one branch.
    const branches = [...new Set(reads)].map((read) => values.get(read)!);
    found ||= new Set(branches).size < branches.length;
    const config = JSON.stringify(layer.getConfig(), (key, value) => (IRRELEVANT.test(key) ? undefined : value));
    const way = number(`${layer.getClassName()} ${config} of ${before}`);
    for (const value of writes) values.set(value, way);
  }
  return found;
}
