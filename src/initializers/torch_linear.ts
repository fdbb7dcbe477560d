import * as tf from '@tensorflow/tfjs';
import {type Names, requireOptions} from '../errors';
import {PiecewiseInitializer} from './base';
import {drawUniform, seedOrRandom} from './draw';
import {type FanInArgs, fanInOf, optionalFanIn} from './fan_in';

/** Arguments of {@link torchLinear}. */
export interface TorchLinearArgs extends FanInArgs {}

const OPTIONS: Names<TorchLinearArgs> = {seed: true, fanIn: true};

/** Made by {@link torchLinear}, where its options are explained. */
export class TorchLinear extends PiecewiseInitializer {
  static readonly className = 'TorchLinear';
  readonly seed: number;
  readonly fanIn: number | null;

  constructor(args: TorchLinearArgs = {}) {
    super();
    requireOptions(args, OPTIONS, this.who);
    this.seed = seedOrRandom(args.seed, this.who);
    this.fanIn = optionalFanIn(args.fanIn, this.who);
  }

  protected override values(shape: number[]): tf.Tensor {
    const limit = 1 / Math.sqrt(fanInOf(shape, this.fanIn, this.who));
    // A stream for kernels, one for biases: they may have the same seed.
    const uniform = drawUniform(tf.util.sizeFromShape(shape), this.seed, Math.min(shape.length, 2));
    return tf.tensor(
      Float32Array.from(uniform, (u) => limit * (2 * u - 1)),
      shape,
    );
  }

  override getConfig(): tf.serialization.ConfigDict {
    return {seed: this.seed, fanIn: this.fanIn};
  }
}

/**
 * The start of PyTorch's `nn.Linear`, for kernel and bias.
 *
 * `U(-1 / sqrt(fanIn), 1 / sqrt(fanIn))`.
 *
 * The baseline of published comparisons made with PyTorch; `tf.layers.dense` starts with 'glorotNormal' and zeros.
 *
 * Shapes: a kernel [..., inputs, units]; a bias [units], for which `fanIn` must be given.
 *
 * @throws If an argument is out of its range, or a bias has no `fanIn`.
 *
 * Source: `torch.nn.Linear`, PyTorch 2 (kaiming_uniform with a = sqrt(5)).
 *
 * @example
 * tf.layers.dense({
 *   units: 4,
 *   inputShape: [3],
 *   kernelInitializer: pw.initializers.torchLinear({seed: 1}),
 *   biasInitializer: pw.initializers.torchLinear({seed: 1, fanIn: 3}),
 * });
 */
export const torchLinear = (args?: TorchLinearArgs): TorchLinear => new TorchLinear(args);

tf.serialization.registerClass(TorchLinear);
