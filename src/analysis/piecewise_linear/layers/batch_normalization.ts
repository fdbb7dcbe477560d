import {diagonal} from '../affine';
import {type LayerReader, refuse, sizeOf} from '../layer_call';

/** At inference: by the moving mean and variance. */
export const batchNormalization: LayerReader = (call) => {
  const {weights, config} = call;
  const [shape] = call.inputShapes;
  const axes = [config.axis].flat() as number[]; // Keras writes a list of one
  if (axes.length !== 1) refuse(call, `axes ${axes}`, 'Give one axis.');
  const axis = axes[0] < 0 ? axes[0] + shape.length : axes[0] - 1;
  if (axis !== shape.length - 1) {
    call.note(
      `layer ${call.name}: axis ${axes} is normalized as Keras defines it; cpu and wasm of TensorFlow.js do not.`,
    );
  }
  const {gamma, beta, moving_mean: mean, moving_variance: variance} = weights;
  const odd = variance.findIndex((v) => !(v + (config.epsilon as number) > 0));
  if (odd >= 0)
    refuse(
      call,
      `moving_variance ${variance[odd]}`,
      'A variance with its epsilon is above 0: did the training diverge?',
    );
  const scale = variance.map((v, i) => (gamma?.[i] ?? 1) / Math.sqrt(v + (config.epsilon as number)));
  const bias = mean.map((m, i) => (beta?.[i] ?? 0) - m * scale[i]);
  const inner = sizeOf(shape.slice(axis + 1));
  const everywhere = (values: Float64Array) => {
    const all = new Float64Array(sizeOf(shape)); // plain loops: a function for each of 10^5 units takes ten times as long
    for (let k = 0; k < all.length; k++) all[k] = values[Math.floor(k / inner) % shape[axis]];
    return all;
  };
  return [diagonal(everywhere(scale), everywhere(bias))];
};
