import * as tf from '@tensorflow/tfjs';
import {values} from '../support/backend';
import {uniform} from '../support/random';

const sizeOf = (shape: number[]) => shape.reduce((product, size) => product * size, 1);

/** `samples` inputs, two thirds of them in [0, 1), the others below. */
export function inputs(samples: number, shape: number[], seed = 1): tf.Tensor {
  return tf.tensor(uniform(samples * sizeOf(shape), seed, -0.5, 1), [samples, ...shape]);
}

/** The outputs of a model or a layer for tensors of its choice, on the active backend. */
export async function outputs(model: tf.LayersModel | tf.layers.Layer, make: () => tf.Tensor): Promise<Float32Array> {
  const y = tf.tidy(() => (model instanceof tf.LayersModel ? model.predict(make()) : model.apply(make())) as tf.Tensor);
  const result = await values(y);
  y.dispose();
  return result;
}

/** A layer, and a dense layer on its flattened output. */
export function withReadout(layer: tf.layers.Layer): tf.Sequential {
  const model = tf.sequential({layers: [layer]});
  if ((layer.outputShape as tf.Shape).length > 2) model.add(tf.layers.flatten());
  model.add(tf.layers.dense({units: 1, kernelInitializer: tf.initializers.glorotUniform({seed: 5})}));
  return model;
}

/** A model as the files it would be saved to. */
export async function saved(model: tf.LayersModel): Promise<tf.io.ModelArtifacts> {
  let artifacts: tf.io.ModelArtifacts | undefined;
  await model.save(
    tf.io.withSaveHandler(async (given) => {
      artifacts = given;
      return {modelArtifactsInfo: {dateSaved: new Date(0), modelTopologyType: 'JSON'}};
    }),
  );
  const {modelTopology, weightSpecs, weightData} = artifacts!;
  return {modelTopology: JSON.parse(JSON.stringify(modelTopology)), weightSpecs, weightData};
}

export async function copyOf(model: tf.LayersModel): Promise<tf.LayersModel> {
  return tf.loadLayersModel(tf.io.fromMemory(await saved(model)));
}

/** The weights of a layer by the last part of their name. */
export async function weightsOf(layer: tf.layers.Layer): Promise<{[name: string]: Float32Array}> {
  const entries = layer.weights.map(async (weight) => [nameOf(weight), await values(weight.read())] as const);
  return Object.fromEntries(await Promise.all(entries));
}

export const nameOf = ({originalName}: {originalName: string}) => originalName.split('/').at(-1)!;
