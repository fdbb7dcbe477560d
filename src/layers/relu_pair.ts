import * as tf from '@tensorflow/tfjs';
import {fail, type Names, requireBoolean, requireInteger, requireNumber} from '../errors';
import {type SlopeInitializer, slopeInitializers} from '../initializers/slopes';
import {PAIR_STREAM, randomBits} from '../math/random';
import {trainableUnits} from '../math/trainable_units';
import {reluPair as multiplyBySlopes, reluPairOfUnits} from '../ops/relu_pair';
import {UnitSelection} from '../ops/take_units';
import {type Kwargs, type LayerWeight, oneShape, oneTensor, type Shape} from '../tfjs_internals';
import {PiecewiseLayer, type SeedArgs} from './piecewise_layer';

/** Arguments of {@link reluPair}. */
export interface ReLUPairArgs extends SeedArgs {
  /** Fraction of the units, 0 to 1, that own two trainable slopes; the others are plain ReLUs. Default: 1. */
  parametricFraction?: number;
  /** Axes along which positions share their slopes, as in `tf.layers.prelu` (the first axis after the batch is 1). */
  sharedAxes?: number | number[];
  /** Start of the slopes: 'zeroCurvature', 'relu', 'uniform', or an initializer of tfjs. Default: 'zeroCurvature'. */
  initializer?: SlopeInitializer;
  /** Adds a trainable bias before the slopes, which moves the breakpoint off 0. Default: false. */
  useBias?: boolean;
  /** Slope above zero of the plain ReLUs; sqrt(2) keeps the mean square. Default: 1. */
  fixedGain?: number;
}

/** Made by {@link reluPair}, where its options are explained. */
export class ReLUPair extends PiecewiseLayer {
  static readonly className = 'ReLUPair';
  /** @ignore */
  static override readonly options: Names<Omit<ReLUPairArgs, keyof SeedArgs>> = {
    parametricFraction: true,
    sharedAxes: true,
    initializer: true,
    useBias: true,
    fixedGain: true,
  };

  readonly parametricFraction: number;
  readonly sharedAxes: number[] | null;
  readonly useBias: boolean;
  readonly fixedGain: number;
  private readonly initializer: SlopeInitializer;

  /** The input's shape without the batch axis, 1 along shared axes. */
  private unitShape: number[] = [];
  private negative: LayerWeight | null = null;
  private positive: LayerWeight | null = null;
  private bias: LayerWeight | null = null;
  /** Where the trainable units are; null when all or none are. */
  private selection: UnitSelection | null = null;
  /** Slopes above zero of the plain ReLUs, 0 elsewhere. */
  private fixedSlopes: tf.Tensor | null = null;

  constructor(args: ReLUPairArgs = {}) {
    super(args);
    const who = `layer ${this.name}`;
    this.parametricFraction = requireNumber(args.parametricFraction ?? 1, 'parametricFraction', who, [0, 1], 0.25);
    const {sharedAxes} = args;
    this.sharedAxes = sharedAxes === undefined || sharedAxes === null ? null : [sharedAxes].flat();
    for (const axis of this.sharedAxes ?? []) requireInteger(axis, 'sharedAxes', who, 1, 1);
    this.initializer = args.initializer ?? 'zeroCurvature';
    this.initializers(1); // to refuse a bad one now
    this.useBias = requireBoolean(args.useBias ?? false, 'useBias', who);
    this.fixedGain = requireNumber(args.fixedGain ?? 1, 'fixedGain', who, [0, Infinity], 1);
    this.supportsMasking = true;
  }

  override build(inputShape: Shape | Shape[]): void {
    const shape = oneShape(inputShape);
    this.unitShape = this.unitShapeOf(shape);
    const units = tf.util.sizeFromShape(this.unitShape);
    const seed = this.fixSeed();
    const positions = trainableUnits(units, this.parametricFraction, seed);
    const trainable = positions?.length ?? units;
    if (trainable > 0) {
      const weightShape = positions ? [trainable] : this.unitShape;
      const {negative, positive} = this.initializers(seed);
      this.negative = this.addWeight('negative', weightShape, 'float32', negative);
      this.positive = this.addWeight('positive', weightShape, 'float32', positive);
    }
    if (positions) {
      const fixed = new Float32Array(units).fill(this.fixedGain);
      for (const position of positions) fixed[position] = 0;
      this.fixedSlopes = tf.keep(tf.tensor(fixed, this.unitShape));
      if (trainable > 0) this.selection = new UnitSelection(positions, units);
    }
    if (this.useBias) this.bias = this.addWeight('bias', this.unitShape, 'float32', tf.initializers.zeros());
    const axes = Object.fromEntries(this.unitShape.flatMap((size, i) => (this.isShared(i + 1) ? [] : [[i + 1, size]])));
    this.inputSpec = [{ndim: shape.length, axes}];
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: Kwargs): tf.Tensor {
    this.invokeCallHook(inputs, kwargs);
    const x = oneTensor(inputs, this);
    // One kernel on its weights leaves nothing to tidy.
    if (this.negative && !this.selection && !this.sharedAxes && !this.bias) return reluPairOfUnits(x, ...this.slopes());
    return tf.tidy(() => multiplyBySlopes(this.bias ? tf.add(x, this.bias.read()) : x, ...this.slopes()));
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return oneShape(inputShape);
  }

  override getConfig(): tf.serialization.ConfigDict {
    const {parametricFraction, sharedAxes, useBias, fixedGain} = this;
    const initializer = this.initializers(1).config;
    return {...super.getConfig(), parametricFraction, sharedAxes, initializer, useBias, fixedGain};
  }

  override dispose(): ReturnType<tf.layers.Layer['dispose']> {
    const result = super.dispose();
    if (result.refCountAfterDispose === 0) this.disposeConstants();
    return result;
  }

  /** All but the weights, for a layer that has taken those over. */
  disposeConstants(): void {
    this.selection?.dispose();
    this.fixedSlopes?.dispose();
  }

  private initializers(seed: number): ReturnType<typeof slopeInitializers> {
    const seeds = randomBits(seed, PAIR_STREAM + 1);
    return slopeInitializers(this.initializer, [1 + (seeds(0) >>> 1), 1 + (seeds(1) >>> 1)], `layer ${this.name}`);
  }

  /** The slopes of all units, below and above zero. */
  private slopes(): [negative: tf.Tensor, positive: tf.Tensor] {
    if (!this.negative || !this.positive) return [tf.scalar(0), this.fixedSlopes!];
    const [negative, positive] = [this.negative.read(), this.positive.read()];
    if (!this.selection) return [negative, positive];
    const all = (slopes: tf.Tensor) => {
      const scattered = this.selection!.scatter(slopes, 0);
      return this.unitShape.length === 1 ? scattered : tf.reshape(scattered, this.unitShape);
    };
    return [all(negative), tf.add(all(positive), this.fixedSlopes!)];
  }

  /** The slopes, if to multiply by slopes that vary along `axis` only is all that it does. */
  slopesAlong(axis: number): tf.Tensor[] | null {
    if (this.useBias || this.unitShape.some((size, i) => size > 1 && i + 1 !== axis)) return null;
    return this.slopes();
  }

  private isShared(axis: number): boolean {
    return this.sharedAxes?.includes(axis) ?? false;
  }

  private unitShapeOf(shape: Shape): number[] {
    const shown = `input shape [${shape.map((size) => size ?? 'null')}]`;
    for (const axis of this.sharedAxes ?? []) {
      if (!(axis < shape.length)) {
        fail(
          `layer ${this.name}`,
          `sharedAxes must be axes of the input`,
          `${axis} for ${shown}`,
          'The last is rank - 1.',
        );
      }
    }
    return shape.slice(1).map((size, i) => {
      if (this.isShared(i + 1)) return 1;
      if (!(size !== null && size >= 1)) {
        fail(
          `layer ${this.name}`,
          `the size of axis ${i + 1} must be known and >= 1, or the axis shared`,
          shown,
          `Give it in inputShape, or pass {sharedAxes: [${i + 1}]}.`,
        );
      }
      return size;
    });
  }
}

/** What of its config tells the function that the weights make, once it is built. */
export type PairConfig = Pick<ReLUPair, 'parametricFraction' | 'sharedAxes' | 'useBias' | 'fixedGain'> & {seed: number};

/**
 * Activation with two trainable slopes on each unit, or on a fraction of the units.
 *
 * `y = x * (x < 0 ? negative : positive)`, with a bias `x + bias` for x.
 *
 * A fraction f pays 2 f trainable numbers per breakpoint: 1 pays 2, 0.5 pays 1, 0.25 pays 0.5, 0 is ReLU. After a
 * `whtProjection` these are all the weights of a layer, whatever its width.
 *
 * Input and output have one shape. A unit is one position of the axes that are not shared: [..., units] without
 * `sharedAxes` and with one axis.
 *
 * Weights: `negative` and `positive` of round(f * units) numbers each, only the trainable ones; `bias` with `useBias`.
 *
 * @throws If an argument is out of its range, or the size of an axis that is not shared is unknown.
 *
 * Sources: S. O'Connor's switch nets; PReLU, He et al. 2015 (one slope).
 *
 * @example
 * pw.layers.reluPair({parametricFraction: 0.25});  // on 1024 units: 512 trainable numbers
 */
export const reluPair = (args?: ReLUPairArgs): ReLUPair => new ReLUPair(args);

tf.serialization.registerClass(ReLUPair);
