import {type Dataset, loadDataset} from '../../../node/datasets';
import {createProgress} from '../../../node/progress';
import {circumstances} from '../circumstances';
import type {Store} from '../store';
import {FAMILIES, type Family, type FamilyName} from './networks';
import {type ImageOptions, type ImageRun, nextRun, type Wanted} from './runs';
import {firstOf, trainNetwork} from './train';

/** Images that choose rates. */
export const VALIDATION = 5000;

/** Trains what is missing, one run after the other, until all are there, and prints a line for each. */
export async function trainImages(
  options: ImageOptions,
  store: Store<ImageRun, keyof Wanted>,
  data?: string,
): Promise<void> {
  checkRates(options, store.all);
  let dataset: Dataset | null = null;
  for (let wanted = nextRun(options, store.all); wanted; wanted = nextRun(options, store.all)) {
    dataset ??= await images(options.images, data);
    const network = (FAMILIES[wanted.family] as Family).network(wanted.budget)!;
    const label = `${FAMILIES[wanted.family].title}, ${wanted.parameters} parameters, rate ${wanted.learningRate}, seed ${wanted.seed}`;
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
    console.log(`${label}: ${outcome(run)}`);
  }
}

const outcome = ({failed, validation, test, seconds}: ImageRun): string =>
  failed ?? `${percent(test!)} % of test images, ${percent(validation!)} of those for rates, ${seconds!.toFixed(0)} s`;
const percent = (share: number) => (100 * share).toFixed(2);

/** Before hours of training by rates that nobody has chosen. */
function checkRates({families, ratesOf}: ImageOptions, runs: readonly ImageRun[]): void {
  if (!ratesOf) return;
  const {images, epochs} = ratesOf;
  const isTrained = (family: FamilyName) =>
    runs.some((run) => run.family === family && run.images === images && run.epochs === epochs && run.seed === 1);
  const missing = families.filter((family) => !isTrained(family));
  if (missing.length === 0) return;
  const command = `--images ${images} --epochs ${epochs} --families ${missing.join(',')}`;
  throw new Error(
    `--rates-of ${images}x${epochs}: no such training of ${missing.join(', ')}. Run those first: ${command}.`,
  );
}

async function images(count: number, data?: string): Promise<Dataset> {
  const dataset = await loadDataset('fashion-mnist', {validationCount: VALIDATION, data});
  return {...dataset, train: firstOf(dataset.train, Math.min(count, dataset.train.count))};
}
