import * as tf from '@tensorflow/tfjs';
import {fail, type Names, requireNumber, requireOptions} from '../errors';
import {PiecewiseInitializer} from './base';
import {drawUniform, seedOrRandom} from './draw';

const UNIT = [0, 1] as const;

/** Arguments of {@link peakUniform}. */
export interface PeakUniformArgs {
  /** From 0 to 1, below maxval. Default: 0.25. */
  minval?: number;
  /** From 0 to 1. Default: 0.75. */
  maxval?: number;
  /** Integer that fixes the numbers; the same on every platform. Default: a random one, which is saved. */
  seed?: number;
}

const UNIFORM: Names<PeakUniformArgs> = {minval: true, maxval: true, seed: true};

/** Made by {@link peakUniform}, where its options are explained. */
export class PeakUniform extends PiecewiseInitializer {
  static readonly className = 'PeakUniform';
  readonly minval: number;
  readonly maxval: number;
  readonly seed: number;

  constructor(args: PeakUniformArgs = {}) {
    super();
    requireOptions(args, UNIFORM, this.who);
    this.minval = requireNumber(args.minval ?? 0.25, 'minval', this.who, UNIT, 0.25);
    this.maxval = requireNumber(args.maxval ?? 0.75, 'maxval', this.who, UNIT, 0.75);
    if (this.minval >= this.maxval) {
      const received = `minval ${this.minval} and maxval ${this.maxval}`;
      fail(this.who, 'minval must be below maxval', received, 'For equal peaks use pw.initializers.peakConstant.');
    }
    this.seed = seedOrRandom(args.seed, this.who);
  }

  protected override values(shape: number[]): tf.Tensor {
    const uniform = drawUniform(tf.util.sizeFromShape(shape), this.seed, 0);
    return tf.tensor(
      Float32Array.from(uniform, (u) => this.minval + (this.maxval - this.minval) * u),
      shape,
    );
  }

  override getConfig(): tf.serialization.ConfigDict {
    return {minval: this.minval, maxval: this.maxval, seed: this.seed};
  }
}

/** Arguments of {@link peakConstant}. */
export interface PeakConstantArgs {
  /** In (0, 1). Default: 0.5. */
  value?: number;
}

const CONSTANT: Names<PeakConstantArgs> = {value: true};

/** Made by {@link peakConstant}, where its options are explained. */
export class PeakConstant extends PiecewiseInitializer {
  static readonly className = 'PeakConstant';
  readonly value: number;

  constructor(args: PeakConstantArgs = {}) {
    super();
    requireOptions(args, CONSTANT, this.who);
    this.value = requireNumber(args.value ?? 0.5, 'value', this.who, UNIT, 0.5);
    if (this.value === 0 || this.value === 1) {
      fail(this.who, 'value must lie between 0 and 1', this.value, 'A tent needs two sides.');
    }
  }

  protected override values(shape: number[]): tf.Tensor {
    return tf.fill(shape, this.value);
  }

  override getConfig(): tf.serialization.ConfigDict {
    return {value: this.value};
  }
}

/**
 * Random peaks of triangle waves, uniform in (minval, maxval).
 *
 * The default (0.25, 0.75) keeps pieces of comparable size; (0, 1) reproduces the published experiments.
 *
 * Any shape; numbers in (0, 1).
 *
 * @throws If the interval is not part of [0, 1].
 *
 * Source: Milkert, Hyde and Laine, ICML 2025 (random peaks; the distribution is not stated).
 *
 * @example
 * pw.layers.triangleWave({peakInitializer: pw.initializers.peakUniform({minval: 0, maxval: 1, seed: 1})});
 */
export const peakUniform = (args?: PeakUniformArgs): PeakUniform => new PeakUniform(args);

tf.serialization.registerClass(PeakUniform);
/**
 * Equal peaks of triangle waves.
 *
 * With the default 1/2 all pieces of a wave are equally long, and a tied sum is the parabola's interpolant.
 *
 * Any shape; one number in (0, 1).
 *
 * @throws If the value is not between 0 and 1.
 *
 * Source: Yarotsky, "Error bounds for approximations with deep ReLU networks", 2017 (peaks 1/2).
 *
 * @example
 * pw.layers.triangleWave({peakInitializer: pw.initializers.peakConstant({value: 0.6})});
 */
export const peakConstant = (args?: PeakConstantArgs): PeakConstant => new PeakConstant(args);

tf.serialization.registerClass(PeakConstant);
