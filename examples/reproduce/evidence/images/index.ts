import {type Dataset, loadDataset} from '../../../node/datasets';
import {createProgress} from '../../../node/progress';
import {circumstances} from '../circumstances';
import type {Store} from '../store';
import {FAMILIES, type Family} from './networks';
import {type ImageOptions, type ImageRun, nextRun, type Wanted} from './runs';
import {firstOf, trainNetwork} from './train';

const VALIDATION = 5000;

/** Trains what is missing, one run after the other, until all are there. */
export async function trainImages(
  options: ImageOptions,
  store: Store<ImageRun, keyof Wanted>,
  data?: string,
): Promise<void> {
  let dataset: Dataset | null = null;
  for (let wanted = nextRun(options, store.all); wanted; wanted = nextRun(options, store.all)) {
    dataset ??= await images(options.images, data);
    const network = (FAMILIES[wanted.family] as Family).network(wanted.budget)!;
    const label = `${FAMILIES[wanted.family].title}, ${wanted.parameters}, rate ${wanted.learningRate}, seed ${wanted.seed}`;
    const progress = createProgress(wanted.epochs);
    const update = (epoch: number) => progress.update(epoch, {label});
    let run: ImageRun;
    try {
      run = {...wanted, ...(await trainNetwork(network, dataset, wanted, update))};
    } catch (error) {
      run = {...wanted, failed: (error as Error).message};
    } finally {
      progress.stop();
    }
    store.add({...run, on: circumstances()});
  }
}

async function images(count: number, data?: string): Promise<Dataset> {
  const dataset = await loadDataset('fashion-mnist', {validationCount: VALIDATION, data});
  return {...dataset, train: firstOf(dataset.train, Math.min(count, dataset.train.count))};
}
