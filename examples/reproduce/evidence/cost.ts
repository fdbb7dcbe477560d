/** Milliseconds in which networks of all families classify one image, on wasm: with TensorFlow.js, as they are saved. */

import * as tf from '@tensorflow/tfjs';
import {circumstances} from './circumstances';
import {COMPARED, FAMILIES, type Family, type FamilyName} from './images/networks';
import type {Store} from './store';

export interface CostResult {
  family: FamilyName;
  budget: number;
  network: string;
  parameters: number;
  /** The middle one of all times, and the quarter below and above which no more than a quarter are. */
  milliseconds: {median: number; lower: number; upper: number};
  times: number;
}

type Key = 'family' | 'budget' | 'times';
export const costKey = ({family, budget, times}: Pick<CostResult, Key>): string => `${family}-${budget}-times${times}`;

export type CostStore = Store<CostResult, Key>;

/** By turns, so that what else the machine does weighs on all of them. */
export async function measureCosts(budgets: readonly number[], times: number, store: CostStore): Promise<void> {
  const wanted = budgets.flatMap((budget) =>
    COMPARED.flatMap((family) => {
      const network = (FAMILIES[family] as Family).network(budget);
      return network ? [{family, budget, network, times}] : [];
    }),
  );
  if (wanted.every((each) => store.has(each))) return;
  const models = wanted.map(({network}) => network.build(1));
  const spent: number[][] = models.map(() => []);
  const x = tf.randomNormal([1, 784]);
  for (let turn = -2; turn < times; turn++) {
    for (let place = 0; place < models.length; place++) {
      const i = (place + 7 * Math.abs(turn)) % models.length; // none is always the first after a pause
      const model = models[i];
      const start = performance.now();
      const y = model.predict(x) as tf.Tensor;
      y.dataSync();
      if (turn >= 0) spent[i].push(performance.now() - start);
      y.dispose();
    }
    await new Promise(setImmediate);
  }
  x.dispose();
  for (const [i, {family, budget, network}] of wanted.entries()) {
    models[i].dispose();
    const sorted = spent[i].sort((a, b) => a - b);
    const at = (share: number) => Number(sorted[Math.floor(share * (times - 1))].toFixed(3));
    const milliseconds = {median: at(0.5), lower: at(0.25), upper: at(0.75)};
    const {name, parameters} = network;
    store.add({family, budget, network: name, parameters, milliseconds, times, on: circumstances()});
    console.log(`${FAMILIES[family].title}, ${parameters} parameters: ${milliseconds.lower} ms for one image on wasm`);
  }
}
