import type * as tf from '@tensorflow/tfjs';
import {fail} from '../errors';
import {Initializer, type Shape} from '../tfjs_internals';

/** An initializer that says who it is, takes float32 only, and comes back from its config. */
export abstract class PiecewiseInitializer extends Initializer {
  static override fromConfig<T extends tf.serialization.Serializable>(
    cls: tf.serialization.SerializableConstructor<T>,
    {customObjects: _, ...config}: tf.serialization.ConfigDict,
  ): T {
    return new cls(config);
  }

  override apply(shape: Shape, dtype?: tf.DataType): tf.Tensor {
    if (dtype !== undefined && dtype !== 'float32') {
      fail(this.who, 'the weights must be of dtype float32', dtype, 'Leave the dtype out.');
    }
    return this.values(shape as number[]);
  }

  protected get who(): string {
    return `initializer ${this.getClassName()}`;
  }

  protected abstract values(shape: number[]): tf.Tensor;
}
