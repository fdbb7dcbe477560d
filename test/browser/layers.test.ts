import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {type Remote, useBrowser} from '../support/browser';
import {expectClose} from '../support/close';
import {uniform} from '../support/random';
import type {SavedModel} from './layers.page';

type Script = typeof import('./layers.page');
const openPage = useBrowser<Script>(`${__dirname}/layers.page.ts`);

const rows = (count: number, size: number, seed: number) =>
  Array.from({length: count}, (_, row) => Array.from(uniform(size, seed + row, -1, 1)));
const inputs = rows(32, 12, 1);
const targets = inputs.map((row) => [row.reduce((sum, value) => sum + Math.abs(value), 0) / 4]);

describe.each(['cpu', 'wasm', 'webgl', 'webgpu'])('%s in Chromium', (backend) => {
  let page: Remote<Script>;
  let saved: SavedModel;
  let expected: Float32Array;

  beforeAll(async () => {
    page = await openPage();
    expect(await page.startBackend(backend, {})).toMatchObject({backend});
    ({saved, expected} = await saveInNode());
  });

  it('a model with every layer, saved in Node, predicts the same and trains', async () => {
    const {values, losses} = await page.predictAndTrain(saved, inputs, targets);
    expectClose(values, expected, {relative: 1e-5});
    expect(losses.at(-1)).toBeLessThan(losses[0]);
  });
});

async function saveInNode(): Promise<{saved: SavedModel; expected: Float32Array}> {
  const model = tf.sequential({
    layers: [
      pw.layers.whtProjection({units: 48, seed: 1, inputShape: [12]}),
      pw.layers.reluPair({parametricFraction: 0.5, seed: 2}),
      pw.layers.whtProjection({units: 16, rounds: 2, seed: 3, trainableSigns: true, useBias: true}),
      pw.layers.regionDense({units: 6, depth: 3, seed: 4}),
      pw.layers.triangleWave({depth: 2, seed: 5}),
      tf.layers.dense({units: 1, kernelInitializer: tf.initializers.glorotNormal({seed: 6})}),
    ],
  });
  const prediction = model.predict(tf.tensor2d(inputs)) as tf.Tensor;
  let artifacts: tf.io.ModelArtifacts | undefined;
  await model.save(
    tf.io.withSaveHandler(async (parts) => {
      artifacts = parts;
      return {modelArtifactsInfo: {dateSaved: new Date(), modelTopologyType: 'JSON'}};
    }),
  );
  const {modelTopology, weightSpecs, weightData} = artifacts!;
  const bytes = new Uint8Array(tf.io.CompositeArrayBuffer.join(weightData));
  const saved = {modelTopology: modelTopology as object, weightSpecs: weightSpecs!, weightData: Array.from(bytes)};
  return {saved, expected: (await prediction.data()) as Float32Array};
}
