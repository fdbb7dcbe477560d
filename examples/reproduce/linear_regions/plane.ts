/** r^3 on [-1, 1]^2: convex functions along learned directions beside a plain network of the same shape. */

import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';

export interface PlaneRow {
  method: 'regions stage' | 'both stages' | 'plain, same layers';
  parameters: number;
  /** Mean squared error on points of their own, by seed. */
  errors: number[];
}

export interface PlaneOptions {
  seeds: number;
  steps: number;
  onStep?: () => void;
}

const SUBNETS = 8;
const DEPTH = 4;
const POINTS = 512;
const LEARNING_RATE = {regions: 1e-2, free: 1e-3};

export const planeSteps = ({seeds, steps}: PlaneOptions): number => 4 * seeds * steps;

export async function fitPlane({seeds, steps, onStep}: PlaneOptions): Promise<PlaneRow[]> {
  const rows: PlaneRow[] = [];
  const record = (method: PlaneRow['method'], model: tf.LayersModel, error: number) => {
    const row = rows.find((other) => other.method === method);
    if (row) row.errors.push(error);
    else rows.push({method, parameters: model.countParams(), errors: [error]});
  };
  const [testX, testY] = points(POINTS, 0);
  for (let seed = 1; seed <= seeds; seed++) {
    const [x, y] = points(POINTS, seed);
    const model = ridges(seed);
    const options = {
      epochs: steps,
      learningRate: LEARNING_RATE,
      schedule: 'constant',
      verbose: 0,
      onEpoch: onStep,
    } as const;
    const {model: free} = await pw.trainTwoStage(model, x, y, options);
    record('regions stage', model, error(model, testX, testY));
    record('both stages', free, error(free, testX, testY));

    const plain = fresh(free, seed);
    plain.compile({optimizer: tf.train.adam(LEARNING_RATE.free, 0.9, 0.999, 1e-8), loss: 'meanSquaredError'});
    const callbacks = {onEpochEnd: () => onStep?.()};
    await plain.fit(x, y, {epochs: 2 * steps, batchSize: POINTS, verbose: 0, callbacks});
    record('plain, same layers', plain, error(plain, testX, testY));
    for (const used of [free, plain]) used.optimizer.dispose();
    for (const used of [model, free, plain]) used.dispose();
    tf.dispose([x, y]);
  }
  tf.dispose([testX, testY]);
  return rows;
}

/** Functions along directions spread evenly around the circle, turned by chance; [-1, 1]^2 comes to lie in [0, 1]. */
function ridges(seed: number): tf.Sequential {
  const args = {units: 1, subnets: SUBNETS, depth: DEPTH, scale: 'train', inputNorm: 'clip', seed} as const;
  const model = tf.sequential({layers: [pw.layers.regionDense({...args, inputShape: [2]})]});
  const turn = tf.tidy(() => tf.randomUniform([1], 0, 1, 'float32', seed).dataSync()[0]);
  const angles = Array.from({length: SUBNETS}, (_, i) => (2 * Math.PI * (i + turn)) / SUBNETS);
  const starts: {[name: string]: number[]} = {
    kernel: [Math.cos, Math.sin].flatMap((of) => angles.map((angle) => of(angle) / (2 * Math.SQRT2))),
    offset: angles.map(() => 0.5),
    mix: angles.map(() => 1),
  };
  for (const weight of model.layers[0].weights) {
    const start = starts[weight.originalName.split('/').at(-1)!];
    if (!start) continue;
    const value = tf.tensor(start, weight.shape as number[]);
    weight.write(value);
    value.dispose();
  }
  return model;
}

/** Dense layers of the same sizes, started by He's rule, and all of them ReLUs but the last. */
function fresh(model: tf.LayersModel, seed: number): tf.Sequential {
  const layers = model.layers.map((layer, i) => {
    const [inputs, units] = layer.weights[0].shape as number[];
    const activation = i < model.layers.length - 1 ? 'relu' : 'linear';
    const kernelInitializer = tf.initializers.heNormal({seed: 100 * seed + i});
    return tf.layers.dense({units, activation, kernelInitializer, inputShape: [inputs]});
  });
  return tf.sequential({layers});
}

function points(count: number, seed: number): [tf.Tensor2D, tf.Tensor2D] {
  const x = tf.randomUniform<tf.Rank.R2>([count, 2], -1, 1, 'float32', seed + 1);
  return [x, tf.tidy(() => tf.pow(tf.norm(x, 'euclidean', 1, true), 3) as tf.Tensor2D)];
}

function error(model: tf.LayersModel, x: tf.Tensor, y: tf.Tensor): number {
  return tf.tidy(() => tf.mean(tf.squaredDifference(model.predict(x) as tf.Tensor, y)).dataSync()[0]);
}
