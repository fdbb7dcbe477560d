import * as tf from '@tensorflow/tfjs';
import {type Names, requireOptions} from '../errors';
import {PiecewiseInitializer} from './base';
import {drawNormal, drawUniform, seedOrRandom} from './draw';
import {type FanInArgs, fanInOf, optionalFanIn} from './fan_in';

/** Arguments of {@link rai}. */
export interface RAIArgs extends FanInArgs {}

/** The standard deviation, times sqrt(fanIn), that goes with a Beta(2, 1) entry. */
const SIGMA = 0.6007;

/** Streams of random numbers: which entry of a unit is positive, its value, and the other entries. */
const CHOICE = 10;
const POSITIVE = 11;
const KERNEL = 12;
const BIAS = 14;

const OPTIONS: Names<RAIArgs> = {seed: true, fanIn: true};

/** Made by {@link rai}, where its options are explained. */
export class RAI extends PiecewiseInitializer {
  static readonly className = 'RAI';
  readonly seed: number;
  readonly fanIn: number | null;

  constructor(args: RAIArgs = {}) {
    super();
    requireOptions(args, OPTIONS, this.who);
    this.seed = seedOrRandom(args.seed, this.who);
    this.fanIn = optionalFanIn(args.fanIn, this.who);
  }

  protected override values(shape: number[]): tf.Tensor {
    const fanIn = fanInOf(shape, this.fanIn, this.who);
    const units = shape[shape.length - 1];
    const isBias = shape.length < 2;
    const choice = drawUniform(units, this.seed, CHOICE);
    const positive = drawUniform(units, this.seed, POSITIVE).map(Math.sqrt); // the root of a uniform number is Beta(2, 1)
    const normal = drawNormal(tf.util.sizeFromShape(shape), this.seed, isBias ? BIAS : KERNEL);
    const entries = Float32Array.from(normal, (value, k) => {
      const unit = k % units;
      const entry = isBias ? fanIn : Math.floor(k / units);
      const chosen = Math.floor(choice[unit] * (fanIn + 1)) === entry;
      return chosen ? positive[unit] : (value * SIGMA) / Math.sqrt(fanIn);
    });
    return tf.tensor(entries, shape);
  }

  override getConfig(): tf.serialization.ConfigDict {
    return {seed: this.seed, fanIn: this.fanIn};
  }
}

/**
 * Randomized asymmetric initialization: one entry of each ReLU unit is positive, so that fewer units start dead.
 *
 * One of the fanIn + 1 entries (weights and bias) of a unit, chosen at random, is drawn from Beta(2, 1); the others are
 * normal with mean 0 and variance 0.6007^2 / fanIn.
 *
 * Use it for deep, narrow ReLU networks. Kernel and bias of a layer choose together if they have the same seed and fanIn.
 *
 * Shapes: a kernel [..., inputs, units]; a bias [units], for which `fanIn` must be given.
 *
 * @throws If an argument is out of its range, or a bias has no `fanIn`.
 *
 * Source: Lu, Shin, Su and Karniadakis, "Dying ReLU and initialization", 2020.
 *
 * @example
 * tf.layers.dense({
 *   units: 4,
 *   inputShape: [3],
 *   activation: 'relu',
 *   kernelInitializer: pw.initializers.rai({seed: 1}),
 *   biasInitializer: pw.initializers.rai({seed: 1, fanIn: 3}),
 * });
 */
export const rai = (args?: RAIArgs): RAI => new RAI(args);

tf.serialization.registerClass(RAI);
