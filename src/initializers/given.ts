import * as tf from '@tensorflow/tfjs';
import {fail, type Names, requireOptions} from '../errors';
import {PiecewiseInitializer} from './base';

/** Numbers, nested as the shape of a tensor. */
export type NestedNumbers = number[] | number[][] | number[][][] | number[][][][];

/** Arguments of {@link given}. */
export interface GivenArgs {
  /** Nested arrays of finite numbers, in the shape of the weight. */
  values: NestedNumbers;
}

const OPTIONS: Names<GivenArgs> = {values: true};

/** Made by {@link given}, where its options are explained. */
export class Given extends PiecewiseInitializer {
  static readonly className = 'Given';
  readonly numbers: readonly number[];
  private readonly given: NestedNumbers;

  constructor(args: GivenArgs = {} as GivenArgs) {
    super();
    requireOptions(args, OPTIONS, this.who);
    this.given = args.values;
    this.numbers = Array.isArray(args.values) ? tf.util.flatten(args.values as number[]) : [];
    const wrong = this.numbers.find((value) => !Number.isFinite(value));
    if (this.numbers.length === 0 || wrong !== undefined) {
      const received = this.numbers.length === 0 ? args.values : wrong;
      fail(this.who, 'values must be nested arrays of finite numbers', received, 'For example {values: [[1, -1]]}.');
    }
  }

  protected override values(shape: number[]): tf.Tensor {
    const tensor = tf.tensor(this.given, undefined, 'float32');
    if (!tf.util.arraysEqual(tensor.shape, shape)) {
      tensor.dispose();
      fail(this.who, `values must have the shape [${shape}] of the weight`, `[${tensor.shape}]`, 'Nest them like it.');
    }
    return tensor;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return {values: this.given as tf.serialization.ConfigDictArray};
  }
}

/**
 * Weights given one by one, saved with the model's config.
 *
 * For functions with known weights, such as `pw.layers.product`. For large weights use `layer.setWeights`.
 *
 * The shape of `values` must be that of the weight.
 *
 * @throws If a value is not a finite number, or the shape is another one.
 *
 * @example
 * pw.layers.triangleWave({depth: 2, peakInitializer: pw.initializers.given({values: [[0.3, 0.6, 0.5]]})});
 */
export const given = (args: GivenArgs): Given => new Given(args);

tf.serialization.registerClass(Given);
