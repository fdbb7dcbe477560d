/** Saves two models in turn to a folder for ever: a process to be killed. `torn` saves without care, as many programs do. */

import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import {fileSystem} from 'tfjs-piecewise/node';
import {markedModel} from './marked_model';

async function saveForever(folder: string, torn: boolean): Promise<void> {
  await tf.setBackend('cpu');
  const models = [1, 2].map(markedModel);
  for (let save = 0; ; save++) {
    const model = models[save % 2];
    if (torn) await saveTorn(model, folder);
    else await model.save(fileSystem(folder));
    if (save === 1) process.stdout.write('ready\n');
  }
}

/** Both files written over the old ones in place. */
async function saveTorn(model: tf.LayersModel, folder: string): Promise<void> {
  await model.save(
    tf.io.withSaveHandler(async ({modelTopology, weightSpecs, weightData, userDefinedMetadata}) => {
      const weightsManifest = [{paths: ['weights.bin'], weights: weightSpecs}];
      mkdirSync(folder, {recursive: true});
      writeFileSync(join(folder, 'model.json'), JSON.stringify({modelTopology, weightsManifest, userDefinedMetadata}));
      writeFileSync(join(folder, 'weights.bin'), new Uint8Array(weightData as ArrayBuffer));
      return {modelArtifactsInfo: {dateSaved: new Date(), modelTopologyType: 'JSON' as const}};
    }),
  );
}

const [folder, how] = process.argv.slice(2);
saveForever(folder, how === 'torn');
