import {type Names, requireNumber, requireOptions} from '../errors';
import {halfCosine, requireRate, requireShare} from './options';
import {Schedule} from './schedule';

/** Arguments of {@link oneCycle}. */
export interface OneCycleArgs {
  /** The highest rate, above 0. */
  learningRate: number;
  /** Share of all steps in which the rate rises, 0 to 1. Default: 0.3. */
  warmup?: number;
  /** How many times as high the highest rate is as the first, from 1 up. Default: 25. */
  divFactor?: number;
  /** How many times as high the first rate is as that at the end, from 1 up. Default: 10,000. */
  finalDivFactor?: number;
}

const OPTIONS: Names<OneCycleArgs> = {learningRate: true, warmup: true, divFactor: true, finalDivFactor: true};

/** Made by {@link oneCycle}, where its options are explained. */
export class OneCycle extends Schedule {
  private readonly learningRate: number;
  private readonly warmup: number;
  private readonly first: number;
  private readonly last: number;

  constructor(args: OneCycleArgs) {
    requireOptions(args, OPTIONS, 'oneCycle');
    super('oneCycle');
    this.learningRate = requireRate(args?.learningRate, 'oneCycle');
    this.warmup = requireShare(args.warmup ?? 0.3, 'warmup', 'oneCycle', 0.3);
    const factor = (name: 'divFactor' | 'finalDivFactor', usual: number) =>
      requireNumber(args[name] ?? usual, name, 'oneCycle', [1, Infinity], usual);
    this.first = this.learningRate / factor('divFactor', 25);
    this.last = this.first / factor('finalDivFactor', 10_000);
  }

  override rate(step: number, steps: number): number {
    const top = Math.max(0, this.warmup * steps - 1);
    const between = (from: number, to: number, done: number) => to + (from - to) * halfCosine(done);
    if (step < top) return between(this.first, this.learningRate, step / top);
    // A training of one step is at its top.
    return between(this.learningRate, this.last, (step - top) / (steps - 1 - top || 1));
  }
}

/**
 * A rate that rises along half a cosine, and falls along another one almost to 0.
 *
 * In step s of S, with `first = learningRate / divFactor`, `last = first / finalDivFactor`, the top at step
 * `T = warmup * S - 1`, at least 0, and `c(p) = (1 + cos(pi * p)) / 2`: `learningRate + (first - learningRate) * c(s / T)` up to T, then
 * `last + (learningRate - last) * c((s - T) / (S - 1 - T))`.
 *
 * Use it for short trainings at rates that would be too high for the first steps. Momentum is not cycled.
 * See {@link Schedule} for what it does in `fit`.
 *
 * @throws If an argument is missing or out of its range.
 *
 * Source: Smith and Topin 2018, arXiv 1708.07120; as PyTorch's OneCycleLR.
 *
 * @example
 * const schedule = pw.schedules.oneCycle({learningRate: 0.25, warmup: 0.5});
 * console.log(schedule.rate(0, 10)); // 0.01
 * console.log(schedule.rate(4, 10)); // 0.25
 */
export const oneCycle = (args: OneCycleArgs): OneCycle => new OneCycle(args);
