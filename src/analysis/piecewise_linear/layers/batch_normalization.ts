import {diagonal, repeat} from '../affine';
import {type LayerReader, refuse, sizeOf} from '../layer_call';

/** At inference: by the moving mean and variance. */
export const batchNormalization: LayerReader = (call) => {
  const {weights, config} = call;
  const [shape] = call.inputShapes;
  const axes = [config.axis].flat() as number[]; // Keras writes a list of one
  const [axis] = axes;
  if (axes.length !== 1 || (axis !== -1 && axis !== shape.length)) {
    refuse(call, `axis ${axes}`, 'The backends of tfjs disagree on axes other than the last.');
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
  const positions = sizeOf(shape.slice(0, -1));
  return [diagonal(repeat(scale, positions), repeat(bias, positions))];
};
