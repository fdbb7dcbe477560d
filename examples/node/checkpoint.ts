/**
 * The best state of one run on disk: the model, the optimizer's moments and the epoch, or the result once it is done.
 *
 * Each state has a folder of its own, and `checkpoint.json` names the one that counts. It is replaced in one step when
 * the new folder is complete: whenever the process dies, it names a whole state.
 */

import {randomBytes} from 'node:crypto';
import {mkdirSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import {fileSystem} from 'tfjs-piecewise/node';
import {readJson, replaceFile} from './files';

/** What was reached, and with which settings: a checkpoint of other settings is not gone on from. */
export interface Progress {
  settings: string;
  epoch: number;
  /** Validation accuracy, or minus the training loss where there is no validation set. */
  score: number;
  msPerEpoch: number;
}

/** As the layers made them: a model lists those last that are not trained, which a saved one does not know of single weights. */
const inOrder = (model: tf.LayersModel) =>
  model.layers.flatMap(({weights}) => [...weights].sort((a, b) => a.id - b.id));

export class Checkpoint {
  constructor(readonly folder: string) {}

  async save(model: tf.LayersModel, progress: Progress): Promise<void> {
    const moments = await model.optimizer.getWeights();
    const {data, specs} = await tf.io.encodeWeights(moments);
    model.setUserDefinedMetadata({...progress, optimizer: specs});
    tf.dispose(moments[0].tensor); // the step counter is made for the caller; the others are the optimizer's own
    rmSync(this.path('result.json'), {force: true}); // of an earlier run
    const state = `epoch-${progress.epoch}-${randomBytes(3).toString('hex')}`;
    mkdirSync(this.path(state), {recursive: true});
    replaceFile(this.path(state, 'optimizer.bin'), new Uint8Array(data));
    await model.save(fileSystem(this.path(state)));
    replaceFile(this.path('checkpoint.json'), JSON.stringify({state}));
    for (const name of readdirSync(this.folder)) {
      if (name.startsWith('epoch-') && name !== state) rmSync(this.path(name), {recursive: true});
    }
  }

  /** Puts the saved state into a compiled model of the same architecture. Null if there is none of these settings. */
  async restore(model: tf.LayersModel, settings: string): Promise<Progress | null> {
    const state = this.state();
    if (!state) return null;
    const saved = await this.load();
    const {optimizer, ...progress} = saved.getUserDefinedMetadata() as Progress & {
      optimizer: tf.io.WeightsManifestEntry[];
    };
    const fits = progress.settings === settings;
    if (fits) {
      const values = inOrder(saved).map((weight) => weight.read());
      for (const [i, weight] of inOrder(model).entries()) weight.write(values[i]);
      const moments = tf.io.decodeWeights(
        new Uint8Array(readFileSync(this.path(state, 'optimizer.bin'))).buffer,
        optimizer,
      );
      const named = Object.entries(moments).map(([name, tensor]) => ({name, tensor}));
      await model.optimizer.setWeights(named);
      tf.dispose(moments);
    }
    saved.dispose();
    return fits ? progress : null;
  }

  load(): Promise<tf.LayersModel> {
    return tf.loadLayersModel(fileSystem(this.path(this.state() ?? '')));
  }

  finish(settings: string, result: object): void {
    replaceFile(this.path('result.json'), JSON.stringify({settings, result}, null, 2));
  }

  result<T>(settings: string): T | null {
    const saved = readJson<{settings: string; result: T}>(this.path('result.json'));
    return saved?.settings === settings ? saved.result : null;
  }

  /** The folder of the state that counts; null before the first. */
  private state(): string | null {
    return readJson<{state: string}>(this.path('checkpoint.json'))?.state ?? null;
  }

  private path(...names: string[]): string {
    return join(this.folder, ...names);
  }
}
