/** Random patterns that networks of about equal size learn, per trainable number. */

import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {createProgress} from '../../node/progress';
import {circumstances} from './circumstances';
import type {Store} from './store';

/** Signs in a pattern. */
const INPUTS = 16;
export const LOADS = [0.25, 0.5, 1, 1.5, 2, 2.5, 3];

interface CapacityNetwork {
  title: string;
  inputs: number;
  factory: pw.theory.ModelFactory;
}

const {dense} = tf.layers;
const {whtProjection, reluPair, regionDense} = pw.layers;
const output = (seed: number) => dense({units: 1, kernelInitializer: tf.initializers.glorotNormal({seed: seed + 9})});

/** [transform, a pair for each unit or one for a channel of all patches] x blocks, transform, dense read-out. */
const transforms =
  ({width, blocks, patches = 1, readOut}: {width: number; blocks: number; patches?: number; readOut: number}) =>
  ({inputs, seed}: {inputs: number; seed: number}): tf.LayersModel => {
    const model = tf.sequential();
    for (let i = 0; i < blocks; i++) {
      const shape = i === 0 ? {inputShape: [inputs]} : {};
      model.add(whtProjection({units: width, seed: seed + i, ...shape}));
      if (patches > 1) model.add(tf.layers.reshape({targetShape: [patches, width / patches]}));
      // Not equal slopes, from which a network of few units leaves late.
      model.add(reluPair({initializer: 'uniform', seed: seed + 100 + i, ...(patches > 1 && {sharedAxes: [1]})}));
      if (patches > 1) model.add(tf.layers.flatten());
    }
    model.add(whtProjection({units: readOut, seed: seed + blocks}));
    model.add(output(seed));
    return model;
  };

/** 126 to 128 trainable numbers each. */
const NETWORKS: {[name: string]: CapacityNetwork} = {
  perceptron: {
    title: 'one unit of 128 inputs',
    inputs: 128,
    factory: ({inputs, seed}) => {
      const kernelInitializer = tf.initializers.randomNormal({seed});
      return tf.sequential({layers: [dense({units: 1, useBias: false, kernelInitializer, inputShape: [inputs]})]});
    },
  },
  dense: {
    title: 'dense ReLU, 16-7-1',
    inputs: INPUTS,
    factory: ({inputs, seed}) => {
      const kernelInitializer = tf.initializers.heNormal({seed});
      return tf.sequential({
        layers: [dense({units: 7, activation: 'relu', kernelInitializer, inputShape: [inputs]}), output(seed)],
      });
    },
  },
  pairs: {
    title: 'transform and pairs, 42 units',
    inputs: INPUTS,
    factory: transforms({width: 42, blocks: 1, readOut: 42}),
  },
  deepPairs: {
    title: 'transform and pairs, 3 times 18 units',
    inputs: INPUTS,
    factory: transforms({width: 18, blocks: 3, readOut: 18}),
  },
  sharedPairs: {
    title: 'transform and shared pairs, 2 times 128 units',
    inputs: INPUTS,
    factory: transforms({width: 128, blocks: 2, patches: 8, readOut: 62}),
  },
  waves: {
    title: 'waves of depth 5',
    inputs: INPUTS,
    factory: ({inputs, seed}) =>
      tf.sequential({layers: [regionDense({units: 1, depth: 5, subnets: 5, seed, inputShape: [inputs]})]}),
  },
};

export const CAPACITY_NETWORKS = Object.keys(NETWORKS);

export interface CapacityResult {
  network: string;
  title: string;
  inputs: number;
  /** Trainable numbers. */
  parameters: number;
  /** Patterns for each of them. */
  load: number;
  patterns: number;
  trials: number;
  steps: number;
  /** Trials in which all patterns were learned. */
  learned: number;
  /** 95 % interval of their share (Wilson). */
  interval: [low: number, high: number];
}

type Key = 'network' | 'load' | 'trials' | 'steps';
export const capacityKey = ({network, load, trials, steps}: Pick<CapacityResult, Key>): string =>
  `${network}-load${load}-trials${trials}-steps${steps}`;

export type CapacityStore = Store<CapacityResult, Key>;

type Effort = Pick<CapacityResult, 'trials' | 'steps'>;
export interface CapacityOptions extends Effort {
  loads: readonly number[];
}

/** What to train next, or null. Small loads first; a network that learned nothing at two loads in a row is not given more patterns. */
export function nextCapacity(
  {loads, trials, steps}: CapacityOptions,
  results: readonly CapacityResult[],
): Pick<CapacityResult, Key> | null {
  for (const load of [...loads].sort((a, b) => a - b)) {
    for (const network of CAPACITY_NETWORKS) {
      const own = results
        .filter((each) => each.network === network && each.trials === trials && each.steps === steps)
        .sort((a, b) => b.load - a.load);
      const below = own.filter((each) => each.load < load);
      const isOver = below.length > 1 && below.slice(0, 2).every(({learned}) => learned === 0);
      if (!isOver && !own.some((each) => each.load === load)) return {network, load, trials, steps};
    }
  }
  return null;
}

/** Trains what is missing. */
export async function measureCapacities(options: CapacityOptions, store: CapacityStore): Promise<void> {
  if (!nextCapacity(options, store.all)) return;
  const {loads, trials, steps} = options;
  const all = loads.flatMap((load) => CAPACITY_NETWORKS.map((network) => ({network, load, trials, steps})));
  const progress = createProgress(all.filter((each) => !store.has(each)).length * trials, process.stderr, 'trials');
  let done = 0;
  try {
    for (let next = nextCapacity(options, store.all); next; next = nextCapacity(options, store.all)) {
      const {network, load} = next;
      const {title, inputs, factory} = NETWORKS[network];
      const onProgress = () => progress.update(++done, {label: `${title}, load ${load}`});
      const {points, trainable: parameters} = await pw.theory.estimateCapacity(factory, {
        inputs,
        loads: [load],
        trials,
        steps,
        seed: Math.round(1000 * load),
        onProgress,
      });
      const [{patterns, learned, interval}] = points;
      const result = {network, title, inputs, parameters, load, patterns, trials, steps, learned, interval};
      store.add({...result, on: circumstances()});
      console.log(`${title}, ${load} patterns per parameter: ${learned} of ${trials} learned all`);
    }
  } finally {
    progress.stop();
  }
}
