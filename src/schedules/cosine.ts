import {type Names, requireOptions} from '../errors';
import {halfCosine, requireRate, requireShare} from './options';
import {Schedule} from './schedule';
import {rise} from './warmup';

/** Arguments of {@link cosine}. */
export interface CosineArgs {
  /** The highest rate, above 0. */
  learningRate: number;
  /** The rate at the end as a share of the highest, 0 to 1. Default: 0. */
  alpha?: number;
  /** Share of all steps in which the rate first rises from 0, 0 to 1. Default: 0. */
  warmup?: number;
}

const OPTIONS: Names<CosineArgs> = {learningRate: true, alpha: true, warmup: true};

/** Made by {@link cosine}, where its options are explained. */
export class Cosine extends Schedule {
  private readonly learningRate: number;
  private readonly alpha: number;
  private readonly warmup: number;

  constructor(args: CosineArgs) {
    requireOptions(args, OPTIONS, 'cosine');
    super('cosine');
    this.learningRate = requireRate(args?.learningRate, 'cosine');
    this.alpha = requireShare(args.alpha ?? 0, 'alpha', 'cosine', 0.01);
    this.warmup = requireShare(args.warmup ?? 0, 'warmup', 'cosine', 0.1);
  }

  override rate(step: number, steps: number): number {
    const rising = Math.round(this.warmup * steps);
    if (step < rising) return this.learningRate * rise(step, rising);
    return this.learningRate * (this.alpha + (1 - this.alpha) * halfCosine((step - rising) / (steps - rising)));
  }
}

/**
 * A rate that falls along half a cosine, from the first step or after a warmup.
 *
 * In step s of S, with `W = round(warmup * S)`: `learningRate * (s + 1) / W` while s < W; then
 * `learningRate * (alpha + (1 - alpha) * (1 + cos(pi * (s - W) / (S - W))) / 2)`.
 *
 * Use it wherever the number of epochs is fixed: small steps at the end are worth more than a finer choice of the rate.
 * See {@link Schedule} for what it does in `fit`.
 *
 * @throws If an argument is missing or out of its range.
 *
 * Source: Loshchilov and Hutter, ICLR 2017, arXiv 1608.03983, without restarts; Keras's CosineDecay.
 *
 * @example
 * const model = tf.sequential({layers: [tf.layers.dense({units: 1, inputShape: [2]})]});
 * model.compile({optimizer: pw.optimizers.adamW(), loss: 'meanSquaredError'});
 * await model.fit(tf.ones([64, 2]), tf.ones([64, 1]), {
 *   epochs: 5, verbose: 0, callbacks: [pw.schedules.cosine({learningRate: 0.02, warmup: 0.1})],
 * });
 */
export const cosine = (args: CosineArgs): Cosine => new Cosine(args);
