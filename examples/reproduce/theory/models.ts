import * as tf from '@tensorflow/tfjs';

/** A dense network of the given sizes. */
export function chain(sizes: number[], activation: 'relu' | 'tanh'): tf.Sequential {
  const layers = sizes.slice(1).map((units, i) =>
    tf.layers.dense({
      units,
      ...(i === 0 && {inputShape: [sizes[0]]}),
      ...(i < sizes.length - 2 && {activation}),
    }),
  );
  return tf.sequential({layers});
}

/** Random weights that keep the size of what passes through them. */
export function randomize<M extends tf.LayersModel>(model: M, seed = 1): M {
  const values = model.getWeights().map((weight, i) => {
    const scale = weight.rank > 1 ? 1 / Math.sqrt(weight.shape[0]) : 1;
    return tf.randomNormal(weight.shape, 0, scale, 'float32', seed + i);
  });
  model.setWeights(values);
  tf.dispose(values);
  return model;
}

/** Random inputs for a model. */
export function sample(model: tf.LayersModel, count: number): tf.Tensor {
  return tf.randomNormal([count, ...(model.inputs[0].shape.slice(1) as number[])], 0, 1, 'float32', 7);
}
