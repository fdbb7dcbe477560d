import * as tf from '@tensorflow/tfjs';
import {fail, type Names, requireBoolean, requireInteger} from '../errors';
import {
  type ActivationIdentifier,
  activationOf,
  type InitializerIdentifier,
  initializerFrom,
  initializerOf,
  type Kwargs,
  type LayerWeight,
  oneShape,
  oneTensor,
  type ResolvedInitializer,
  type Shape,
} from '../tfjs_internals';
import {channelsOf} from './channels';
import {PiecewiseLayer, type SeedArgs} from './piecewise_layer';
import {seedOf} from './wave/options';

/** Arguments of {@link blockDense}. */
export interface BlockDenseArgs extends SeedArgs {
  /** Number of blocks, an integer >= 1. Default: the size of the input's last axis / size. */
  blocks?: number;
  /** Inputs and outputs of a block, an integer >= 1. Default: 4. */
  size?: number;
  /** Activation of the output; 'linear' for none. Default: 'relu'. */
  activation?: ActivationIdentifier;
  /** Adds a trainable bias. Default: true. */
  useBias?: boolean;
  /** Start of each block, drawn for itself. Default: 'glorotUniform'. */
  kernelInitializer?: InitializerIdentifier;
  /** Start of the bias. Default: 'zeros'. */
  biasInitializer?: InitializerIdentifier;
}

/** Made by {@link blockDense}, where its options are explained. */
export class BlockDense extends PiecewiseLayer {
  static readonly className = 'BlockDense';
  /** @ignore */
  static override readonly options: Names<Omit<BlockDenseArgs, keyof SeedArgs>> = {
    blocks: true,
    size: true,
    activation: true,
    useBias: true,
    kernelInitializer: true,
    biasInitializer: true,
  };

  readonly size: number;
  readonly useBias: boolean;
  private blockCount: number | null;
  private readonly activation: ReturnType<typeof activationOf>;
  /** null for the default before the seed is fixed. */
  private kernelInitializer: ResolvedInitializer | null;
  private readonly biasInitializer: ResolvedInitializer;

  private kernel: LayerWeight | null = null;
  private bias: LayerWeight | null = null;

  constructor(args: BlockDenseArgs = {}) {
    super(args);
    const who = `layer ${this.name}`;
    this.supportsMasking = true;
    const {blocks} = args;
    this.blockCount = blocks === undefined || blocks === null ? null : requireInteger(blocks, 'blocks', who, 1, 16);
    this.size = requireInteger(args.size ?? 4, 'size', who, 1, 4);
    this.activation = activationOf(args.activation ?? 'relu', who);
    this.useBias = requireBoolean(args.useBias ?? true, 'useBias', who);
    this.kernelInitializer = args.kernelInitializer ? initializerOf(args.kernelInitializer, who) : null;
    this.biasInitializer = initializerOf(args.biasInitializer ?? 'zeros', who);
  }

  /** Number of blocks; null before an input has told. */
  get blocks(): number | null {
    return this.blockCount;
  }

  override build(inputShape: Shape | Shape[]): void {
    const units = channelsOf(oneShape(inputShape), this.name);
    const blocks = this.blockCount ?? Math.max(1, Math.floor(units / this.size));
    if (blocks * this.size !== units) {
      const expected = `the size of the last axis must be blocks * size = ${blocks} * ${this.size}`;
      fail(`layer ${this.name}`, expected, units, 'Put a dense layer of that many units before.');
    }
    this.blockCount = blocks;
    const seed = seedOf(this.fixSeed(), 0);
    this.kernelInitializer ??= initializerOf(tf.initializers.glorotUniform({seed}), `layer ${this.name}`);
    const start = this.blockwise(this.kernelInitializer);
    this.kernel = this.addWeight('kernel', [blocks, this.size, this.size], 'float32', start);
    if (this.useBias) this.bias = this.addWeight('bias', [units], 'float32', this.biasInitializer.initializer);
    this.inputSpec = [{minNDim: 2, axes: {[-1]: units}}];
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: Kwargs): tf.Tensor {
    return tf.tidy(() => {
      this.invokeCallHook(inputs, kwargs);
      const x = oneTensor(inputs, this);
      const groups = tf.transpose(tf.reshape(x, [-1, this.blockCount!, this.size]), [1, 0, 2]);
      const products = tf.transpose(tf.matMul(groups, this.kernel!.read()), [1, 0, 2]);
      const y = tf.reshape(products, x.shape);
      return this.activation.apply(this.bias ? tf.add(y, this.bias.read()) : y);
    });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return oneShape(inputShape);
  }

  override getConfig(): tf.serialization.ConfigDict {
    const {blocks, size, useBias} = this;
    const starts = {
      kernelInitializer: this.kernelInitializer?.config ?? null,
      biasInitializer: this.biasInitializer.config,
    };
    return {...super.getConfig(), blocks, size, useBias, activation: this.activation.config, ...starts};
  }

  /** Draws block by block: by the shape of the whole, tfjs would take the blocks for positions of a convolution. */
  private blockwise({initializer}: ResolvedInitializer) {
    return initializerFrom(([blocks, size]) => {
      const start = (own: ResolvedInitializer) => own.initializer.apply([size, size], 'float32');
      const draw = (_: unknown, k: number) => start(initializerOf(initializer, `layer ${this.name}`, k));
      return tf.stack(Array.from({length: blocks}, draw));
    });
  }
}

/**
 * Independent small dense layers side by side: `tf.layers.dense` with a block-diagonal kernel.
 *
 * `y_k = activation(x_k K_k + b_k)`, x_k the k-th group of `size` inputs.
 *
 * A row of triangle waves is, level by level, a ReLU network whose hidden layers are blocks of 4 x 4. This is such a
 * layer with all its weights free: blocks * size^2 of them, where a dense layer has blocks^2 * size^2.
 *
 * Input and output shape [..., blocks * size].
 *
 * Weights: `kernel` [blocks, size, size] (inputs, then outputs), `bias` [blocks * size].
 *
 * @throws If an argument is out of its range, or the size of the last axis is unknown or not blocks * size.
 *
 * Source: Milkert, Hyde and Laine, ICML 2025, arXiv 2311.18022.
 *
 * @example
 * // 16 functions of one variable, each a ReLU network of width 4 and depth 2
 * const model = tf.sequential({layers: [
 *   tf.layers.dense({units: 64, activation: 'relu', inputShape: [8]}),
 *   pw.layers.blockDense({blocks: 16}),
 *   tf.layers.dense({units: 1}),
 * ]});
 */
export const blockDense = (args?: BlockDenseArgs): BlockDense => new BlockDense(args);

tf.serialization.registerClass(BlockDense);
