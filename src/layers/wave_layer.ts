import * as tf from '@tensorflow/tfjs';
import {fail, requireInteger, requireNumber, requireOneOf} from '../errors';
import {randomBits, seedFromText} from '../math/random';
import {clipUnit} from '../ops/clip_unit';
import {triangleWave} from '../ops/triangle_wave';
import {
  type Initializer,
  type InitializerIdentifier,
  initializerFrom,
  initializerOf,
  type LayerArgs,
  type LayerWeight,
} from '../tfjs';
import {RANDOM_VERSION, requireRandomVersion} from './random_version';

export interface WaveLayerArgs extends LayerArgs {
  /** Levels of the wave, an integer >= 1: 2^depth linear regions. Beyond 11 the regions drown in float32. Default: 5. */
  depth?: number;
  /** 'tied': the scales follow from the peaks by the law that makes the infinite sum differentiable. Default: 'tied'. */
  scaling?: 'tied';
  /** 'convex' subtracts the wave from the base line, 'concave' adds it. Default: 'convex'. */
  curvature?: 'convex' | 'concave';
  /**
   * Scale of the first wave: 'a0a1' takes |slope| a_0 a_1, the largest for which a convex function still rises from its
   * base line; 'train' multiplies that by a trainable fraction in (0, 1), which starts at 1/2. Default: 'a0a1'.
   */
  scale?: 'a0a1' | 'train';
  /** The base line slope * x + intercept, per channel. Default: {slope: 1, intercept: 0, trainable: true}. */
  base?: {slope?: number; intercept?: number; trainable?: boolean};
  /** How the wave's input is brought to [0, 1]. */
  inputNorm?: 'none' | 'clip' | 'sigmoid';
  /** Start of the peaks, in (0, 1). Default: uniform in (0.25, 0.75). */
  peakInitializer?: InitializerIdentifier;
  /** Peaks stay in [peakEpsilon, 1 - peakEpsilon]. Default: 0.001. */
  peakEpsilon?: number;
  /** Steepness of the map from weights to peaks: with 5 to 10, Adam's rate for weights suits the peaks. Default: 5. */
  peakGain?: number;
  /** Integer that fixes the start of the peaks. Default: from the layer's name. */
  seed?: number;
  /** Version of the random numbers; saved with the model. */
  randomVersion?: number;
}

/** The round of the random numbers that no projection of the same seed uses for its signs. */
const STREAM = 2 ** 17;

/**
 * What the layers with learned piecewise-linear functions share: the weights of one function per channel, and its value.
 *
 * `f(x) = intercept + slope * x -+ sum_i s_i W_i(u)`, u the input brought to [0, 1], W the triangle wave with peaks a,
 * `s_0 = rho |slope| a_0 a_1` and `s_(i+1) = s_i (1 - a_(i+1)) a_(i+2)` (Milkert, Hyde and Laine, theorem 3.1). In exact
 * arithmetic, while the slope is not 0, f has exactly 2^depth pieces for all peaks in (0, 1) and is strictly convex or
 * concave on [0, 1].
 *
 * The peaks are `a = e + (1 - 2 e) sigmoid(gain * weight)`: constraints would not be applied during `fit` (tfjs #3979).
 */
export abstract class WaveLayer extends tf.layers.Layer {
  readonly depth: number;
  readonly scaling: 'tied';
  readonly curvature: 'convex' | 'concave';
  readonly scale: 'a0a1' | 'train';
  readonly base: {slope: number; intercept: number; trainable: boolean};
  readonly inputNorm: 'none' | 'clip' | 'sigmoid';
  readonly peakEpsilon: number;
  readonly peakGain: number;
  readonly seed: number;
  private readonly peakInitializer: ReturnType<typeof initializerOf>;

  private peakWeights: LayerWeight | null = null;
  private slope: LayerWeight | null = null;
  private intercept: LayerWeight | null = null;
  private fraction: LayerWeight | null = null;

  constructor(args: WaveLayerArgs, defaultInputNorm: 'clip' | 'sigmoid') {
    super(args);
    const who = `layer ${this.name}`;
    this.depth = requireInteger(args.depth ?? 5, 'depth', who, 1, 5);
    this.scaling = requireOneOf(args.scaling ?? 'tied', 'scaling', who, ['tied']);
    this.curvature = requireOneOf(args.curvature ?? 'convex', 'curvature', who, ['convex', 'concave']);
    this.scale = requireOneOf(args.scale ?? 'a0a1', 'scale', who, ['a0a1', 'train']);
    this.base = {slope: 1, intercept: 0, trainable: true, ...args.base};
    requireNumber(this.base.slope, 'base.slope', who, [-Infinity, Infinity], 1);
    requireNumber(this.base.intercept, 'base.intercept', who, [-Infinity, Infinity], 0);
    if (this.base.slope === 0) {
      fail(
        who,
        'base.slope must not be 0, which would flatten the wave',
        0,
        'Train from a small one: {base: {slope: 0.1}}.',
      );
    }
    const norms = ['none', 'clip', 'sigmoid'] as const;
    this.inputNorm = requireOneOf(args.inputNorm ?? defaultInputNorm, 'inputNorm', who, norms);
    this.peakEpsilon = requireNumber(args.peakEpsilon ?? 1e-3, 'peakEpsilon', who, [1e-6, 0.1], 0.001);
    this.peakGain = requireNumber(args.peakGain ?? 5, 'peakGain', who, [1e-3, 1e3], 5);
    requireRandomVersion(args.randomVersion, who);
    this.seed = requireInteger(args.seed ?? seedFromText(this.name), 'seed', who, -Infinity, 1);
    this.peakInitializer = initializerOf(
      args.peakInitializer ?? tf.initializers.randomUniform({minval: 0.25, maxval: 0.75, seed: this.seedOf(0)}),
      who,
    );
  }

  override getConfig(): tf.serialization.ConfigDict {
    const {depth, scaling, curvature, scale, base, inputNorm, peakEpsilon, peakGain, seed} = this;
    const peakInitializer = this.peakInitializer.config;
    const own = {depth, scaling, curvature, scale, base: {...base}, inputNorm, peakEpsilon, peakGain, seed};
    return {...super.getConfig(), ...own, peakInitializer, randomVersion: RANDOM_VERSION};
  }

  /** An independent seed for each use, never 0, which tfjs takes for none. */
  protected seedOf(use: number): number {
    return 1 + (randomBits(this.seed, STREAM)(use) >>> 1);
  }

  protected addWaveWeights(channels: number, {withIntercept}: {withIntercept: boolean}): void {
    const {slope, intercept, trainable} = this.base;
    const {constant, zeros} = tf.initializers;
    const add = (name: string, shape: number[], initializer: Initializer, train: boolean) =>
      this.addWeight(name, shape, 'float32', initializer, undefined, train);
    this.peakWeights = add('peaks', [channels, this.depth + 1], this.peakWeightInitializer(), true);
    this.slope = add('slope', [channels], constant({value: slope}), trainable);
    if (withIntercept) this.intercept = add('intercept', [channels], constant({value: intercept}), trainable);
    if (this.scale === 'train') this.fraction = add('fraction', [channels], zeros(), true);
  }

  /** f of each channel, the last axis of x. */
  protected applyWave(x: tf.Tensor): tf.Tensor {
    const u = this.inputNorm === 'clip' ? clipUnit(x) : this.inputNorm === 'sigmoid' ? tf.sigmoid(x) : x;
    const slope = this.slope!.read();
    const {peaks, scales} = this.wave(slope);
    const wave = triangleWave(u, peaks, scales);
    const line = tf.mul(u, slope);
    const base = this.intercept ? tf.add(line, this.intercept.read()) : line;
    return this.curvature === 'convex' ? tf.sub(base, wave) : tf.add(base, wave);
  }

  /** Peaks and scales [channels, depth]. The last of the depth + 1 peaks only shapes the last scale. */
  wave(slope: tf.Tensor): {peaks: tf.Tensor; scales: tf.Tensor} {
    const weights = tf.mul(this.peakWeights!.read(), this.peakGain);
    const peakOf = (t: tf.Tensor) => tf.add(tf.mul(tf.sigmoid(t), 1 - 2 * this.peakEpsilon), this.peakEpsilon);
    const a = tf.unstack(peakOf(weights), 1);
    const fall = tf.unstack(peakOf(tf.neg(weights)), 1); // 1 - a, without the cancellation
    let s = tf.mul(tf.mul(tf.abs(slope), a[0]), a[1]);
    if (this.fraction) s = tf.mul(s, tf.sigmoid(this.fraction.read()));
    const scales = [s];
    for (let i = 0; i < this.depth - 1; i++) scales.push(tf.mul(scales[i], tf.mul(fall[i + 1], a[i + 2])));
    return {peaks: tf.stack(a.slice(0, this.depth), 1), scales: tf.stack(scales, 1)};
  }

  /** The weights whose peaks are those of `peakInitializer`. */
  private peakWeightInitializer(): Initializer {
    const {peakEpsilon: e, peakGain} = this;
    return initializerFrom((shape) => {
      const peaks = this.peakInitializer.initializer.apply(shape, 'float32');
      const inner = tf.clipByValue(tf.div(tf.sub(peaks, e), 1 - 2 * e), 1e-6, 1 - 1e-6);
      return tf.div(tf.log(tf.div(inner, tf.sub(1, inner))), peakGain);
    });
  }
}
