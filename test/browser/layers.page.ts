import * as tf from '@tensorflow/tfjs';
import 'tfjs-piecewise'; // makes the layers of the saved model known

export {startBackend} from './start_backend';

export interface SavedModel {
  modelTopology: object;
  weightSpecs: tf.io.WeightsManifestEntry[];
  weightData: number[];
}

/** Predictions of a saved model, and its training loss before and after a few epochs. */
export async function predictAndTrain(saved: SavedModel, inputs: number[][], targets: number[][]) {
  const weightData = Uint8Array.from(saved.weightData).buffer;
  const model = await tf.loadLayersModel(tf.io.fromMemory({...saved, weightData}));
  const [x, y] = [tf.tensor2d(inputs), tf.tensor2d(targets)];
  const prediction = model.predict(x) as tf.Tensor;
  const values = Array.from(await prediction.data());
  model.compile({optimizer: tf.train.adam(0.01), loss: 'meanSquaredError'});
  const {history} = await model.fit(x, y, {epochs: 8, batchSize: inputs.length, shuffle: false, verbose: 0});
  return {values, losses: history.loss as number[]};
}
