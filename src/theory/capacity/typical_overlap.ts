import {requireNumber, requireOneOf, requireOptions} from '../../errors';
import {minimize} from '../../math/minimize';
import type {TheoryActivation} from './activation_kernel';
import {ARCHITECTURES, type Architecture, overlapMap} from './overlap_map';
import {energy, overlapEntropy, symmetricCapacity} from './replica';

/** What {@link typicalOverlap} gives. */
export interface TypicalOverlap {
  /** 'symmetric': overlap 0; 'broken': above 0; 'unsatisfiable': there are no solutions at this load. */
  phase: 'symmetric' | 'broken' | 'unsatisfiable';
  /** Overlap of the weights of two random solutions, unit by unit; 1 where there are none. */
  overlap: number;
  /** Logarithm of the share of all weights that are solutions, per weight; -Infinity where there are none. */
  freeEntropy: number;
}

const WHO = 'typicalOverlap';

/**
 * How alike two random solutions are, and how many there are, at a load of patterns per weight.
 *
 * Replica-symmetric: the least of `1/2 (ln(1 - q) + q / (1 - q)) + load Int Dt ln H(-sqrt(Q / (1 - Q)) t)` over q. In the
 * symmetric phase it is -load ln 2: each pattern halves the solutions.
 *
 * Use it to follow the transition of `symmetryBreaking`. Derived and not proved; above the transition only approximate.
 *
 * @throws If the activation is unknown or linear in a fully connected network, or the load is below 0.
 *
 * Source: Nishiyama and Ohzeki 2024, arXiv 2404.13404.
 *
 * @example
 * pw.theory.typicalOverlap('quadratic', 1.81575).overlap;  // 0.5
 */
export function typicalOverlap(
  activation: TheoryActivation,
  load: number,
  options: {architecture?: Architecture} = {},
): TypicalOverlap {
  requireOptions(options, {architecture: true}, WHO);
  const architecture = requireOneOf(options.architecture ?? 'fullyConnected', 'architecture', WHO, ARCHITECTURES);
  requireNumber(load, 'load', WHO, [0, Infinity], 1);
  const map = overlapMap(activation, architecture, WHO);
  if (load >= symmetricCapacity(map, 0) * (1 - 1e-9))
    return {phase: 'unsatisfiable', overlap: 1, freeEntropy: -Infinity};
  const freeEntropy = (q: number) => overlapEntropy(q) + load * energy(map.at(q));
  const {at, value} = minimize(freeEntropy, 0, 1 - 1e-6, 100, 1e-8);
  // Near 0 the function is flat to the fourth order: what is found there is rounding.
  const symmetric = freeEntropy(0) <= value + 1e-12;
  return symmetric
    ? {phase: 'symmetric', overlap: 0, freeEntropy: freeEntropy(0)}
    : {phase: 'broken', overlap: at, freeEntropy: value};
}
