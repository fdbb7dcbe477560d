import * as tf from '@tensorflow/tfjs';

/** Inputs may be as far beyond the domain as this share of its length, without a word. */
const MARGIN = 0.1;
/** Numbers of a batch that are looked at. */
const ENOUGH = 2 ** 14;

/**
 * Says once, on the console, that inputs which are clipped leave the domain, and what helps. It looks at calls 1, 2, 4, 8
 * and so on, so that it costs nothing in the long run; where reading would wait for a GPU, later. Not in production mode
 * (`tf.enableProdMode`).
 */
export class DomainWatch {
  private calls = 0;
  private done = false;

  constructor(
    private readonly who: string,
    private readonly domain: readonly [low: number, high: number],
    /** The inputs come from weights, which may move them on purpose: only the first batch speaks of data. */
    private readonly onlyFirst = false,
  ) {}

  look(x: tf.Tensor): void {
    if (this.done) return;
    this.calls++;
    if (this.onlyFirst && this.calls > 1) return;
    if ((this.calls & (this.calls - 1)) !== 0 || tf.env().getBool('PROD')) return;
    const some = tf.tidy(() => tf.keep(tf.slice(tf.reshape(x, [-1]), 0, Math.min(x.size, ENOUGH))));
    if (isOnGPU()) {
      some.data().then(
        (values) => this.judge(values, some),
        () => some.dispose(),
      );
    } else this.judge(some.dataSync(), some);
  }

  private judge(values: ArrayLike<number>, read: tf.Tensor): void {
    read.dispose();
    const [low, high] = this.domain;
    let [least, most] = [low, high];
    for (let i = 0; i < values.length; i++) {
      if (values[i] < least) least = values[i];
      if (values[i] > most) most = values[i];
    }
    if (this.done || Math.max(low - least, most - high) <= MARGIN * (high - low)) return;
    this.done = true;
    const fit = [least, most].map((end) => Number(end.toPrecision(3)));
    // biome-ignore lint/suspicious/noConsole: it works, but is not what the user can want
    console.warn(
      `${this.who}: inputs from ${fit[0]} to ${fit[1]} leave the domain [${low}, ${high}] and are clipped to it. ` +
        `Pass the domain of your data, {domain: [${fit.join(', ')}]} or wider, or {inputNorm: 'batchNorm+sigmoid'} for inputs ` +
        'of unknown range; pw.fitCurve(x, y) finds all of it by itself.',
    );
  }
}

/** Whether tensors can also be read to a GPU, where reading to here waits for all that was asked before. */
const isOnGPU = (): boolean => tf.backend().readToGPU !== tf.KernelBackend.prototype.readToGPU;
