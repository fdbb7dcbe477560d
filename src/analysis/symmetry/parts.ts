/**
 * What a network is made of, as far as the relabeling of its units is concerned.
 *
 *   ... trainable map ──► [units of one space] ── operation ── operation ──► trainable map ...
 *            producer          segment 0            gives          segment 1        consumer
 *
 * A `Space` is one channel axis, from the map that makes it (`producer`) to the map that reads it (`consumer`); what acts on each
 * unit alone between them are its operations. A `Relabeling` says how a tensor of the new network stands to the old one. A
 * trainable map takes any relabeling of its inputs and makes any of its outputs, by changing its weights; a fixed map passes a
 * few; an operation passes those that its activation allows, and may give factors of its own. A segment is a run of
 * operations that share their factors. What may be chosen for a space are its `AllowedRelabelings`; what was chosen, its
 * `SpaceRelabeling`; a `RelabelingRule` chooses; `relabel` applies it to the weights, space by space. Branches that meet tie
 * spaces to one (`Tied`).
 */

import type {UnitWeight} from './layer_weights';

/** How a tensor of the relabelled network stands to the old one: new[i] = factor[i] * old[from[i]] + shift[i]. */
export interface Relabeling {
  from: Int32Array;
  factor: Float64Array;
  shift: Float64Array | null;
}

/** Which factors of a unit something allows. */
export type Factors = 'any' | 'positive' | 'sign' | 'none';

/** A trainable linear map: it takes any relabeling of its inputs and makes any of its outputs. */
export interface TrainableMap {
  kind: 'trainable';
  layer: string;
  units: number;
  /** It can make up for a constant that is added to its inputs. */
  takesShift: boolean;
  /** It adds a trainable constant to each unit. */
  hasBias: boolean;
  bias: Float64Array | null;
  /** It sees at least so many positions beside each other, none of them zeros of its own. */
  window?: number;
  /** It maps groups of so many units to groups of so many; null if each unit goes to all. */
  block: number | null;
  /** The number of its inputs if it is one matrix; null for a convolution, or after a flatten layer. */
  inputs: number | null;
  relabelInputs(relabeling: Relabeling): void;
  relabelOutputs(relabeling: Relabeling): void;
  /** The weights into a unit, all proportional to the unit's factor. */
  weightsInto(unit: number): number[];
  /** The weights out of an input unit. */
  weightsFrom(unit: number): number[];
}

/** A linear map without trainable numbers. */
export interface FixedMap {
  kind: 'fixed';
  layer: string;
  units: number;
  /** The number of its inputs if it is one matrix. */
  inputs: number | null;
  /** The signs of a square Walsh-Hadamard transform; 'scalar' passes one common factor only, 'nothing' not even that. */
  passes: {signs: Float32Array} | 'scalar' | 'nothing';
}

/** What acts on each unit alone. */
export interface UnitOperation {
  kind: 'operation';
  layer: string;
  linear: boolean;
  /** The factors of its input that it takes. */
  takes: Factors;
  /** The factors that its own weights can give to its output whatever comes in; null if those of the input go through. */
  gives: Factors | null;
  /** The sign of its input does not show in its output. */
  even?: boolean;
  /** A changed sign of its input adds a constant to its output. */
  shifts?: boolean;
  carriesShift?: boolean;
  /** A changed sign also changes the size of its output. */
  scalesWithSign?: boolean;
  /** Its units are not all alike: no permutation passes. */
  fixesUnits?: boolean;
  /** It has symmetries beyond those named here. */
  hasMore?: boolean;
  /** Trainable factors and constants of each unit that its output is multiplied by and is added to. */
  factors?: number;
  constants?: number;
  /** It takes off a mean that is not trained. */
  centers?: boolean;
  mean?: Float64Array | null;
  /** A number that is added to all its units does not show in its output, and these have a fixed sum. */
  ignoresShift?: boolean;
  /** It has the length of all units together, whatever comes in: rotations that keep their mean pass. */
  normalizes?: boolean;
  /** It takes means over positions. */
  averages?: boolean;
  /** It adds up positions by trainable weights of each unit. */
  filters?: boolean;
  /** It puts zeros beside its input, which no constant before them reaches. */
  pads?: boolean;
  /** So many of them stay beside each other. */
  zeros?: number;
  /** It sees at least so many positions beside each other, none of them zeros of its own. */
  window?: number;
  /** Its slopes on either side of 0 stand in a ratio that is trained. */
  turns?: boolean;
  /** It picks the largest of several positions. */
  picks?: boolean;
  /** The weights of a unit that are proportional to the factor it gives. */
  weightsOf(unit: number): number[];
  /** All its weights. */
  arrays: readonly UnitWeight[];
  /** What it makes of a constant in all positions, and of values that nobody knows: null if nobody knows that. */
  onConstant?(value: number | null, unit: number): number | null;
  /** Changes the weights, and returns the relabeling of the output. `own` is the factor that it gives. */
  relabel(relabeling: Relabeling, own: Float64Array | null): Relabeling;
}

export type LayerPart = TrainableMap | FixedMap | UnitOperation;
/** Input or output of the model, which nobody may relabel. */
export type End = {kind: 'end'; layer: string};
export type MapOrEnd = TrainableMap | FixedMap | End;

/** One channel axis, from the map that makes it to the map that reads it. */
export interface Space {
  units: number;
  producer: MapOrEnd;
  operations: UnitOperation[];
  consumer: MapOrEnd;
  /** What acts on it, if that is more than one chain; then producer, operations and consumer only name it. */
  tied?: Tied;
}

export function identity(units: number): Relabeling {
  return {from: Int32Array.from({length: units}, (_, i) => i), factor: new Float64Array(units).fill(1), shift: null};
}

/** What a layer does with the units of a space: in its channels they lie at these places, once or several times. */
export type Use =
  | {kind: 'produce'; map: TrainableMap; segment: number}
  | {kind: 'operate'; operation: UnitOperation; width: number; places: {at: number; input: number; output: number}[]}
  | {kind: 'consume'; map: TrainableMap; width: number; places: {at: number; segment: number}[]};

/** All that acts on units that the branches of a model tie to each other. */
export interface Tied {
  /** In the order of the calls. */
  uses: Use[];
  /** How many segments there are: runs of operations that share their factors. */
  segments: number;
  /** Inputs, outputs and fixed maps hold these segments, and the order of the units if there are any. */
  fixedSegments: ReadonlySet<number>;
  /** There are symmetries beyond permutations, and beyond one factor for each segment. */
  hasMore: boolean;
  /** A trainable map reads what another makes, without a bend between. */
  joinsMaps: boolean;
}

export const isTied = (space: Space): space is Space & {tied: Tied} => space.tied !== undefined;

/** What makes up factors of its own. */
export type Source = TrainableMap | UnitOperation;

/** The weights of a unit that are proportional to its factor. */
export const weightsOf = (source: Source, unit: number): number[] =>
  source.kind === 'trainable' ? source.weightsInto(unit) : source.weightsOf(unit);

/** An operation on more channels as one on the units that begin at a place. */
export const sliceOf = (operation: UnitOperation, at: number): UnitOperation => ({
  ...operation,
  weightsOf: (unit) => operation.weightsOf(at + unit),
});

/** The source of each segment, the first of several. */
export function sourcesOf(space: Space): Source[] {
  if (!isTied(space)) return [space.producer as TrainableMap, ...space.operations.filter(({gives}) => gives !== null)];
  const sources: Source[] = [];
  for (const use of space.tied.uses) {
    if (use.kind === 'produce') sources[use.segment] ??= use.map;
    if (use.kind !== 'operate' || use.operation.gives === null) continue;
    for (const {at, output} of use.places) sources[output] ??= sliceOf(use.operation, at);
  }
  return sources;
}

/** Units stay in groups of so many, because of the maps beside them that work in blocks; 1 if these do not fit. */
export function blockOf(units: number, maps: readonly MapOrEnd[]): number {
  const sizes = maps.flatMap((map) => (map.kind === 'trainable' && map.block !== null ? [map.block] : []));
  const least = Math.min(units, ...sizes);
  return sizes.every((size) => size % least === 0) ? least : 1;
}
