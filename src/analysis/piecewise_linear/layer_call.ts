import type {Step} from './steps';

/** One use of a layer in a model: all that the layer needs to say what it computes. */
export interface LayerCall {
  readonly name: string;
  readonly className: string;
  readonly config: {readonly [option: string]: unknown};
  /** By the last part of their names; of the two layers of a `Bidirectional` after `forward_` and `backward_`. */
  readonly weights: {readonly [name: string]: Float64Array};
  /** Shapes without the batch axis. */
  readonly inputShapes: readonly number[][];
  readonly outputShape: readonly number[];
  /** Whether its output is one of the model, and nothing else reads it. */
  readonly last: boolean;
  /** Functions that are bent everywhere are wanted, too, as fine broken lines: for pictures. */
  readonly smooth?: boolean;
  /** Tells the user what was left out. */
  note(text: string): void;
}

/** A layer as steps, the first of which reads the inputs of the layer, concatenated. */
export type LayerReader = (call: LayerCall) => Step[];

/** Thrown for what is not piecewise linear, or not known to be. */
export class NotPiecewiseLinear extends Error {}

export function refuse({name, className}: LayerCall, what: string, fix: string): never {
  throw new NotPiecewiseLinear(
    `layer ${name}: only piecewise-linear layers can be analysed, but received ${what} of class ${className}. ${fix}`,
  );
}

export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);

/** Depth, height, width and channels: an image is one slice, a sequence one row of it. */
export type Volume = readonly [depth: number, height: number, width: number, channels: number];

/** The input of a layer on volumes, images or sequences. */
export function volumeOf(call: LayerCall): Volume {
  const [shape] = call.inputShapes;
  return [...alongAxes(shape.slice(0, -1)), shape[shape.length - 1]];
}

/** What is said of one to three axes: of depth, height and width. */
export const alongAxes = (numbers: readonly number[]): [number, number, number] =>
  [1, 1, ...numbers].slice(-3) as [number, number, number];
