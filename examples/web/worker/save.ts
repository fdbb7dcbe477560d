import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import type {Format, SavedFile} from './messages';

/** A model as files that load elsewhere. */
export async function save(model: tf.LayersModel, format: Format): Promise<SavedFile[]> {
  if (format === 'onnx') return [{name: 'model.onnx', bytes: Uint8Array.from(await pw.exporters.toOnnx(model))}];
  const files: SavedFile[] = [];
  await model.save(
    tf.io.withSaveHandler(async (artifacts) => {
      const {weightData, weightSpecs = [], ...rest} = artifacts;
      const weightsManifest = [{paths: ['weights.bin'], weights: weightSpecs}];
      const json = new TextEncoder().encode(JSON.stringify({...rest, weightsManifest}));
      files.push({name: 'model.json', bytes: json});
      files.push({name: 'weights.bin', bytes: new Uint8Array(tf.io.CompositeArrayBuffer.join(weightData))});
      return {modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts)};
    }),
  );
  return files;
}
