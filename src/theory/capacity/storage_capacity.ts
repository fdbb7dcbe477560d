import {fail, type Names, requireNumber, requireOneOf, requireOptions} from '../../errors';
import type {TheoryActivation} from './activation_kernel';
import {ARCHITECTURES, type Architecture, overlapMap} from './overlap_map';
import {oneStepCapacity, symmetricCapacity} from './replica';

/** Options of {@link storageCapacity}. */
export interface StorageCapacityOptions {
  /** 'tree': each hidden unit has inputs of its own; 'fullyConnected': all see all. Default: 'fullyConnected'. */
  architecture?: Architecture;
  /** Steps of replica-symmetry breaking, 0 or 1: more is nearer to the truth. Default: 1. */
  rsb?: 0 | 1;
  /** Least distance of an output from 0, for rsb 0 only. Default: 0. */
  margin?: number;
}

/** What {@link storageCapacity} gives. */
export interface StorageCapacity {
  /** Random patterns per weight of the hidden layer; Infinity for activations that jump. */
  capacity: number;
  /** As asked. */
  architecture: Architecture;
  /** As asked. */
  rsb: 0 | 1;
  /** The two parameters of the solution, for rsb 1. */
  clusters: {ratio: number; overlap: number} | null;
}

const WHO = 'storageCapacity';
const OPTIONS: Names<StorageCapacityOptions> = {architecture: true, rsb: true, margin: true};

/**
 * How many random patterns a wide network of one hidden layer can learn, per weight of that layer.
 *
 * `sum_k v_k f(w_k x)` with fixed signs v and trained w gives P = capacity * weights random labels to random inputs.
 * rsb 0: `2 Q'(1)`, in closed form (for trees 2 E f'^2 / Var f); rsb 1: a minimum over two parameters.
 *
 * Use it to compare activations: the capacity stays finite for infinitely wide networks, and in fully connected ones
 * the slopes of a `reluPair` do not matter. These are results of the replica method, derived and not proved, for
 * infinitely many inputs and then units; both are estimates from above. What training finds is below: `estimateCapacity`.
 *
 * @throws If the activation or an option is unknown, it is constant or has no second moment, a fully connected network is
 * linear, or a margin comes with rsb 1.
 *
 * Source: Y. Nishiyama and M. Ohzeki, arXiv 2404.13404; the digits are derived here.
 *
 * @example
 * pw.theory.storageCapacity('relu', {architecture: 'tree', rsb: 0}).capacity;  // 2.933884 = 2 pi / (pi - 1)
 */
export function storageCapacity(activation: TheoryActivation, options: StorageCapacityOptions = {}): StorageCapacity {
  requireOptions(options, OPTIONS, WHO);
  const architecture = requireOneOf(options.architecture ?? 'fullyConnected', 'architecture', WHO, ARCHITECTURES);
  const rsb = options.rsb ?? 1;
  if (rsb !== 0 && rsb !== 1) fail(WHO, 'rsb must be 0 or 1', rsb, 'For example {rsb: 1}.');
  const margin = requireNumber(options.margin ?? 0, 'margin', WHO, [0, Infinity], 0);
  if (margin > 0 && rsb === 1) fail(WHO, 'a margin needs rsb 0', `margin ${margin} with rsb 1`, 'Add {rsb: 0}.');
  const map = overlapMap(activation, architecture, WHO);
  if (rsb === 0 || map.slopeAtOne === Infinity) {
    return {capacity: symmetricCapacity(map, margin), architecture, rsb, clusters: null};
  }
  const {capacity, ratio, overlap} = oneStepCapacity(map);
  return {capacity, architecture, rsb, clusters: {ratio, overlap}};
}
