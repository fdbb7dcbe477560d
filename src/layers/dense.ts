import * as tf from '@tensorflow/tfjs';
import {type Names, requireOptions} from '../errors';
import {dense as denseUnits} from '../ops/dense';
import {DenseLayer, type Kwargs, oneTensor, requireInitializer} from '../tfjs_internals';
import {LAYER_OPTIONS} from './piecewise_layer';

/** Arguments of {@link dense}: those of `tf.layers.dense`. */
export type DenseArgs = Parameters<typeof tf.layers.dense>[0];

const OPTIONS: Names<DenseArgs> = {
  units: true,
  activation: true,
  useBias: true,
  kernelInitializer: true,
  biasInitializer: true,
  inputDim: true,
  kernelConstraint: true,
  biasConstraint: true,
  kernelRegularizer: true,
  biasRegularizer: true,
  activityRegularizer: true,
  ...LAYER_OPTIONS,
};

/** Activations that tfjs computes together with product and bias. */
const ADDED_FIRST = ['linear', 'relu', 'elu'];

/** By its class name a dense layer of tfjs: so it is saved, and so readers and exporters take it. */
class Dense extends DenseLayer {
  static override readonly className = 'Dense';

  constructor(args: DenseArgs) {
    const who = `layer ${args?.name ?? Dense.className}`;
    requireOptions(args, OPTIONS, who);
    for (const start of [args.kernelInitializer, args.biasInitializer]) requireInitializer(start, who);
    super(args);
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: Kwargs): tf.Tensor {
    this.invokeCallHook(inputs, kwargs);
    const x = oneTensor(inputs, this);
    const activation = this.activation.getClassName();
    const bias = this.bias?.read() ?? null;
    return tf.tidy(() => {
      // tfjs adds the bias to a sum, or begins with it: to the bit the same only in the same order.
      const isFirst = ADDED_FIRST.includes(activation);
      const y = denseUnits(x, this.kernel.read(), isFirst ? bias : null);
      const sum = bias && !isFirst ? tf.add(y, bias) : y;
      return activation === 'linear' ? sum : this.activation.apply(sum);
    });
  }
}

/**
 * Dense layer of tfjs with a faster gradient: `tf.layers.dense` in all but speed.
 *
 * `y = activation(x kernel + bias)`
 *
 * Use it in the place of `tf.layers.dense`, for the read-out after projections or any other: on wasm, where TensorFlow.js multiplies
 * by a transposed matrix slowly, its gradient is several times as fast; on tensorflow it is fewer calls, which small networks wait
 * for. Elsewhere it takes as long.
 *
 * Input shape [..., inputs], output shape [..., units]. Weights: `kernel` [inputs, units], and `bias` [units] unless `useBias` is
 * false. It is saved as a dense layer of tfjs, which loads without this package, and is then one.
 *
 * @throws If an option is not known, or the input is not of dtype float32.
 *
 * @example
 * const model = tf.sequential({layers: [
 *   pw.layers.whtProjection({units: 1024, activation: 'reluPair', inputShape: [784]}),
 *   pw.layers.dense({units: 10, activation: 'softmax'}),
 * ]});
 */
export const dense = (args: DenseArgs): tf.layers.Layer => new Dense(args);
