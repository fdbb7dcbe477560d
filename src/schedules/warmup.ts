import {type Names, requireOptions} from '../errors';
import {requireRate, requireShare} from './options';
import {Schedule} from './schedule';

/** Arguments of {@link warmup}. */
export interface WarmupArgs {
  /** The rate after the warmup, above 0. */
  learningRate: number;
  /** Share of all steps in which the rate rises, 0 to 1. Default: 0.1. */
  warmup?: number;
}

const OPTIONS: Names<WarmupArgs> = {learningRate: true, warmup: true};

/** The factor of a rate while it rises, over `count` steps, and 1 after them. No step has a rate of 0. */
export const rise = (step: number, count: number): number => Math.min(1, (step + 1) / count);

/** Made by {@link warmup}, where its options are explained. */
export class Warmup extends Schedule {
  private readonly learningRate: number;
  private readonly warmup: number;

  constructor(args: WarmupArgs) {
    requireOptions(args, OPTIONS, 'warmup');
    super('warmup');
    this.learningRate = requireRate(args?.learningRate, 'warmup');
    this.warmup = requireShare(args.warmup ?? 0.1, 'warmup', 'warmup', 0.1);
  }

  override rate(step: number, steps: number): number {
    return this.learningRate * rise(step, Math.round(this.warmup * steps));
  }
}

/**
 * A rate that rises in a straight line and then stays.
 *
 * In step s of S, with `W = round(warmup * S)`: `learningRate * min(1, (s + 1) / W)`.
 *
 * Use it where the first steps at the full rate spoil a start, for example from trained weights.
 * See {@link Schedule} for what it does in `fit`.
 *
 * @throws If an argument is missing or out of its range.
 *
 * @example
 * const schedule = pw.schedules.warmup({learningRate: 0.01, warmup: 0.5});
 * console.log([0, 1, 2, 3].map((step) => schedule.rate(step, 4))); // [0.005, 0.01, 0.01, 0.01]
 */
export const warmup = (args: WarmupArgs): Warmup => new Warmup(args);
