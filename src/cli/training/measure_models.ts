import * as tf from '@tensorflow/tfjs';

/** What a model costs. */
export interface Cost {
  /** Milliseconds to predict one row. */
  milliseconds: number;
  /** Bytes of the saved model: its layers as JSON, and its weights. */
  bytes: number;
}

const TIMES = 30;

/** The costs of models that are compared: by turns, so that what else the machine does weighs on all of them. */
export async function measureModels(models: readonly tf.LayersModel[]): Promise<Cost[]> {
  const times: number[][] = models.map(() => []);
  for (let i = 0; i < 2 * TIMES; i++) {
    models.forEach((model, place) => {
      const x = tf.zeros([1, model.inputs[0].shape[1] as number]);
      const start = performance.now();
      const y = model.predict(x) as tf.Tensor;
      y.dataSync();
      times[place].push(performance.now() - start);
      tf.dispose([x, y]);
    });
  }
  const medians = times.map((each) => each.slice(TIMES).sort((a, b) => a - b)[TIMES / 2]);
  const bytes = await Promise.all(models.map(bytesOf));
  return models.map((_, place) => ({milliseconds: medians[place], bytes: bytes[place]}));
}

async function bytesOf(model: tf.LayersModel): Promise<number> {
  let bytes = 0;
  const handler = tf.io.withSaveHandler(async ({modelTopology, weightSpecs, weightData}) => {
    bytes = JSON.stringify({modelTopology, weightSpecs}).length + (weightData as ArrayBuffer).byteLength;
    return {modelArtifactsInfo: {dateSaved: new Date(), modelTopologyType: 'JSON'}};
  });
  await model.save(handler);
  return bytes;
}
