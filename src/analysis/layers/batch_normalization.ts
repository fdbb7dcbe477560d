import {diagonal} from '../affine';
import {sizeOf, type View} from '../layer_call';

/** At inference: by the moving mean and variance. */
export const batchNormalization: View = ({weights, config, inputShapes: [shape]}) => {
  const axis = config.axis as number;
  const at = axis < 0 ? axis + shape.length : axis - 1;
  const inner = sizeOf(shape.slice(at + 1));
  const {gamma, beta, moving_mean: mean, moving_variance: variance} = weights;
  const scale = variance.map((v, i) => (gamma?.[i] ?? 1) / Math.sqrt(v + (config.epsilon as number)));
  const bias = mean.map((m, i) => (beta?.[i] ?? 0) - m * scale[i]);
  const spread = (values: Float64Array) =>
    Float64Array.from({length: sizeOf(shape)}, (_, k) => values[Math.floor(k / inner) % values.length]);
  return [diagonal(spread(scale), spread(bias))];
};
