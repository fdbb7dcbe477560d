import * as tf from '@tensorflow/tfjs';
import {exporters} from 'tfjs-piecewise';
import type {Format, SavedFile} from './messages';

type ToOnnx = (model: tf.LayersModel) => Uint8Array | Promise<Uint8Array>;

/** Null where this version of the package has no such exporter. */
const toOnnx = ((exporters as {[name: string]: unknown}).toOnnx as ToOnnx | undefined) ?? null;

export const hasOnnx = toOnnx !== null;

/** A model as files that load elsewhere. */
export async function save(model: tf.LayersModel, format: Format): Promise<SavedFile[]> {
  if (format === 'onnx') {
    if (!toOnnx) throw new Error('This version of tfjs-piecewise has no ONNX exporter. Download the layers model.');
    return [{name: 'model.onnx', bytes: Uint8Array.from(await toOnnx(model))}];
  }
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
