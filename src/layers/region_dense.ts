import * as tf from '@tensorflow/tfjs';
import {fail, type Names, requireBoolean, requireInteger} from '../errors';
import {
  type ActivationIdentifier,
  activationOf,
  type InitializerIdentifier,
  initializerOf,
  type Kwargs,
  type LayerWeight,
  oneShape,
  oneTensor,
  type ResolvedInitializer,
  type Shape,
} from '../tfjs_internals';
import {channelsOf} from './channels';
import type {SeedArgs} from './piecewise_layer';
import {WaveLayer, type WaveLayerArgs} from './wave/layer';
import {seedOf, WAVE_OPTIONS} from './wave/options';

/** Arguments of {@link regionDense}. */
export interface RegionDenseArgs extends WaveLayerArgs {
  /** Size of the input's last axis, for the first layer of a model: short for inputShape: [inputDim]. */
  inputDim?: number;
  /** Size of the output's last axis, an integer >= 1. */
  units: number;
  /** Number of learned functions between the two linear maps. Default: units. */
  subnets?: number;
  /** Adds a trainable bias to the output. Default: true. */
  useBias?: boolean;
  /** Start of the first linear map. Default: 'glorotUniform'. */
  kernelInitializer?: InitializerIdentifier;
  /** Start of the second linear map. Default: as kernelInitializer, with other random numbers. */
  mixInitializer?: InitializerIdentifier;
  /** Start of the output's bias. Default: 'zeros'. */
  biasInitializer?: InitializerIdentifier;
  /** Activation of the output. Default: none; the layer bends by itself. */
  activation?: ActivationIdentifier;
}

/** Made by {@link regionDense}, where its options are explained. */
export class RegionDense extends WaveLayer {
  static readonly className = 'RegionDense';
  /** @ignore */
  static override readonly options: Names<Omit<RegionDenseArgs, keyof SeedArgs>> = {
    ...WAVE_OPTIONS,
    inputDim: true,
    units: true,
    subnets: true,
    useBias: true,
    kernelInitializer: true,
    mixInitializer: true,
    biasInitializer: true,
    activation: true,
  };

  readonly units: number;
  readonly subnets: number;
  readonly useBias: boolean;
  /** null for the defaults before the seed is fixed. */
  private kernelInitializer: ResolvedInitializer | null;
  private mixInitializer: ResolvedInitializer | null;
  private readonly biasInitializer: ResolvedInitializer;
  private readonly activation: ReturnType<typeof activationOf> | null;

  private kernel: LayerWeight | null = null;
  private offset: LayerWeight | null = null;
  private mix: LayerWeight | null = null;
  private bias: LayerWeight | null = null;

  constructor(args: RegionDenseArgs = {} as RegionDenseArgs) {
    // As in tf.layers.dense: inputDim is short for the shape of flat inputs.
    super((args?.inputDim ?? null) === null ? args : {...args, inputShape: [args.inputDim!]}, 'sigmoid', false);
    const who = `layer ${this.name}`;
    this.supportsMasking = true;
    this.units = requireInteger(args.units, 'units', who, 1, 16);
    this.subnets = requireInteger(args.subnets ?? this.units, 'subnets', who, 1, 16);
    this.useBias = requireBoolean(args.useBias ?? true, 'useBias', who);
    const {kernelInitializer: kernel, mixInitializer: mix} = args;
    this.kernelInitializer = kernel ? initializerOf(kernel, who) : null;
    this.mixInitializer = mix ? initializerOf(mix, who) : kernel ? initializerOf(kernel, who, 1) : null;
    this.biasInitializer = initializerOf(args.biasInitializer ?? 'zeros', who);
    this.activation = args.activation ? activationOf(args.activation, who) : null;
    if (args.base?.intercept) {
      fail(who, 'there must be no base.intercept', args.base.intercept, 'The bias of the output does its work.');
    }
  }

  override build(inputShape: Shape | Shape[]): void {
    const inputs = channelsOf(oneShape(inputShape), this.name);
    const zeros = tf.initializers.zeros();
    const start = tf.initializers.glorotUniform({seed: seedOf(this.fixSeed(), 1)});
    this.kernelInitializer ??= initializerOf(start, this.name);
    this.mixInitializer ??= initializerOf(start, this.name, 1);
    const [kernel, mix, bias] = [this.kernelInitializer, this.mixInitializer, this.biasInitializer].map(
      ({initializer}) => initializer,
    );
    this.kernel = this.addWeight('kernel', [inputs, this.subnets], 'float32', kernel);
    if (this.inputNorm !== 'batchNorm+sigmoid') {
      this.offset = this.addWeight('offset', [this.subnets], 'float32', zeros); // the norm would take it off again
    }
    this.addWaveWeights(this.subnets, {withIntercept: false});
    this.mix = this.addWeight('mix', [this.subnets, this.units], 'float32', mix);
    if (this.useBias) this.bias = this.addWeight('bias', [this.units], 'float32', bias);
    this.inputSpec = [{minNDim: 2, axes: {[-1]: inputs}}];
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: Kwargs): tf.Tensor {
    return tf.tidy(() => {
      this.invokeCallHook(inputs, kwargs);
      const x = oneTensor(inputs, this);
      const rows = tf.reshape(x, [-1, x.shape[x.rank - 1]]);
      let directions: tf.Tensor = tf.matMul(rows, this.kernel!.read());
      if (this.offset) directions = tf.add(directions, this.offset.read());
      let y: tf.Tensor = tf.matMul(this.applyWave(directions, kwargs), this.mix!.read());
      if (this.bias) y = tf.add(y, this.bias.read());
      y = tf.reshape(y, [...x.shape.slice(0, -1), this.units]);
      return this.activation ? this.activation.apply(y) : y;
    });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [...oneShape(inputShape).slice(0, -1), this.units];
  }

  override getConfig(): tf.serialization.ConfigDict {
    const {units, subnets, useBias} = this;
    const starts = {
      kernelInitializer: this.kernelInitializer?.config ?? null,
      mixInitializer: this.mixInitializer?.config ?? null,
      biasInitializer: this.biasInitializer.config,
    };
    const activation = this.activation?.config ?? null;
    return {...super.getConfig(), units, subnets, useBias, ...starts, activation};
  }
}

/**
 * Drop-in for `tf.layers.dense` made of learned functions of one variable, each with exactly 2^depth linear regions.
 *
 * `y = activation(V Phi(norm(U x + c)) + b)`: `subnets` directions U x + c are brought to [0, 1] (by default
 * by a sigmoid, so inputs have no domain; see `inputNorm`),
 * each goes through its own triangle-wave function, and V mixes them.
 *
 * Use it where a few directions carry a smooth response: 2^depth pieces along each direction for depth + 2 weights on top
 * of the linear maps. (Pieces as a function of norm(U x + c): with the sigmoid they are bent in x.) The paper shows clear
 * gains for convex targets in one dimension; in many dimensions its evidence is preliminary.
 *
 * Input shape [..., d], output shape [..., units].
 *
 * Weights: `kernel` [d, subnets], `offset` [subnets] (not with 'batchNorm+sigmoid', which has its own), those of
 * `triangleWave` without the intercept for `subnets` channels, `mix` [subnets, units], `bias` [units].
 *
 * @throws If an argument is out of its range, the size of the last axis is unknown, or depth is above 8 on a float16
 *   backend.
 *
 * Source: Milkert, Hyde and Laine, ICML 2025, arXiv 2311.18022.
 *
 * @example
 * const model = tf.sequential({layers: [
 *   pw.layers.regionDense({units: 16, depth: 4, inputShape: [2]}),
 *   tf.layers.dense({units: 1}),
 * ]});
 */
export const regionDense = (args: RegionDenseArgs): RegionDense => new RegionDense(args);

tf.serialization.registerClass(RegionDense);
