/** A network as a list of standard operations: what every format outside of tfjs-layers has in some form. */

/** null: known only when it runs. */
export type Size = number | null;

export interface Value {
  /** Letters, digits and `_.-/`, unique in its graph. */
  name: string;
  readonly shape: readonly Size[];
  readonly dtype: 'float32' | 'int32' | 'bool';
}

export interface Constant extends Value {
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array;
  /** How the numbers follow from a seed: a format that is a program may draw them instead of storing them. */
  readonly drawn?: Drawn;
  /** The places of weights, where the numbers in all others are alike: a program need not store these. */
  readonly own?: Own;
}

export interface Own {
  readonly places: Int32Array;
  readonly drawn: Drawn & {readonly what: 'subsample'};
}

/**
 * `scale` times the random signs of a seed, or times its uniform numbers between -1 and 1; or that many of 0 to `from` - 1, those
 * first in a random permutation, ascending.
 */
export type Drawn = {readonly seed: number; readonly round: number} & (
  | {readonly what: 'signs' | 'uniform'; readonly scale: number}
  | {readonly what: 'subsample'; readonly from: number}
);

/** Operations on one value, element by element; `softmax` and `logSoftmax` along the last axis. */
export type Unary =
  | 'abs'
  | 'elu'
  | 'erf'
  | 'floor'
  | 'identity'
  | 'logSoftmax'
  | 'neg'
  | 'relu'
  | 'selu'
  | 'sigmoid'
  | 'softmax'
  | 'softplus'
  | 'sqrt'
  | 'tanh';

/** Operations on two values that are broadcast, as in NumPy. */
export type Binary = 'add' | 'sub' | 'mul' | 'div' | 'maximum' | 'minimum' | 'less';

type None = Record<string, never>;
type Pair = readonly [height: number, width: number];

/**
 * Operations on images [batch, height, width, channels] or volumes [batch, depth, height, width, channels]; 'same' pads with
 * zeros, one more at the end if the number is odd.
 */
export interface Windows {
  readonly strides: readonly number[];
  readonly padding: 'same' | 'valid';
}

/** What each kind of operation needs besides its inputs. */
export type Attributes = {[K in Unary | Binary]: None} & {
  /** condition, where true, where false. */
  select: None;
  /** The product of the last two axes; the others are broadcast. */
  matMul: None;
  /** H x along the last axis, a power of two long, not normalized. */
  walshHadamard: None;
  /** One size may be -1. */
  reshape: {readonly shape: readonly number[]};
  transpose: {readonly perm: readonly number[]};
  concat: {readonly axis: number};
  /** A size of -1: all the rest. */
  slice: {readonly starts: readonly number[]; readonly sizes: readonly number[]};
  /** x, indices [n]. */
  gather: {readonly axis: number};
  tile: {readonly times: readonly number[]};
  /** Zeros. */
  pad: {readonly before: readonly number[]; readonly after: readonly number[]};
  mean: {readonly axes: readonly number[]; readonly keepDims: boolean};
  max: {readonly axes: readonly number[]; readonly keepDims: boolean};
  /** x, kernel [...sizes, channels, filters]. */
  conv: Windows & {readonly dilations: readonly number[]};
  /** x, kernel [height, width, channels, filters per channel]. */
  depthwiseConv2d: Windows & {readonly dilations: readonly number[]};
  maxPool: Windows & {readonly size: readonly number[]};
  averagePool: Windows & {readonly size: readonly number[]};
  /** To a multiple of the height and width. */
  resize: {readonly method: 'nearest' | 'bilinear'; readonly factors: Pair; readonly size: Pair};
};

export type Kind = keyof Attributes;

/** Those that formats have which know no transform (`withMatrixProducts` leaves no other). */
export type StandardKind = Exclude<Kind, 'walshHadamard'>;

export interface Operation<K extends Kind> {
  readonly kind: K;
  readonly inputs: readonly Value[];
  readonly output: Value;
  readonly attributes: Attributes[K];
}

export interface Graph<K extends Kind = Kind> {
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  readonly constants: readonly Constant[];
  /** In an order in which each value is written before it is read. */
  readonly operations: readonly {[k in K]: Operation<k>}[K][];
  /** A name that nothing of the graph has yet. */
  uniqueName(wish: string): string;
}

/** What a format makes of each kind. */
export type Translation<R, K extends Kind = StandardKind> = {readonly [k in K]: (operation: Operation<k>) => R};

export function translate<R, K extends Kind>(operation: Graph<K>['operations'][number], by: Translation<R, K>): R {
  return (by[operation.kind] as (operation: Operation<Kind>) => R)(operation);
}
