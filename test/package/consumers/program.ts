/** What every consumer does, whatever brings it the package: a model that trains, is measured, and is loaded again. */

import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';

export interface Outcome {
  /** What loading a saved model changes: 0. */
  loaded: number;
  /** 2 slopes for each of 8 units, and a dense layer of 9. */
  parameters: number;
  regions: number;
  kernel: string;
}

async function program(): Promise<Outcome> {
  await tf.setBackend('cpu');
  const model = tf.sequential({
    layers: [
      pw.layers.whtProjection({units: 8, seed: 1, inputShape: [4]}),
      pw.layers.reluPair({seed: 2}),
      tf.layers.dense({units: 1, kernelInitializer: tf.initializers.glorotNormal({seed: 3})}),
    ],
  });
  model.compile({optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError'});
  const x = tf.randomNormal([32, 4], 0, 1, 'float32', 4);
  await model.fit(x, tf.abs(tf.sum(x, 1, true)), {epochs: 1, verbose: 0});

  let saved: tf.io.ModelArtifacts | undefined;
  await model.save(
    tf.io.withSaveHandler(async (artifacts) => {
      saved = artifacts;
      return {modelArtifactsInfo: {dateSaved: new Date(), modelTopologyType: 'JSON'}};
    }),
  );
  const copy = await tf.loadLayersModel(tf.io.fromMemory(saved!));
  const difference = tf.sub(model.predict(x) as tf.Tensor, copy.predict(x) as tf.Tensor);

  const {regions} = await pw.analysis.countLinearRegions(model, {from: [-1, -1, -1, -0.5], to: [1, 1, 1, 1]});
  return {
    loaded: tf.max(tf.abs(difference)).dataSync()[0],
    parameters: model.countParams(),
    regions,
    kernel: pw.backendReport().kernels.WHTReLUPair,
  };
}

program().then((outcome) => console.log(JSON.stringify(outcome)));
