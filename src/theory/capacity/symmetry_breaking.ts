import {minimize} from '../../math/minimize';
import {logTail} from '../../math/normal';
import {expectation, normalRule} from '../../math/quadrature';
import type {TheoryActivation} from './activation_kernel';
import {type OverlapMap, overlapMap} from './overlap_map';
import {equalLoadAt, loadAt} from './replica';

/** What {@link symmetryBreaking} gives. */
export interface SymmetryBreaking {
  /** Continuous: the overlap of two solutions rises from 0; discontinuous: it jumps. */
  kind: 'continuous' | 'discontinuous';
  /** Patterns per weight at which the units of a solution take different roles. */
  load: number;
  /** Overlap of two solutions right above it: 0 if continuous. */
  overlap: number;
  /** Load from which such solutions exist beside the symmetric ones, if the change is discontinuous. */
  spinodal: {load: number; overlap: number} | null;
  /** Loads at which the symmetric phase itself falls apart into clusters (one step, discontinuous kind only). */
  glass: {static: number; dynamic: number} | null;
}

const RULE = normalRule([], 10);
/** Overlaps between which the least loads are sought; rounding rules nearer to 0 and 1. */
const OVERLAPS = [0.01, 0.985] as const;

/**
 * The load at which the permutation symmetry of the hidden units of a wide fully connected network breaks.
 *
 * Below it, two random solutions have overlap 0 unit by unit, for any unit can play any role. Above it the solutions fall
 * apart into copies that differ by permutations. Continuous at `pi kappa~(1) / (2 kappa''(0))` where f has a quadratic
 * part (ReLU, z^2); discontinuous, with a spinodal, for odd f such as erf and tanh.
 *
 * Use it with `countEquivalentMinima`, which counts those copies. Replica-symmetric, derived and not proved.
 *
 * @throws If the activation is unknown or linear.
 *
 * Source: Y. Nishiyama and M. Ohzeki, arXiv 2404.13404; the digits are derived here.
 *
 * @example
 * pw.theory.symmetryBreaking('relu').load;  // 0.896605 = pi (pi - 2) / 4 patterns per weight
 */
export function symmetryBreaking(activation: TheoryActivation): SymmetryBreaking {
  const map = overlapMap(activation, 'fullyConnected', 'symmetryBreaking');
  const {at, value} = minimize((q) => loadAt(q, map), ...OVERLAPS, 40, 1e-5);
  const onset = Math.PI / (2 * map.curvature); // Infinity without a quadratic part
  if (onset <= value) return {kind: 'continuous', load: onset, overlap: 0, spinodal: null, glass: null};
  const equal = minimize((q) => equalLoadAt(q, map), ...OVERLAPS, 40, 1e-5);
  return {
    kind: 'discontinuous',
    load: equal.value,
    overlap: equal.at,
    spinodal: {load: value, overlap: at},
    glass: map.curvature === 0 ? glassOf(map) : null,
  };
}

/** ln 2 + 2 Int Dt H ln H: what the labels tell about the cluster. */
function information(Q: number): number {
  const width = Math.sqrt(Q / (1 - Q));
  return (
    Math.LN2 +
    2 *
      expectation((t) => {
        const log = logTail(width * t);
        return Math.exp(log) * log;
      }, RULE)
  );
}

/** Static: clusters win; dynamic: they appear, where cost and information balance to first order. */
function glassOf(map: OverlapMap): {static: number; dynamic: number} {
  const cost = (q: number) => -0.5 * (Math.log1p(-q) + q);
  const step = 1e-4;
  const rise = (q: number) => (information(map.at(q + step)) - information(map.at(q - step))) / (2 * step);
  return {
    static: minimize((q) => cost(q) / information(map.at(q)), ...OVERLAPS, 40, 1e-5).value,
    dynamic: minimize((q) => (0.5 * q) / (1 - q) / rise(q), ...OVERLAPS, 40, 1e-5).value,
  };
}
