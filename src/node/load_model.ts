import {readdirSync, statSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import {checkContent, checkManifest, type Group, isIntact, parseModelJson} from '../files/check_model';
import {keptContents} from './replace_files';
import {MODEL_FILE} from './save_model';

const WHO = 'fileSystem';

/** Reads a `model.json`, or the one in a folder, and the weight files it names. */
export async function loadModel(path: string): Promise<tf.io.ModelArtifacts> {
  const jsonPath = isFolder(path) ? join(path, MODEL_FILE) : path;
  const reading = {who: WHO, path: jsonPath};
  const json = parseModelJson((await read(jsonPath)).toString('utf8'), reading);
  return tf.io.getModelArtifactsForJSON(json, async (manifest) => {
    checkManifest(manifest, reading);
    const groups: Buffer[] = [];
    for (const group of manifest) groups.push(await readGroup(group, jsonPath));
    return [tf.io.getWeightSpecs(manifest), joinToArrayBuffer(groups)];
  });
}

/** One weight group, which may be cut into several files at any byte. */
async function readGroup(group: Group, jsonPath: string): Promise<Buffer> {
  const files = group.paths.map((path) => join(dirname(jsonPath), path));
  const shards: Buffer[] = [];
  for (const file of files) shards.push(await read(file, jsonPath));
  const data = shards.length === 1 ? shards[0] : Buffer.concat(shards);
  if (files.length === 1 && !(await isIntact(group, data))) {
    // A save that was killed between its two renames has left new weights beside the old model.json.
    for (const kept of keptContents(files[0])) if (await isIntact(group, kept)) return kept;
  }
  await checkContent(group, data, files, {who: WHO, path: jsonPath});
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
      `${WHO}: cannot read ${path} (${(error as NodeJS.ErrnoException).code}), ${role}. The folder ` +
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
