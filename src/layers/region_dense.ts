import * as tf from '@tensorflow/tfjs';
import {requireInteger} from '../errors';
import {
  type ActivationIdentifier,
  activationOf,
  type InitializerIdentifier,
  initializerOf,
  type Kwargs,
  type LayerWeight,
  oneShape,
  oneTensor,
  type Shape,
} from '../tfjs';
import {channelsOf} from './channels';
import {WaveLayer, type WaveLayerArgs} from './wave_layer';

export interface RegionDenseArgs extends WaveLayerArgs {
  /** Size of the output's last axis, an integer >= 1. */
  units: number;
  /** Number of learned functions between the two linear maps. Default: units. */
  subnets?: number;
  /** Adds a trainable bias to the output. Default: true. */
  useBias?: boolean;
  /** Start of both linear maps. Default: 'glorotUniform'. */
  kernelInitializer?: InitializerIdentifier;
  /** Activation of the output. Default: none; the layer bends by itself. */
  activation?: ActivationIdentifier;
}

/**
 * Drop-in for `tf.layers.dense` whose units are learned functions with exactly 2^depth linear regions each.
 *
 * `y = activation(V Phi(norm(U x + c)) + b)`: `subnets` directions U x + c are brought to [0, 1] (default: sigmoid),
 * each goes through its own convex or concave triangle-wave function, and V mixes them.
 *
 * Use it where a few directions carry a smooth response: 2^depth pieces along each direction for depth + 3 weights on top
 * of the linear maps. The paper shows clear gains for convex targets in one dimension; in many dimensions its evidence is
 * preliminary.
 *
 * Input shape [..., d], output shape [..., units].
 *
 * Weights: `kernel` [d, subnets], `offset` [subnets], those of `TriangleWave` for `subnets` channels
 * but the intercept, `mix`
 * [subnets, units], `bias` [units].
 *
 * @throws If an argument is out of its range, or the size of the last axis is unknown.
 *
 * Source: Milkert, Hyde and Laine, ICML 2025, arXiv 2311.18022.
 *
 * @example
 * const model = tf.sequential({layers: [
 *   pw.layers.regionDense({units: 16, depth: 4, inputShape: [2]}),
 *   tf.layers.dense({units: 1}),
 * ]});
 */
export class RegionDense extends WaveLayer {
  static readonly className = 'RegionDense';

  readonly units: number;
  readonly subnets: number;
  readonly useBias: boolean;
  private readonly kernelInitializers: ReturnType<typeof initializerOf>[];
  private readonly activation: ReturnType<typeof activationOf> | null;

  private kernel: LayerWeight | null = null;
  private offset: LayerWeight | null = null;
  private mix: LayerWeight | null = null;
  private bias: LayerWeight | null = null;

  constructor(args: RegionDenseArgs) {
    super(args, 'sigmoid');
    const who = `layer ${this.name}`;
    this.units = requireInteger(args.units, 'units', who, 1, 16);
    this.subnets = requireInteger(args.subnets ?? this.units, 'subnets', who, 1, 16);
    this.useBias = args.useBias ?? true;
    const {glorotUniform} = tf.initializers;
    this.kernelInitializers = [1, 2].map((use) =>
      initializerOf(args.kernelInitializer ?? glorotUniform({seed: this.seedOf(use)})),
    );
    this.activation = args.activation ? activationOf(args.activation) : null;
    this.customKernelInitializer = args.kernelInitializer !== undefined;
  }

  /** Only a given initializer is saved: the default ones follow from the seed. */
  private readonly customKernelInitializer: boolean;

  override build(inputShape: Shape | Shape[]): void {
    const inputs = channelsOf(oneShape(inputShape), this.name);
    const zeros = tf.initializers.zeros();
    const [first, second] = this.kernelInitializers.map(({initializer}) => initializer);
    this.kernel = this.addWeight('kernel', [inputs, this.subnets], 'float32', first);
    this.offset = this.addWeight('offset', [this.subnets], 'float32', zeros);
    this.addWaveWeights(this.subnets, {withIntercept: false});
    this.mix = this.addWeight('mix', [this.subnets, this.units], 'float32', second);
    if (this.useBias) this.bias = this.addWeight('bias', [this.units], 'float32', zeros);
    this.inputSpec = [{minNDim: 2, axes: {[-1]: inputs}}];
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: Kwargs): tf.Tensor {
    return tf.tidy(() => {
      this.invokeCallHook(inputs, kwargs);
      const x = oneTensor(inputs);
      const rows = tf.reshape(x, [-1, x.shape[x.rank - 1]]);
      const directions = tf.add(tf.matMul(rows, this.kernel!.read()), this.offset!.read());
      let y: tf.Tensor = tf.matMul(this.applyWave(directions), this.mix!.read());
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
    const kernelInitializer = this.customKernelInitializer ? this.kernelInitializers[0].config : undefined;
    const activation = this.activation?.config ?? null;
    return {...super.getConfig(), units, subnets, useBias, activation, ...(kernelInitializer && {kernelInitializer})};
  }
}

tf.serialization.registerClass(RegionDense);
