import {readdirSync, statSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import {MODEL_FILE} from './save_model';
import {weightBytes} from './weight_bytes';

type Group = tf.io.WeightsManifestConfig[number];

/** Reads a `model.json`, or the one in a folder, and the weight files it names. */
export async function loadModel(path: string): Promise<tf.io.ModelArtifacts> {
  const jsonPath = isFolder(path) ? join(path, MODEL_FILE) : path;
  const json = parseModel(await read(jsonPath), jsonPath);
  return tf.io.getModelArtifactsForJSON(json, async (manifest) => {
    checkManifest(manifest, jsonPath);
    const groups: Buffer[] = [];
    for (const group of manifest) groups.push(await readGroup(group, jsonPath));
    return [tf.io.getWeightSpecs(manifest), joinToArrayBuffer(groups)];
  });
}

/** One weight group, which may be cut into several files at any byte. */
async function readGroup({paths, weights}: Group, jsonPath: string): Promise<Buffer> {
  const files = paths.map((path) => join(dirname(jsonPath), path));
  const shards: Buffer[] = [];
  for (const file of files) shards.push(await read(file, jsonPath));
  const data = shards.length === 1 ? shards[0] : Buffer.concat(shards);
  const expected = bytesExpected(weights, data, jsonPath);
  if (data.length !== expected) {
    const damage = data.length < expected ? 'It was cut off' : 'It is too long';
    throw new Error(
      `fileSystem: ${files.join(' and ')} ${files.length > 1 ? 'have together' : 'has'} ${data.length} bytes, but ` +
        `${jsonPath} expects ${expected} bytes of weights. ${damage}, or the files are ` +
        'of two saves: copy both from one save, or save the model again.',
    );
  }
  return data;
}

async function read(path: string, namedIn?: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    const role = namedIn ? `the weight file named in ${namedIn}` : `the ${MODEL_FILE} that model.save writes`;
    const fix = namedIn
      ? 'Copy it to that folder, or save the model again.'
      : `Check the path; it names the file or its folder.`;
    throw new Error(
      `fileSystem: cannot read ${path} (${(error as NodeJS.ErrnoException).code}), ${role}. The folder ` +
        `${describeFolder(dirname(path))}. ${fix}`,
    );
  }
}

function describeFolder(folder: string): string {
  if (!isFolder(folder)) return `${folder} does not exist`;
  const names = readdirSync(folder);
  const shown = names.slice(0, 8).join(', ') + (names.length > 8 ? ', ...' : '');
  return `${folder} has ${shown || 'no files'}`;
}

function isFolder(path: string): boolean {
  return statSync(path, {throwIfNoEntry: false})?.isDirectory() ?? false;
}

function parseModel(bytes: Buffer, path: string): tf.io.ModelJSON {
  const fix = 'Save the model again, or load another file.';
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw new Error(`fileSystem: ${path} is not JSON, or was cut off: ${(error as Error).message}. ${fix}`);
  }
  const given = Object.entries(json !== null && typeof json === 'object' ? json : {});
  const keys = given.filter(([, value]) => value !== null).map(([key]) => key);
  if (!keys.includes('modelTopology') || given.some(([key, value]) => key === 'weightsManifest' && value === null)) {
    const received = keys.length > 0 ? `the keys ${keys.slice(0, 8).join(', ')}` : 'no keys';
    throw new Error(
      `fileSystem: ${path} is not a TensorFlow.js model with weights: it has ${received}, expected modelTopology and ` +
        `weightsManifest. ${fix}`,
    );
  }
  return json as tf.io.ModelJSON;
}

function checkManifest(manifest: unknown, path: string): void {
  const isGroup = (group: unknown) => {
    const {paths, weights} = (group ?? {}) as Partial<Group>;
    const named = Array.isArray(paths) && paths.every((name) => typeof name === 'string');
    return named && Array.isArray(weights) && weights.every((entry) => typeof entry === 'object' && entry !== null);
  };
  if (!Array.isArray(manifest) || !manifest.every(isGroup)) {
    throw new Error(
      `fileSystem: the weightsManifest of ${path} is ${JSON.stringify(manifest).slice(0, 80)}, expected a list of ` +
        '{paths: [...], weights: [{name, shape, dtype}, ...]}. Save the model again, or load another file.',
    );
  }
}

function bytesExpected(weights: Group['weights'], data: Buffer, path: string): number {
  try {
    return weightBytes(weights, data);
  } catch (error) {
    throw new Error(
      `fileSystem: the weightsManifest of ${path} cannot be read: ${(error as Error).message}. Save the model again.`,
    );
  }
}

/** One buffer of its own: Node may have put a small file into a buffer that it shares. */
function joinToArrayBuffer(parts: readonly Buffer[]): ArrayBuffer {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined.buffer;
}
