import * as tf from '@tensorflow/tfjs';

/** All weights are the mark, and so are the metadata: whoever reads it sees whether two saves were mixed. */
export function markedModel(mark: number): tf.Sequential {
  const start = tf.initializers.constant({value: mark});
  const model = tf.sequential({
    layers: [tf.layers.dense({units: 300, inputShape: [300], kernelInitializer: start, biasInitializer: start})],
  });
  model.setUserDefinedMetadata({mark});
  return model;
}

/** The mark of a whole model; throws if it is not whole. */
export function markOf(model: tf.LayersModel): number {
  const {mark} = model.getUserDefinedMetadata() as {mark: number};
  for (const weight of model.getWeights()) {
    const other = weight.dataSync().find((value) => value !== mark);
    if (other !== undefined) throw new Error(`the metadata say ${mark}, but a weight is ${other}`);
  }
  return mark;
}
