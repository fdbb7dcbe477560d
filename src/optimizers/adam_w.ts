import * as tf from '@tensorflow/tfjs';
import {runKernelOutputs} from '../engine';
import {fail, type Names, requireNumber, requireOptions} from '../errors';
import {adamWKernel} from '../ops/adam_w';
import {type Decays, decaysOf, type Excluded, restOf} from './decays';
import {AllMoments, type Moments} from './moments';

/** Arguments of {@link adamW}. */
export interface AdamWArgs {
  /** Size of a step, above 0. A schedule of `pw.schedules` sets it anew for each batch. Default: 0.001. */
  learningRate?: number;
  /** Share of the way to rest, times the learning rate, that a weight goes in each step, from 0 up. Default: 0.004. */
  weightDecay?: number;
  /** Share of the mean gradient that a step keeps, from 0 to less than 1. Default: 0.9. */
  beta1?: number;
  /** Share of the mean square that a step keeps, from 0 to less than 1. Default: 0.999. */
  beta2?: number;
  /** Added to the root of the mean square, above 0. Default: 1e-7. */
  epsilon?: number;
  /**
   * Weights that are not decayed: names of weights or layers, such as 'bias', 'dense_Dense1' or 'dense_Dense1/kernel', or a
   * function that says true for them. Default: all but kernels and slopes. `[]` decays every weight.
   */
  excludeFromWeightDecay?: readonly string[] | ((name: string, shape: number[]) => boolean);
}

const OPTIONS: Names<AdamWArgs> = {
  learningRate: true,
  weightDecay: true,
  beta1: true,
  beta2: true,
  epsilon: true,
  excludeFromWeightDecay: true,
};

const WHO = 'AdamW';
const POSITIVE = [Number.MIN_VALUE, Infinity] as const;
/** 1 itself would divide by 0. */
const BELOW_1 = [0, 1 - Number.EPSILON] as const;

/** Made by {@link adamW}, where its options are explained. */
export class AdamW extends tf.Optimizer {
  static readonly className = 'AdamW';

  /** Rate of the next step. */
  learningRate: number;
  readonly weightDecay: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;

  private readonly excluded: Excluded | null;
  private readonly decays: Decays;
  /** Names of the weights that a function excluded. */
  private readonly excludedNames = new Set<string>();
  private readonly moments = new AllMoments();

  constructor(args: AdamWArgs = {}) {
    requireOptions(args, OPTIONS, WHO);
    super();
    this.learningRate = requireNumber(args.learningRate ?? 0.001, 'learningRate', WHO, POSITIVE, 0.001);
    this.weightDecay = requireNumber(args.weightDecay ?? 0.004, 'weightDecay', WHO, [0, Infinity], 0.004);
    this.beta1 = requireNumber(args.beta1 ?? 0.9, 'beta1', WHO, BELOW_1, 0.9);
    this.beta2 = requireNumber(args.beta2 ?? 0.999, 'beta2', WHO, BELOW_1, 0.999);
    this.epsilon = requireNumber(args.epsilon ?? 1e-7, 'epsilon', WHO, POSITIVE, 1e-7);
    this.excluded = args.excludeFromWeightDecay ?? null;
    this.decays = decaysOf(this.excluded, WHO);
  }

  override applyGradients(gradients: {[name: string]: tf.Tensor} | {name: string; tensor: tf.Tensor}[]): void {
    const named = Array.isArray(gradients)
      ? gradients
      : Object.entries(gradients).map(([name, tensor]) => ({name, tensor}));
    const given = named.filter(({tensor}) => tensor !== undefined && tensor !== null);
    const variables = given.map(({name}) => variableOf(name));
    const moments = this.moments.of(variables);
    for (const [i, {tensor}] of given.entries()) this.step(variables[i], tensor, moments[i]);
    this.incrementIterations();
  }

  private step(variable: tf.Variable, gradient: tf.Tensor, moments: Moments): void {
    const {name, shape} = variable;
    if (gradient.dtype !== 'float32' || !tf.util.arraysEqual(gradient.shape, shape)) {
      const received = `${gradient.dtype} of shape [${gradient.shape}]`;
      fail(WHO, `the gradient of ${name} must be float32 of shape [${shape}]`, received, 'Pass it by its own name.');
    }
    const t = moments.steps + 1;
    const root = Math.sqrt(1 - this.beta2 ** t);
    const {first, second} = moments;
    const [weight, newFirst, newSecond] = runKernelOutputs(
      adamWKernel,
      {weight: variable as tf.Tensor, gradient, first, second},
      {
        beta1: this.beta1,
        beta2: this.beta2,
        rate: (this.learningRate * root) / (1 - this.beta1 ** t),
        epsilon: this.epsilon * root,
        decay: this.isDecayed(variable) ? this.learningRate * this.weightDecay : 0,
        rest: restOf(variable.name),
      },
    );
    variable.assign(weight);
    tf.dispose([weight, first, second]);
    Object.assign(moments, {first: tf.keep(newFirst), second: tf.keep(newSecond), steps: t});
  }

  private isDecayed({name, shape}: tf.Variable): boolean {
    const decayed = this.decays(name, shape);
    if (!decayed && typeof this.excluded === 'function') this.excludedNames.add(name);
    return decayed;
  }

  override dispose(): void {
    this.moments.dispose();
  }

  override async getWeights(): Promise<{name: string; tensor: tf.Tensor}[]> {
    return this.moments.toTensors(this.iterations);
  }

  override async setWeights(weightValues: {name: string; tensor: tf.Tensor}[]): Promise<void> {
    await this.moments.fromTensors(await this.extractIterations(weightValues));
  }

  override getConfig(): tf.serialization.ConfigDict {
    const {learningRate, weightDecay, beta1, beta2, epsilon} = this;
    const names = typeof this.excluded === 'function' ? [...this.excludedNames] : this.excluded;
    // As objects: when tfjs loads a model, it changes the underscores of all texts but these.
    const excludeFromWeightDecay = names?.map((name) => ({name})) ?? null;
    return {learningRate, weightDecay, beta1, beta2, epsilon, excludeFromWeightDecay};
  }

  static override fromConfig<T extends tf.serialization.Serializable>(
    cls: tf.serialization.SerializableConstructor<T>,
    {excludeFromWeightDecay, customObjects: _, ...config}: tf.serialization.ConfigDict,
  ): T {
    const names = (excludeFromWeightDecay as {name: string}[] | null | undefined)?.map(({name}) => name);
    return new cls({...config, excludeFromWeightDecay: names ?? null});
  }
}

function variableOf(name: string): tf.Variable {
  const variable = tf.engine().registeredVariables[name];
  if (!variable) {
    fail(WHO, 'gradients must be named as variables of tfjs', `'${name}'`, 'Pass those of optimizer.computeGradients.');
  }
  return variable;
}

/**
 * Adam with decoupled weight decay: the decay is no part of the gradient, so the sizes of the gradients do not change it.
 *
 * In step t of a weight w with gradient g, elementwise, from moments m = v = 0:
 *
 * `m = beta1 m + (1 - beta1) g`, `v = beta2 v + (1 - beta2) g^2`,
 * `w = w - learningRate * (weightDecay * (w - rest) + m / (1 - beta1^t) / (sqrt(v / (1 - beta2^t)) + epsilon))`,
 * where rest is 1 for the slopes of `reluPair` and 0 for all other weights.
 *
 * Use it in place of `tf.train.adam`: for networks that see the same data many times, where decay helps, and for speed.
 * One kernel does the whole step of a weight where `tf.train.adam` needs 14, on cpu, wasm and tensorflow.
 *
 * By default kernels are decayed, weights of two axes and more that are multiplied into inputs, and the slopes of
 * `reluPair`: these toward 1, where a unit is linear, so that decay makes the function simpler. Biases, waves and signs are not.
 * A network of transforms has hardly any kernels; on few and noisy data it needs the decay of its slopes.
 *
 * State and steps belong to each weight: one optimizer can train several models, and weights that come later. They are saved
 * with `model.save(..., {includeOptimizer: true})`; training then goes on to the bit as if it had not been interrupted.
 * A function in `excludeFromWeightDecay` is saved as the names that it has excluded so far.
 *
 * @throws If an argument is out of its range, a gradient is not float32 or has another shape than its weight, or saved
 *   moments do not fit the weights.
 *
 * Source: Loshchilov and Hutter, ICLR 2019, arXiv 1711.05101. Names and defaults are those of Keras.
 *
 * @example
 * const model = tf.sequential({layers: [tf.layers.dense({units: 1, inputShape: [2]})]});
 * model.compile({optimizer: pw.optimizers.adamW({learningRate: 0.01}), loss: 'meanSquaredError'});
 */
export const adamW = (args?: AdamWArgs): AdamW => new AdamW(args);
