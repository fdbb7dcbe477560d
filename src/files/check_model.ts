/** What every reader of models checks before it believes a file: `model.json` may come from anybody. */

import type * as tf from '@tensorflow/tfjs';
import {sha256} from './digest';
import {isFolderPath} from './file_paths';
import {fromKeras3, isKeras3} from './keras3';
import {missingWeights} from './topology/check_weights';
import {hugeSize, unsafeKey} from './topology/limits';
import {weightBytes} from './weight_bytes';

/** As tfjs has it; those that we save also say what the bytes of their files are. Other readers skip that. */
export type Group = tf.io.WeightsManifestConfig[number] & {sha256?: unknown};

/** Who reads, and the name of the `model.json`: both stand in the errors. */
export interface Reading {
  readonly who: string;
  readonly path: string;
}

const AGAIN = 'Save the model again, or load another file.';

/** @throws If the text is not the JSON of a model with weights, or would do more than describe one. */
export function parseModelJson(text: string, {who, path}: Reading): tf.io.ModelJSON {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Error(`${who}: ${path} is not JSON, or was cut off: ${(error as Error).message}. ${AGAIN}`);
  }
  const given = Object.entries(json !== null && typeof json === 'object' ? json : {});
  const keys = given.filter(([, value]) => value !== null).map(([key]) => key);
  if (!keys.includes('modelTopology') || given.some(([key, value]) => key === 'weightsManifest' && value === null)) {
    const received = keys.length > 0 ? `the keys ${keys.slice(0, 8).join(', ')}` : 'no keys';
    throw new Error(
      `${who}: ${path} is not a TensorFlow.js model with weights: it has ${received}, expected modelTopology and ` +
        `weightsManifest. ${AGAIN}`,
    );
  }
  const found = json as tf.io.ModelJSON;
  const refuse = unsafeKey(found) ?? hugeSize(found.modelTopology);
  const isNew = refuse === null && isKeras3(found.modelTopology);
  const model = isNew ? fromKeras3(found, `${who}: ${path}`) : found;
  const unsafe = refuse ?? missingWeights(model.modelTopology, model.weightsManifest);
  if (unsafe) {
    throw new Error(`${who}: ${path} must describe a model, but ${unsafe}. Load a file of a source you trust.`);
  }
  return model;
}

/** @throws If it is not a list of groups of files below the folder of the `model.json`. */
export function checkManifest(manifest: unknown, {who, path}: Reading): asserts manifest is Group[] {
  const isGroup = (group: unknown) => {
    const {paths, weights} = (group ?? {}) as Partial<Group>;
    const named = Array.isArray(paths) && paths.every((name) => typeof name === 'string');
    return named && Array.isArray(weights) && weights.every((entry) => typeof entry === 'object' && entry !== null);
  };
  if (!Array.isArray(manifest) || !manifest.every(isGroup)) {
    throw new Error(
      `${who}: the weightsManifest of ${path} is ${JSON.stringify(manifest).slice(0, 80)}, expected a list of ` +
        `{paths: [...], weights: [{name, shape, dtype}, ...]}. ${AGAIN}`,
    );
  }
  const outside = manifest.flatMap((group: Group) => group.paths).find((name) => !isFolderPath(name));
  if (outside !== undefined) {
    throw new Error(
      `${who}: the weight files of ${path} must lie in its folder, but one is ${JSON.stringify(outside.slice(0, 80))}. ` +
        'Load a file of a source you trust.',
    );
  }
}

/** @throws If the bytes of the weight files of a group, together, are not as many as its entries need. */
export function checkBytes({weights}: Group, data: Uint8Array, files: readonly string[], reading: Reading): void {
  const {who, path} = reading;
  const expected = bytesExpected(weights, data, reading);
  if (data.length === expected) return;
  const damage = data.length < expected ? 'It was cut off' : 'It is too long';
  throw new Error(
    `${who}: ${files.join(' and ')} ${files.length > 1 ? 'have together' : 'has'} ${data.length} bytes, but ` +
      `${path} expects ${expected} bytes of weights. ${damage}, or the files are ` +
      'of two saves: copy both from one save, or save the model again.',
  );
}

/** Whether the bytes are those that were saved, as far as the group says. */
export async function isIntact(group: Group, data: Uint8Array): Promise<boolean> {
  if (group.sha256 === undefined) return true;
  return [group.sha256, null].includes(await sha256(data));
}

/** @throws As `checkBytes`, and if the bytes are not those that were saved. */
export async function checkContent(
  group: Group,
  data: Uint8Array,
  files: readonly string[],
  reading: Reading,
): Promise<void> {
  checkBytes(group, data, files, reading);
  if (await isIntact(group, data)) return;
  throw new Error(
    `${reading.who}: ${files.join(' and ')} must have the SHA-256 that ${reading.path} names, but it is ` +
      `${await sha256(data)}. A byte was damaged, or the files are of two saves: copy both from one save. If the ` +
      'weights were changed on purpose, remove "sha256" from the weightsManifest.',
  );
}

function bytesExpected(weights: Group['weights'], data: Uint8Array, {who, path}: Reading): number {
  try {
    return weightBytes(weights, data);
  } catch (error) {
    throw new Error(
      `${who}: the weightsManifest of ${path} cannot be read: ${(error as Error).message}. Save the model again.`,
    );
  }
}
