/** What is known of a neuron. */

export type Verdict = 'dead' | 'alive' | 'unknown';

/** Why a verdict is unknown. */
export type Reason =
  /** Never above 0 except for rounding, or only as long as the weights do not move. */
  | 'marginal'
  /** An exact method would take more steps than allowed. */
  | 'budget'
  /** An exact method does not apply, bounds do not settle it, and no sample is above 0. */
  | 'bounds'
  /** The method that was asked for does not apply. */
  | 'method';

/** How the question of one neuron is settled: see {@link stablyUnactivated}. */
export type Method = 'closedForm' | 'vertices' | 'lp' | 'bounds';

export interface Decision {
  verdict: Verdict;
  /** The least upper bound of the values, Infinity if there is none; null if it was not worked out. */
  supremum: number | null;
  reason: Reason | null;
  /** A number that no value is above, Infinity if none is known. */
  upperBound: number;
  /** An input with a value above 0. */
  witness: Float64Array | null;
}

/** A supremum that was worked out is the upper bound. */
const bound = (supremum: number | null, upperBound = Infinity): number => supremum ?? upperBound;

export const dead = (supremum: number | null, upperBound?: number): Decision => ({
  verdict: 'dead',
  supremum,
  upperBound: bound(supremum, upperBound),
  reason: null,
  witness: null,
});

export const alive = (supremum: number | null, witness: Float64Array | null, upperBound?: number): Decision => ({
  verdict: 'alive',
  supremum,
  upperBound: bound(supremum, upperBound),
  reason: null,
  witness,
});

export const unknown = (reason: Reason, supremum: number | null = null, upperBound?: number): Decision => ({
  verdict: 'unknown',
  supremum,
  upperBound: bound(supremum, upperBound),
  reason,
  witness: null,
});
