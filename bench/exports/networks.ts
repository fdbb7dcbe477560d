/** The networks of the examples, trained: the same function in every export. */

import path from 'node:path';
import type * as tf from '@tensorflow/tfjs';
import {Checkpoint} from '../../examples/node/checkpoint';
import {type Dataset, loadDataset} from '../../examples/node/datasets';
import {experimentsFor} from '../../examples/node/experiments';
import {trainRun} from '../../examples/node/training';
import {ROOT} from '../machine';

/** Short trainings: what rounding costs shows as well after them. */
const NETWORKS = [
  {title: 'digits, 16 patches', dataset: 'digits', architecture: 'wht 16 patches x 16 x5 to 16', epochs: 40},
  {title: 'digits, 256 x 2', dataset: 'digits', architecture: 'wht 256x2:', epochs: 40},
  {title: 'Fashion-MNIST, 1024 x 4', dataset: 'fashion-mnist', architecture: 'wht 1024x4 to 128', epochs: 5},
] as const;

export interface Network {
  readonly title: string;
  readonly epochs: number;
  readonly model: tf.LayersModel;
  readonly dataset: Dataset;
}

/** Trains what has not been trained yet; the models stay in out/bench. */
export async function trainedNetworks(progress: (what: string) => void): Promise<Network[]> {
  const networks: Network[] = [];
  for (const {title, dataset: name, architecture, epochs} of NETWORKS) {
    progress(`training ${title}`);
    const dataset = await loadDataset(name);
    const experiment = experimentsFor(name, epochs).find((one) => one.architecture.name.startsWith(architecture))!;
    const checkpoint = new Checkpoint(path.join(ROOT, 'out/bench/exports', `${name} ${experiment.architecture.name}`));
    const {signal} = new AbortController();
    await trainRun(experiment, dataset, 1, {checkpoint, resume: true, signal, onEpoch: () => {}});
    const model = await checkpoint.load();
    model.setUserDefinedMetadata({labels: [...'0123456789']}); // in the place of what training wrote there
    networks.push({title, epochs, model, dataset});
  }
  return networks;
}
