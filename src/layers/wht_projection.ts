import * as tf from '@tensorflow/tfjs';
import {fail, type Names, requireBoolean, requireInteger, requireNumber, requireOneOf} from '../errors';
import {randomProjection} from '../math/random_projection';
import {sphere} from '../ops/input_norms';
import {selectedWalshHadamard} from '../ops/selected_walsh_hadamard';
import {UnitSelection} from '../ops/take_units';
import {signedWalshHadamard} from '../ops/walsh_hadamard';
import {signedWhtReLUPair} from '../ops/wht_relu_pair';
import {
  type ActivationIdentifier,
  activationOf,
  initializerFrom,
  type Kwargs,
  type LayerWeight,
  oneShape,
  oneTensor,
  type Shape,
} from '../tfjs_internals';
import {pairConfig, pairOf} from './pair_activation';
import {PiecewiseLayer, type SeedArgs} from './piecewise_layer';
import type {ReLUPair} from './relu_pair';

/** Arguments of {@link whtProjection}. */
export interface WHTProjectionArgs extends SeedArgs {
  /** Size of the output axis: any integer >= 1. */
  units: number;
  /** Rounds of signs and transform. 2 for sparse, one-hot or padded inputs, 3 for stand-alone features. Default: 1. */
  rounds?: number;
  /** The axis to mix, not the batch axis; all other positions share the signs. Default: -1. */
  axis?: number;
  /** Train the diagonals, which start as the signs: rounds * n weights. Default: false. */
  trainableSigns?: boolean;
  /** A shorter input is repeated ('tile') or followed by zeros ('pad'). Default: 'tile'. */
  expand?: 'tile' | 'pad';
  /** Fewer units than the transform has: at random places ('subsample') or the first ones ('head'). Default: 'subsample'. */
  contract?: 'subsample' | 'head';
  /** 'sphere' divides the input by its root mean square along the axis. Default: 'none'. */
  inputNorm?: 'none' | 'sphere';
  /** Adds a trainable bias. Default: false. */
  useBias?: boolean;
  /**
   * Size of a fixed random bias of the units: its root mean square as a share of that of the units for a standardized
   * input, from 0 up. It is no weight. 0 makes the projection linear. Default: 0.5.
   */
  randomBias?: number;
  /**
   * Activation of the output. 'reluPair', or a `layers.reluPair` of its own, runs together with the last transform:
   * one kernel in place of two. Its slopes are then weights of this layer. Default: none.
   */
  activation?: ActivationIdentifier | 'reluPair' | ReLUPair;
}

/** Made by {@link whtProjection}, where its options are explained. */
export class WHTProjection extends PiecewiseLayer {
  static readonly className = 'WHTProjection';
  /** @ignore */
  static override readonly options: Names<Omit<WHTProjectionArgs, keyof SeedArgs>> = {
    units: true,
    rounds: true,
    axis: true,
    trainableSigns: true,
    expand: true,
    contract: true,
    inputNorm: true,
    useBias: true,
    randomBias: true,
    activation: true,
  };
  /** @ignore A model that was saved before there was a random bias has none. */
  static override readonly unsaved = {randomBias: 0};

  readonly units: number;
  readonly rounds: number;
  readonly axis: number;
  readonly trainableSigns: boolean;
  readonly expand: 'tile' | 'pad';
  readonly contract: 'subsample' | 'head';
  readonly inputNorm: 'none' | 'sphere';
  readonly useBias: boolean;
  readonly randomBias: number;
  private readonly activation: ReturnType<typeof activationOf> | null;
  private readonly pair: ReLUPair | null;

  private inputs = 0;
  private size = 0;
  private gain = 1;
  /** One diagonal [n] per round: fixed, or rows of a weight. */
  private fixedSigns: tf.Tensor1D[] = [];
  private signs: LayerWeight | null = null;
  /** The random bias, which is added to the first values. */
  private fixedBias: tf.Tensor1D | null = null;
  private bias: LayerWeight | null = null;
  private selection: UnitSelection | null = null;

  constructor(args: WHTProjectionArgs = {} as WHTProjectionArgs) {
    super(args);
    const who = `layer ${this.name}`;
    this.supportsMasking = true;
    this.units = requireInteger(args.units, 'units', who, 1, 1024);
    this.rounds = requireInteger(args.rounds ?? 1, 'rounds', who, 1, 1);
    this.axis = requireInteger(args.axis ?? -1, 'axis', who, -Infinity, -1);
    this.trainableSigns = requireBoolean(args.trainableSigns ?? false, 'trainableSigns', who);
    this.expand = requireOneOf(args.expand ?? 'tile', 'expand', who, ['tile', 'pad']);
    this.contract = requireOneOf(args.contract ?? 'subsample', 'contract', who, ['subsample', 'head']);
    this.inputNorm = requireOneOf(args.inputNorm ?? 'none', 'inputNorm', who, ['none', 'sphere']);
    this.useBias = requireBoolean(args.useBias ?? false, 'useBias', who);
    this.randomBias = requireNumber(args.randomBias ?? 0.5, 'randomBias', who, [0, Infinity], 0.5);
    this.pair = pairOf(args.activation, this);
    const other = this.pair ? null : (args.activation as ActivationIdentifier | undefined);
    this.activation = other ? activationOf(other, who, ['reluPair']) : null;
  }

  override build(inputShape: Shape | Shape[]): void {
    const shape = oneShape(inputShape);
    this.inputs = this.inputUnits(shape);
    const {units, rounds, expand, contract, randomBias} = this;
    const args = {units, rounds, seed: this.fixSeed(), expand, contract, randomBias};
    const {size, signs, bias, gain, kept} = randomProjection(this.inputs, args);
    this.size = size;
    this.gain = gain;
    if (this.trainableSigns) {
      const start = initializerFrom(() => tf.stack(signs.map((row) => tf.tensor1d(row))));
      this.signs = this.addWeight('signs', [this.rounds, size], 'float32', start);
    } else {
      const factors = signs.map((row, round) => row.map((sign) => sign * this.gainOf(round)));
      this.fixedSigns = factors.map((row) => tf.keep(tf.tensor1d(row)));
    }
    if (bias) this.fixedBias = tf.keep(tf.tensor1d(bias));
    if (units < size) this.selection = new UnitSelection(kept ?? Int32Array.from({length: units}, (_, i) => i), size);
    if (this.useBias) {
      this.bias = this.addWeight('bias', [this.units], 'float32', tf.initializers.zeros());
    }
    if (this.pair) {
      this.pair.build(this.computeOutputShape(shape));
      // All of them, though the list of the trainable ones is empty while a layer is frozen.
      this.trainableWeights = [...new Set([...this.weights, ...this.pair.weights])];
    }
    this.inputSpec = [{minNDim: 2, axes: {[this.axis]: this.inputs}}];
    this.built = true;
  }

  override get trainable(): boolean {
    return super.trainable;
  }

  /** Freezes or frees the slopes of the pair, too. */
  override set trainable(trainable: boolean) {
    super.trainable = trainable;
    if (this.pair) this.pair.trainable = trainable;
  }

  /** Without those of a pair that is frozen alone. tfjs marks all weights as trainable when it builds a model. */
  override get trainableWeights(): LayerWeight[] {
    const frozen = this.frozenSlopes();
    return super.trainableWeights.filter((weight) => !frozen.includes(weight));
  }

  override set trainableWeights(weights: LayerWeight[]) {
    super.trainableWeights = weights;
  }

  override get nonTrainableWeights(): LayerWeight[] {
    return [...new Set([...super.nonTrainableWeights, ...this.frozenSlopes()])];
  }

  override set nonTrainableWeights(weights: LayerWeight[]) {
    super.nonTrainableWeights = weights;
  }

  private frozenSlopes(): LayerWeight[] {
    return this.pair && !this.pair.trainable ? this.pair.weights : [];
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: Kwargs): tf.Tensor {
    this.invokeCallHook(inputs, kwargs);
    const x = oneTensor(inputs, this);
    const axis = this.axisOf(x.shape);
    // tfjs hands one object of arguments from layer to layer, and with it the mask.
    if (axis < ((kwargs?.mask as tf.Tensor | undefined)?.rank ?? 0)) delete kwargs.mask;
    return tf.tidy(() => this.project(x, axis, kwargs));
  }

  private project(x: tf.Tensor, axis: number, kwargs: Kwargs): tf.Tensor {
    const last = this.rounds - 1;
    const normed = this.inputNorm === 'sphere' ? sphere(x, axis) : x;
    const fixed = !this.trainableSigns;
    const at = (round: number) => {
      const expand = {how: this.expand, offset: round === last ? this.fixedBias : null};
      return {axis, signs: this.diagonal(round), fixed, expand};
    };
    let y = normed;
    for (let round = 0; round < last; round++) y = signedWalshHadamard(y, at(round));
    // The bias and the selection would come between.
    const slopes = this.useBias || this.units < this.size ? null : this.pair?.slopesAlong(axis);
    if (slopes) return signedWhtReLUPair(y, slopes, at(last));
    y = this.selection ? selectedWalshHadamard(y, this.selection, at(last)) : signedWalshHadamard(y, at(last));
    if (this.bias) y = tf.add(y, tf.reshape(this.bias.read(), this.alongAxis(this.units, y.shape)));
    if (this.pair) return this.pair.call(y, kwargs);
    return this.activation ? this.activation.apply(y) : y;
  }

  /** A projection along an axis of the mask mixes what the mask tells apart. */
  override computeMask(inputs: tf.Tensor | tf.Tensor[], mask?: tf.Tensor | tf.Tensor[]): tf.Tensor | tf.Tensor[] {
    const given = Array.isArray(mask) ? mask[0] : mask;
    if (!given) return mask as unknown as tf.Tensor;
    const x = Array.isArray(inputs) ? inputs[0] : inputs;
    return this.axisOf(x.shape) < given.rank ? (null as unknown as tf.Tensor) : (mask as tf.Tensor);
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const shape = [...oneShape(inputShape)];
    shape[this.axisOf(shape)] = this.units;
    return shape;
  }

  override getConfig(): tf.serialization.ConfigDict {
    const {units, rounds, axis, trainableSigns, expand, contract, inputNorm, useBias, randomBias} = this;
    const activation = this.pair ? pairConfig(this.pair) : (this.activation?.config ?? null);
    const own = {units, rounds, axis, trainableSigns, expand, contract, inputNorm, useBias, randomBias, activation};
    return {...super.getConfig(), ...own};
  }

  override dispose(): ReturnType<tf.layers.Layer['dispose']> {
    const result = super.dispose();
    if (result.refCountAfterDispose === 0) {
      tf.dispose(this.fixedSigns);
      this.fixedBias?.dispose();
      this.pair?.disposeConstants();
      this.selection?.dispose();
    }
    return result;
  }

  /** The factor of a round: that of the selection rides on the last diagonal. */
  private gainOf(round: number): number {
    return round < this.rounds - 1 ? 1 : this.gain;
  }

  private diagonal(round: number): tf.Tensor {
    if (!this.signs) return this.fixedSigns[round];
    const row = tf.reshape(tf.slice(this.signs.read(), [round, 0], [1, this.size]), [this.size]);
    return tf.mul(row, this.gainOf(round));
  }

  /** The shape of `count` numbers along the axis, of which all other positions get the same. */
  private alongAxis(count: number, shape: Shape): number[] {
    return [count, ...new Array<number>(shape.length - 1 - this.axisOf(shape)).fill(1)];
  }

  /** The axis counted from the front; the batch axis is refused. */
  private axisOf(shape: Shape): number {
    const axis = this.axis < 0 ? this.axis + shape.length : this.axis;
    if (!(axis >= 1 && axis < shape.length)) {
      fail(
        `layer ${this.name}`,
        `axis ${this.axis} must be an axis of the input other than the batch axis 0`,
        `input shape [${shape.map((size) => size ?? 'null')}]`,
        'Axis -1 is the last one; a model of rank-1 samples has inputShape: [size].',
      );
    }
    return axis;
  }

  private inputUnits(shape: Shape): number {
    const inputs = shape[this.axisOf(shape)];
    if (!(inputs !== null && inputs >= 1)) {
      fail(
        `layer ${this.name}`,
        `the size of axis ${this.axis} of the input must be known and >= 1`,
        `input shape [${shape.map((size) => size ?? 'null')}]`,
        'Give it in inputShape, or put a reshape layer before.',
      );
    }
    return inputs;
  }
}

/**
 * Random projection of one axis by random signs and the Walsh-Hadamard transform.
 *
 * `y = activation(g S H D_rounds ((H D_(rounds - 1)) ... (H D_1) E x + v) + bias)`
 *
 * E repeats or pads the input to n, the smallest power of two that holds input and output; D are diagonals of random
 * signs, H is the orthonormal transform, S selects `units` of the n values; v makes the random bias: up to 32 numbers,
 * which the transform spreads, then zeros. It mixes every input into every output with n log2(n) additions and no
 * trainable weight, where a dense layer has inputs * units. Put a `reluPair` after it.
 *
 * Input shape [..., d], output shape [..., units]; with another `axis` that axis changes. The factor g is such that fewer
 * units than inputs keep the expected length of x, and more units keep the mean square of a value (with 'pad' the length);
 * for `units` = d = 2^k and no random bias the length is kept exactly.
 *
 * Without any bias a network of projections and slopes is positively homogeneous, `f(c x) = c f(x)` for c > 0, and cannot
 * learn what bends along a ray from 0. The random bias mends that without a weight. Standardize the data, so that its size
 * fits; turn it off (`randomBias: 0`) where lengths or angles are to be kept.
 *
 * Weights: none; `signs` [rounds, n] with `trainableSigns`, `bias` [units] with `useBias`, those of the ReLU pair if that
 * is the activation. The seed is saved, not the signs and the random bias.
 *
 * @throws If an argument is out of its range, or the input has no such axis or an unknown size along it.
 *
 * Sources: Ailon and Chazelle 2006; S. O'Connor's switch nets; Huang, Zhu and Siew 2006 (random biases).
 *
 * @example
 * const model = tf.sequential({layers: [
 *   pw.layers.whtProjection({units: 1024, seed: 1, inputShape: [784]}),
 *   pw.layers.reluPair(),
 *   pw.layers.whtProjection({units: 10, seed: 2}),
 * ]});
 */
export const whtProjection = (args: WHTProjectionArgs): WHTProjection => new WHTProjection(args);

tf.serialization.registerClass(WHTProjection);
