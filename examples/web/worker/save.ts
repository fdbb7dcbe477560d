import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import type {Format, SavedFile} from './messages';

const text = (name: string, content: string): SavedFile => ({name, bytes: new TextEncoder().encode(content)});

const FILES: Record<Format, (model: tf.LayersModel) => Promise<SavedFile[]>> = {
  layers: layersModel,
  onnx: async (model) => [{name: 'model.onnx', bytes: Uint8Array.from(await pw.exporters.toOnnx(model))}],
  litert: async (model) => [{name: 'model.tflite', bytes: Uint8Array.from(await pw.exporters.toLiteRT(model))}],
  javascript: async (model) => [text('model.mjs', (await pw.exporters.toJavaScript(model)).source)],
  c: async (model) => {
    const {source, header} = await pw.exporters.toC(model);
    return [text('model.c', source), text('model.h', header)];
  },
};

/** A model as files that work elsewhere. */
export const save = (model: tf.LayersModel, format: Format): Promise<SavedFile[]> => FILES[format](model);

async function layersModel(model: tf.LayersModel): Promise<SavedFile[]> {
  const files: SavedFile[] = [];
  await model.save(
    tf.io.withSaveHandler(async (artifacts) => {
      const {weightData, weightSpecs = [], ...rest} = artifacts;
      const weightsManifest = [{paths: ['weights.bin'], weights: weightSpecs}];
      files.push(text('model.json', JSON.stringify({...rest, weightsManifest})));
      files.push({name: 'weights.bin', bytes: new Uint8Array(tf.io.CompositeArrayBuffer.join(weightData))});
      return {modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts)};
    }),
  );
  return files;
}
