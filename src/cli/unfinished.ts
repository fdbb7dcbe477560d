/**
 * The trainings that an interrupted comparison has finished, in OUT/unfinished: a file for each, which is there wholly or
 * not at all, and `comparison.json`, which says of what they are. Only the same data, options and versions go on with them.
 */

import {createHash} from 'node:crypto';
import {existsSync, readdirSync, readFileSync, rmdirSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import {version} from 'tfjs-piecewise/package.json';
import {replaceFiles} from '../node/replace_files';
import {counted} from './data/counted';
import {makeFolder} from './make_folder';
import type {KeptTrainings, Outcome, TrainingKey} from './training/kept';
import type {CompareOptions} from './training_options';
import {type BackendChoice, type Session, sha256} from './training_session';

const ABOUT = 'comparison.json';

interface About {
  fingerprint: string;
  backend: BackendChoice;
}

/** What an earlier run of the same command has left, or nothing yet. */
export async function openUnfinished(options: CompareOptions, {recipe}: Pick<Session, 'recipe'>): Promise<Unfinished> {
  const {data, read, seed, out, restart, backend} = options;
  const versions = [version, tf.version.tfjs];
  const fingerprint = digest({data: await sha256(data), read, seed, recipe, versions});
  const folder = join(out, 'unfinished');
  const about = readJson<About>(join(folder, ABOUT));
  const fits = about?.fingerprint === fingerprint && (backend === undefined || backend === about.backend?.name);
  if (about && fits && !restart) return new Unfinished(folder, fingerprint, about.backend);
  const dropped = new Unfinished(folder, fingerprint).remove();
  const isOther = dropped > 0 && !restart;
  const note = `What ${folder} had of other data, options or versions is dropped: all is trained anew.`;
  return new Unfinished(folder, fingerprint, null, isOther ? [note] : []);
}

class Unfinished implements KeptTrainings {
  readonly notes: readonly string[];

  constructor(
    private readonly folder: string,
    private readonly fingerprint: string,
    /** That of the run that was interrupted. */
    readonly backend: BackendChoice | null = null,
    notes: readonly string[] = [],
  ) {
    const count = this.files().length - 1;
    const trainings = counted(count, 'finished training');
    this.notes = backend && count > 0 ? [`Goes on after ${trainings} of ${folder}; --restart begins anew.`] : notes;
  }

  /** Makes the folder, which says of what its trainings are. */
  async begin(backend: BackendChoice): Promise<void> {
    if (this.backend) return;
    await makeFolder(this.folder, 'compare', '--out');
    await this.write(ABOUT, {fingerprint: this.fingerprint, backend} satisfies About);
  }

  get(key: TrainingKey): Outcome | null {
    const kept = readJson<{key: unknown} & Text>(join(this.folder, nameOf(key)));
    return kept && digest(kept.key) === digest(plain(key)) ? fromText(kept) : null;
  }

  async put(key: TrainingKey, outcome: Outcome): Promise<void> {
    await this.write(nameOf(key), {key: plain(key), ...toText(outcome, key.trial)});
  }

  /** How many files there were. Others in the folder stay. */
  remove(): number {
    const files = this.files();
    for (const name of files) rmSync(join(this.folder, name));
    if (existsSync(this.folder) && readdirSync(this.folder).length === 0) rmdirSync(this.folder);
    return files.length;
  }

  private files(): string[] {
    if (!existsSync(this.folder)) return [];
    return readdirSync(this.folder).filter((name) => name === ABOUT || /^[0-9a-f]{64}\.json$/.test(name));
  }

  private write(name: string, content: object): Promise<void> {
    return replaceFiles([{path: join(this.folder, name), content: JSON.stringify(content)}]);
  }
}

/** An outcome as JSON: Infinity, which a training has that diverged, as null, and weights as base64. */
interface Text {
  epoch: number;
  validation: {error: number | null; loss: number | null};
  weights: {[layer: string]: {values: string; shape: number[]}[]};
}

function toText({epoch, validation, weights}: Outcome, trial: boolean): Text {
  const {error, loss} = validation;
  const text = ({values, shape}: {values: Float32Array; shape: number[]}) => ({
    values: Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64'),
    shape,
  });
  const kept = Object.entries(trial ? {} : weights).map(([layer, all]) => [layer, all.map(text)]);
  return {epoch, validation: {error, loss}, weights: Object.fromEntries(kept)};
}

function fromText({epoch, validation, weights}: Text): Outcome {
  const {error, loss} = validation;
  const numbers = (values: string) => new Float32Array(new Uint8Array(Buffer.from(values, 'base64')).buffer);
  const all = Object.entries(weights).map(([layer, texts]) => [
    layer,
    texts.map(({values, shape}) => ({values: numbers(values), shape})),
  ]);
  const known = {error: error ?? Infinity, loss: loss ?? Infinity};
  return {epoch, validation: known, weights: Object.fromEntries(all)};
}

const plain = ({network: {family, name}, seed, rate, trial}: TrainingKey) => ({family, name, seed, rate, trial});
const nameOf = (key: TrainingKey) => `${digest(plain(key))}.json`;
const digest = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex');

/** Null for a file that is missing, or is none of ours. */
function readJson<T>(path: string): T | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T;
  } catch {
    return null;
  }
}
