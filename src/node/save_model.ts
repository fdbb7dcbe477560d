import {mkdir} from 'node:fs/promises';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import {sha256} from '../files/digest';
import {weightBytes} from '../files/weight_bytes';
import {replaceFiles} from './replace_files';

export const MODEL_FILE = 'model.json';
export const WEIGHTS_FILE = 'weights.bin';

/** Writes `weights.bin` and `model.json` to the folder, both or neither. */
export async function saveModel(folder: string, artifacts: tf.io.ModelArtifacts): Promise<tf.io.SaveResult> {
  checkArtifacts(folder, artifacts);
  const weights = artifacts.weightData == null ? null : joinBuffers(artifacts.weightData);
  if (weights) checkWeights(folder, artifacts.weightSpecs ?? [], weights);
  await makeFolder(folder);
  // The weights take their place first: a model.json never speaks of weights that are not there yet.
  const files = weights ? [{path: join(folder, WEIGHTS_FILE), content: weights}] : [];
  await replaceFiles([...files, {path: join(folder, MODEL_FILE), content: await modelJson(artifacts, weights)}]);
  return {
    modelArtifactsInfo: {
      ...tf.io.getModelArtifactsInfoForJSON({...artifacts, weightData: undefined}),
      weightDataBytes: weights?.length ?? 0,
    },
  };
}

/** The text of `model.json`, with the keys of TensorFlow.js in its order, and what the bytes of the weights are. */
async function modelJson(artifacts: tf.io.ModelArtifacts, weights: Buffer | null): Promise<string> {
  const {modelTopology, weightSpecs, format, generatedBy, convertedBy} = artifacts;
  const {trainingConfig, signature, userDefinedMetadata, modelInitializer, initializerSignature} = artifacts;
  const weightsManifest = weights
    ? [{paths: [WEIGHTS_FILE], weights: weightSpecs ?? [], sha256: await sha256(weights)}]
    : undefined;
  return JSON.stringify({
    modelTopology,
    weightsManifest,
    format,
    generatedBy,
    convertedBy,
    trainingConfig: trainingConfig ?? undefined,
    signature: signature ?? undefined,
    userDefinedMetadata: userDefinedMetadata ?? undefined,
    modelInitializer: modelInitializer ?? undefined,
    initializerSignature: initializerSignature ?? undefined,
  });
}

/**
 * All weights in one buffer. They come as an ArrayBuffer, a list of them, or a CompositeArrayBuffer; none is recognized
 * by its class, which may be of another realm or of another copy of TensorFlow.js.
 */
function joinBuffers(data: unknown): Buffer {
  const parts: unknown[] = Array.isArray(data) ? data : [data];
  return Buffer.concat(parts.map(toBuffer));
}

function toBuffer(part: unknown): Buffer {
  if (ArrayBuffer.isView(part)) return Buffer.from(part.buffer, part.byteOffset, part.byteLength);
  if (isArrayBuffer(part)) return Buffer.from(part);
  const composite = part as {slice?: (start: number, end?: number) => ArrayBuffer};
  if (typeof composite?.slice === 'function') return Buffer.from(composite.slice(0));
  throw new Error(
    `fileSystem: the weights must be an ArrayBuffer, a list of them, or a tf.io.CompositeArrayBuffer, but one part ` +
      `is ${Object.prototype.toString.call(part)}. Pass artifacts as model.save makes them.`,
  );
}

function isArrayBuffer(value: unknown): value is ArrayBuffer {
  return Object.prototype.toString.call(value) === '[object ArrayBuffer]';
}

function checkArtifacts(folder: string, {modelTopology}: tf.io.ModelArtifacts): void {
  if (folder.endsWith('.json')) {
    throw new Error(
      `fileSystem: a model is saved to a folder, but the path is ${folder}. Leave out the file name; the folder ` +
        `gets a ${MODEL_FILE} and a ${WEIGHTS_FILE}.`,
    );
  }
  if (isArrayBuffer(modelTopology)) {
    throw new Error(
      'fileSystem: the topology must be a JSON object, but is binary. Save a tf.LayersModel or tf.GraphModel, ' +
        'not a GraphDef.',
    );
  }
}

function checkWeights(folder: string, specs: readonly tf.io.WeightsManifestEntry[], weights: Buffer): void {
  const expected = weightBytes(specs, weights);
  if (weights.length !== expected) {
    throw new Error(
      `fileSystem: cannot save to ${folder}: the weights have ${weights.length} bytes, but their specifications need ` +
        `${expected}. Pass weightData and weightSpecs of the same model.`,
    );
  }
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, {recursive: true});
  } catch (error) {
    throw new Error(
      `fileSystem: cannot make the folder ${folder} (${(error as Error).message}). Name a folder that does not exist ` +
        'yet or may be written to; a file of that name must go first.',
    );
  }
}
