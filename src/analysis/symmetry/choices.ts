/** What may be chosen of the symmetries of a network, and what was. */

import type {Factors, Space, TrainableMap, UnitOperation} from './parts';

/**
 * The operations from one that makes up factors of its own, or from the producer, to the next such one or the consumer.
 * 'unit': each unit has a factor of its own; 'walsh': c times a Walsh function; 'common': one c for all; 'fixed': none.
 */
export interface Segment {
  per: 'unit' | 'walsh' | 'common' | 'fixed';
  /** The factors may be negative. */
  sign: boolean;
  /** The factors may have any size. */
  scale: boolean;
}

/** What may be chosen in one space. */
export interface AllowedRelabelings {
  space: Space;
  /** Place of the space in the network. */
  index: number;
  /** 'affine': permutations i -> A i + b of the binary indices, which the next transform turns into such again; 'fixed': none. */
  permutations: 'all' | 'affine' | 'fixed';
  /** Units are exchanged only within groups of so many. */
  block: number;
  segments: Segment[];
  /** Which Walsh functions the last segment may have: all, or the constant alone. */
  characters: 'all' | 'constant';
  /** No bend between two trainable maps: every invertible matrix is a symmetry. */
  linear: boolean;
  /** Nothing beyond the named symmetries is known for weights in general position. */
  exact: boolean;
}

export interface Range {
  sign: boolean;
  scale: boolean;
}

export const RANGES: Record<Factors, Range> = {
  any: {sign: true, scale: true},
  positive: {sign: false, scale: true},
  sign: {sign: true, scale: false},
  none: {sign: false, scale: false},
};

/** What was chosen in one space: the order of its units, and the factors of each segment. */
export interface SpaceRelabeling {
  from: Int32Array;
  factors: Float64Array[];
}

/** Chooses one symmetry, space by space from the input; it sees the weights as the earlier choices have left them. */
export interface RelabelingRule {
  /** Order of the units of a space after a trainable map. */
  order(allowed: AllowedRelabelings, source: TrainableMap): Int32Array;
  /** Factors of a segment, before which `source` makes them; `from` is the order of the units. */
  factors(
    allowed: AllowedRelabelings,
    segment: number,
    source: UnitOperation | TrainableMap,
    from: Int32Array,
  ): Float64Array;
}
