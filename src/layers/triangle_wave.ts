import * as tf from '@tensorflow/tfjs';
import {type Kwargs, oneShape, oneTensor, type Shape} from '../tfjs_internals';
import {channelsOf} from './channels';
import {WaveLayer, type WaveLayerArgs} from './wave/layer';

/** Arguments of {@link triangleWave}. */
export interface TriangleWaveArgs extends WaveLayerArgs {}

/** Made by {@link triangleWave}, where its options are explained. */
export class TriangleWave extends WaveLayer {
  static readonly className = 'TriangleWave';

  constructor(args: TriangleWaveArgs = {}) {
    super(args, 'clip', true);
    this.supportsMasking = true;
  }

  override build(inputShape: Shape | Shape[]): void {
    const channels = channelsOf(oneShape(inputShape), this.name);
    this.addWaveWeights(channels, {withIntercept: true});
    this.inputSpec = [{minNDim: 2, axes: {[-1]: channels}}];
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: Kwargs): tf.Tensor {
    return tf.tidy(() => {
      this.invokeCallHook(inputs, kwargs);
      return this.applyWave(oneTensor(inputs, this), kwargs);
    });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return oneShape(inputShape);
  }
}

/**
 * Learned piecewise-linear activation with exactly 2^depth linear regions, at the start and while it trains.
 *
 * `y = intercept + slope * u - sum_i s_i W_i(u)` (convex; concave: +), u = x brought from `domain`, by
 * default [0, 1], to [0, 1] and clipped there, or as `inputNorm` says: inputs must lie in the domain.
 *
 * One channel has depth + 3 weights and 2^depth pieces, where a ReLU layer pays about three weights per piece. The
 * strong published result is for convex functions of one variable; inside networks prefer `regionDense`. With curvature
 * 'dc' two waves bend at places of their own: up to 2^(depth + 1) - 1 pieces. A NaN stays NaN (but on
 * webgpu tf.sigmoid takes it for -Infinity).
 *
 * Input and output shape [..., channels]; one function per channel.
 *
 * Weights: `peaks` [channels, depth + 1] (without the last for tailPeak 0.5 and scaling 'free' or 'sawtooth', none for
 * 'takagi'), `scales` [channels, depth - 1] for 'free', [channels, depth] for 'takagi', `fraction` or `amplitude`
 * [channels] for scale 'train' or a number, `slope` and `intercept` [channels], `gamma` [channels] with curvature
 * 'signed'. With 'dc' all but the base line is there twice, as `convex_peaks`, `concave_peaks` and so on.
 * inputNorm 'batchNorm+sigmoid' adds `norm_scale`, `norm_offset` and, not trained, `norm_mean`, `norm_variance` [channels].
 *
 * @throws If an argument is out of its range, the number of channels is unknown, or depth is above 8 on a float16 backend.
 *
 * Source: Milkert, Hyde and Laine, ICML 2025, arXiv 2311.18022.
 *
 * @example
 * // Fits a convex function on [-5, 5] with 32 pieces from 8 weights. Without a domain it would be [0, 1].
 * const model = tf.sequential({layers: [pw.layers.triangleWave({depth: 5, domain: [-5, 5], inputShape: [1]})]});
 */
export const triangleWave = (args?: TriangleWaveArgs): TriangleWave => new TriangleWave(args);

tf.serialization.registerClass(TriangleWave);
