import * as tf from '@tensorflow/tfjs';
import {fail} from '../../errors';
import {PeakUniform} from '../../initializers/peaks';
import {randomSigns} from '../../math/random';
import {weightName} from '../../model_graph';
import {triangleWave} from '../../ops/triangle_wave';
import {
  initializerFrom,
  initializerOf,
  type Kwargs,
  type LayerWeight,
  type ResolvedInitializer,
} from '../../tfjs_internals';
import {PiecewiseLayer} from '../piecewise_layer';
import {type AddWeight, endSlopes, type Wave, WaveBank} from './bank';
import {WaveBatchNorm} from './batch_norm';
import {beyondUnit, type InputNorm, normalizeInput} from './input';
import {seedOf, WAVE_OPTIONS, type WaveLayerArgs, type WaveOptions, waveOptions} from './options';
import {peakInitializerOf} from './peaks';
import {DomainWatch} from './watch_domain';

export type {WaveLayerArgs} from './options';

/** What a wave layer computes from u in [0, 1], per channel: `slope * u + intercept + sum of the waves`. */
export interface WaveParameters {
  /** The slope of the base line, [channels]. */
  slope: tf.Tensor;
  /** The intercept of the base line, [channels]; null for a line through the origin. */
  intercept: tf.Tensor | null;
  /** One, or with curvature 'dc' two. The scales carry the sign: negative ones make a convex function. */
  waves: Wave[];
}

export interface WaveLayer extends WaveOptions {}

/**
 * What the layers with learned piecewise-linear functions share: the weights of one function per channel, and its value.
 *
 * `f(x) = intercept + slope * u -+ sum_i s_i W_i(u)`, u the input brought to [0, 1], W the triangle wave with peaks a. With
 * scaling 'tied' `s_(i+1) = s_i (1 - a_(i+1)) a_(i+2)` (Milkert, Hyde and Laine, theorem 3.1): in exact arithmetic, while
 * s_0 is not 0, f has exactly 2^depth pieces for all peaks in (0, 1) and is strictly convex or concave on [0, 1].
 *
 * All weights are reparameterized: constraints would not be applied during `fit` (tfjs #3979).
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the constructor assigns all options
export abstract class WaveLayer extends PiecewiseLayer {
  /** @ignore */
  static override readonly options: {readonly [name: string]: true} = WAVE_OPTIONS;

  private readonly options: WaveOptions;
  /** null for the default before the seed is fixed. */
  private peakInitializer: ResolvedInitializer | null;

  private readonly watch: DomainWatch | null;
  private banks: {bank: WaveBank; sign: 1 | -1}[] = [];
  private batchNorm: WaveBatchNorm | null = null;
  private slope: LayerWeight | null = null;
  private intercept: LayerWeight | null = null;
  private gamma: LayerWeight | null = null;

  constructor(args: WaveLayerArgs, defaultInputNorm: InputNorm, inputsAreData: boolean) {
    super(args);
    this.options = waveOptions(args, defaultInputNorm, this.name);
    Object.assign(this, this.options);
    this.watch = this.inputNorm === 'clip' ? new DomainWatch(`layer ${this.name}`, this.domain, !inputsAreData) : null;
    const {peakInitializer} = args;
    const isDefault = peakInitializer === undefined || peakInitializer === null || peakInitializer === 'peakUniform';
    this.peakInitializer = isDefault
      ? null
      : peakInitializerOf(peakInitializer, this.peakEpsilon, `layer ${this.name}`);
  }

  override getConfig(): tf.serialization.ConfigDict {
    const {base, domain} = this.options;
    const peakInitializer = this.scaling === 'takagi' ? null : (this.peakInitializer?.config ?? null);
    const own = {...this.options, base: {...base}, domain: [...domain]};
    return {...super.getConfig(), ...own, peakInitializer};
  }

  override setWeights(weights: tf.Tensor[]): void {
    const shapes = (list: {shape: tf.Shape}[]) => list.map(({shape}) => `[${shape}]`).join(', ');
    if (shapes(weights) !== shapes(this.weights)) {
      const names = this.weights.map(weightName).join(', ');
      const expected = `the weights must be ${names} of shapes ${shapes(this.weights)}`;
      const fix = 'Weights of the free stage fit dense and blockDense layers only.';
      fail(`layer ${this.name}`, expected, shapes(weights), fix);
    }
    super.setWeights(weights);
  }

  /** What the weights stand for now, for exporters: new tensors, which the caller disposes. */
  parameters(): WaveParameters {
    const {slope, intercept, waves} = this.read();
    return {slope: tf.clone(slope), intercept: intercept && tf.clone(intercept), waves};
  }

  /** As `parameters`, but slope and intercept are the weights themselves: a clone would be a copy on some backends. */
  private read(): WaveParameters {
    if (!this.slope) {
      fail(`layer ${this.name}`, 'a layer must be built to have parameters', 'a new one', 'Add it to a model first.');
    }
    const slope = this.slope.read();
    const waves = this.banks.map(({bank, sign}) => {
      return tf.tidy(() => {
        const {peaks, scales} = bank.wave(slope);
        const factor = this.gamma ? tf.reshape(this.gamma.read(), [-1, 1]) : sign;
        return {peaks, scales: tf.mul(scales, factor)};
      });
    });
    return {slope, intercept: this.intercept?.read() ?? null, waves};
  }

  protected addWaveWeights(channels: number, {withIntercept}: {withIntercept: boolean}): void {
    const {curvature, base, peakEpsilon} = this;
    const seed = this.fixSeed();
    this.peakInitializer ??= peakInitializerOf(new PeakUniform({seed: seedOf(seed, 0)}), peakEpsilon, this.name);
    const start = this.peakInitializer;
    const {constant} = tf.initializers;
    const add: AddWeight = (name, shape, start, trainable = true) =>
      this.addWeight(name, shape, 'float32', start, undefined, trainable);
    if (this.inputNorm === 'batchNorm+sigmoid') this.batchNorm = new WaveBatchNorm(channels, add);
    const bank = (sign: 1 | -1, prefix: string, use: number) => {
      const {initializer} = use === 0 ? start : initializerOf(start.initializer, this.name, use);
      const named: AddWeight = (name, ...rest) => add(`${prefix}${name}`, ...rest);
      return {bank: new WaveBank(this.options, channels, initializer, named), sign};
    };
    this.banks =
      curvature === 'dc'
        ? [bank(-1, 'convex_', 0), bank(1, 'concave_', 1)]
        : [bank(curvature === 'convex' ? -1 : 1, '', 0)];
    this.slope = add('slope', [channels], constant({value: base.slope}), base.trainable);
    if (withIntercept) this.intercept = add('intercept', [channels], constant({value: base.intercept}), base.trainable);
    if (curvature === 'signed') {
      const signs = initializerFrom(() => tf.tensor1d(randomSigns(channels, seedOf(seed, 2))));
      this.gamma = add('gamma', [channels], signs);
    }
  }

  /** f of each channel, the last axis of x. */
  protected applyWave(x: tf.Tensor, kwargs: Kwargs): tf.Tensor {
    this.requirePrecision();
    this.watch?.look(x);
    const normal = this.batchNorm ? this.batchNorm.apply(x, kwargs?.training === true && this.trainable) : x;
    const u = normalizeInput(normal, this.options);
    const {slope, intercept, waves} = this.read();
    let y = tf.mul(u, slope);
    if (intercept) y = tf.add(y, intercept);
    for (const wave of waves) {
      y = tf.add(y, triangleWave(u, wave.peaks, wave.scales));
      if (this.outside === 'linear') y = tf.add(y, beyondUnit(u, endSlopes(wave)));
    }
    return y;
  }

  /** s_8 of a tied wave with peaks 1/2 is 4^-9: beyond, float16 keeps no bit of some scales. */
  private requirePrecision(): void {
    if (this.depth > 8 && tf.backend().floatPrecision() === 16) {
      const fix = 'Use depth <= 8, or another backend: tf.setBackend.';
      fail(`layer ${this.name}`, `depth ${this.depth} needs a backend that computes in float32`, 'one of float16', fix);
    }
  }
}
