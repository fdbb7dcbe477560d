/** Which files a model has in the folder of a data set. */

import {statSync} from 'node:fs';
import {join} from 'node:path';
import {fileSystem} from 'tfjs-piecewise/node';
import {Checkpoint} from './checkpoint';
import type {Dataset} from './datasets';
import type {RunResult} from './training';

function slug(name: string): string {
  return name.replace(/[^a-z0-9.]+/g, '-');
}

export function checkpointOf(folder: string, name: string, seed: number): Checkpoint {
  return new Checkpoint(join(folder, 'checkpoints', slug(name), `seed-${seed}`));
}

export const modelFolder = (folder: string, name: string): string => join(folder, 'models', slug(name));

/** Saves the model of the seed with the best score, never chosen by the test set. Returns its size in bytes. */
export async function saveBest(folder: string, name: string, results: RunResult[], dataset: Dataset): Promise<number> {
  const best = results.reduce((a, b) => (b.score > a.score ? b : a));
  const model = await checkpointOf(folder, name, best.seed).load();
  const {scaling, imageShape} = dataset;
  model.setUserDefinedMetadata({dataset: dataset.name, scaling, imageShape, output: 'logits', ...best});
  const target = modelFolder(folder, name);
  await model.save(fileSystem(target));
  model.dispose();
  return ['model.json', 'weights.bin'].reduce((sum, file) => sum + statSync(join(target, file)).size, 0);
}
