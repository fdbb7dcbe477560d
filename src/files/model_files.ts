import * as tf from '@tensorflow/tfjs';
import {checkContent, checkManifest, type Group, parseModelJson, type Reading} from './check_model';

/** What of a `File` of a browser is used; `fs.openAsBlob` with a name fits, too. */
export interface ModelFile {
  /** Without its folder. */
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** The way to it in a folder that somebody picked; it tells files of one name apart. */
  readonly webkitRelativePath?: string;
  arrayBuffer(): Promise<ArrayBuffer>;
}

const WHO = 'modelFiles';

/** 16 MB of JSON are 100,000 layers. */
const MAX_JSON_BYTES = 2 ** 24;

/**
 * Loads a model from files that somebody picked or dropped on a page: `model.json` and the weight files it names.
 *
 * The order of the files does not matter. Nothing in them is believed: names that lead out of the folder, keys that
 * would reach into JavaScript itself, sizes that no model has, and files of a wrong length are refused with a message
 * that can be shown as it is. `tf.io.browserFiles` checks the names only.
 *
 * @param files One `.json` file, and the weight files, for example `input.files`.
 * @returns A handler for `tf.loadLayersModel` and `tf.loadGraphModel`.
 * @throws When it loads: if there is not exactly one `.json` file, or a file is missing, hostile or damaged.
 *
 * @example
 * import {modelFiles} from 'tfjs-piecewise/files';
 * // Of an <input type="file" multiple>:
 * const open = () => tf.loadLayersModel(modelFiles([...(document.querySelector('input')?.files ?? [])]));
 */
export function modelFiles(files: Iterable<ModelFile>): {load(): Promise<tf.io.ModelArtifacts>} {
  const isList =
    typeof files !== 'string' && typeof (files as Iterable<ModelFile> | undefined)?.[Symbol.iterator] === 'function';
  const all = isList ? [...files] : [];
  const odd = all.find((file) => typeof file?.name !== 'string' || typeof file.arrayBuffer !== 'function');
  if (!isList || odd !== undefined) {
    throw new Error(
      `${WHO}: files must be a list of files with name, size and arrayBuffer(), but received ${String(odd ?? files)}. ` +
        'Pass input.files.',
    );
  }
  return {load: () => loadModel(all)};
}

async function loadModel(files: ModelFile[]): Promise<tf.io.ModelArtifacts> {
  const reading = {who: WHO, path: modelJsonOf(files).name};
  const text = new TextDecoder().decode(await modelJsonOf(files).arrayBuffer());
  return tf.io.getModelArtifactsForJSON(parseModelJson(text, reading), async (manifest) => {
    checkManifest(manifest, reading);
    const groups: Uint8Array[] = [];
    const taken = new Map<ModelFile, string>();
    for (const group of manifest) groups.push(await readGroup(group, files, taken, reading));
    return [tf.io.getWeightSpecs(manifest), joined(groups).buffer as ArrayBuffer];
  });
}

function modelJsonOf(files: ModelFile[]): ModelFile {
  const found = files.filter(({name}) => /\.json$/i.test(name));
  if (found.length !== 1) {
    throw new Error(
      `${WHO}: there must be one .json file, but there are ${found.length} among ${namesOf(files)}. Choose model.json ` +
        'and its weight files together.',
    );
  }
  if (found[0].size > MAX_JSON_BYTES) {
    throw new Error(
      `${WHO}: ${found[0].name} must have at most ${MAX_JSON_BYTES} bytes, but has ${found[0].size}. Choose the ` +
        'model.json that model.save writes.',
    );
  }
  return found[0];
}

async function readGroup(
  group: Group,
  files: ModelFile[],
  taken: Map<ModelFile, string>,
  reading: Reading,
): Promise<Uint8Array> {
  const shards: Uint8Array[] = [];
  for (const path of group.paths) {
    const file = fileOf(path, files, reading);
    const other = taken.get(file);
    if (other !== undefined && other !== path) {
      throw new Error(
        `${WHO}: ${reading.path} names the weight files ${other} and ${path}, but there is one file ${file.name}. Pick the ` +
          'folder as a whole: <input type="file" webkitdirectory>.',
      );
    }
    taken.set(file, path);
    shards.push(new Uint8Array(await file.arrayBuffer()));
  }
  const data = joined(shards);
  await checkContent(group, data, group.paths, reading);
  return data;
}

/** The file of a path of the manifest: by its name, and by its folders where several have that name. */
function fileOf(path: string, files: ModelFile[], reading: Reading): ModelFile {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const named = files.filter((file) => file.name === name);
  const found = named.length > 1 ? named.filter((file) => `/${file.webkitRelativePath}`.endsWith(`/${path}`)) : named;
  if (found.length === 1) return found[0];
  throw new Error(
    named.length > 1
      ? `${WHO}: ${reading.path} names the weight file ${path}, but ${named.length} files have that name. Pick the folder ` +
          'as a whole, <input type="file" webkitdirectory>, or one of them.'
      : `${WHO}: ${reading.path} names the weight file ${name}, but there are ${namesOf(files)}. Choose model.json and ` +
          'its weight files together.',
  );
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, {length}) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}

function namesOf(files: ModelFile[]): string {
  const names = files.map(({name}) => name);
  return names.slice(0, 8).join(', ') + (names.length > 8 ? ', ...' : '') || 'no files';
}
