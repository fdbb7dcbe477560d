import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {barsOf} from './bars';
import type {NetworkReport} from './messages';

/** Epochs after which the learning rate has halved. */
const HALF_LIFE = 400;

export interface Curve {
  x: tf.Tensor2D;
  y: tf.Tensor2D;
  truth: Float32Array;
}

/** A network in training on a curve, all points at once. */
export class Network {
  private readonly optimizer: tf.AdamOptimizer;
  private readonly variables: tf.Variable[];
  private readonly times: number[] = [];
  private epoch = 0;
  private constants: {possible: bigint; multiplyAdds: number | null} | null = null;

  constructor(
    readonly name: string,
    readonly model: tf.Sequential,
    private readonly learningRate: number,
  ) {
    this.optimizer = tf.train.adam(learningRate, 0.9, 0.999, 1e-8);
    this.variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  }

  async train({x, y}: Curve, epochs: number): Promise<void> {
    const start = performance.now();
    for (let i = 0; i < epochs; i++) {
      const rate = this.learningRate * 0.5 ** (this.epoch / HALF_LIFE);
      (this.optimizer as unknown as {learningRate: number}).learningRate = rate;
      const loss = () => tf.losses.meanSquaredError(y, this.model.apply(x) as tf.Tensor) as tf.Scalar;
      const value = this.optimizer.minimize(loss, i === epochs - 1, this.variables);
      if (value) {
        await value.data(); // a GPU may be behind
        value.dispose();
      }
      this.epoch++;
    }
    this.times.push((performance.now() - start) / epochs);
    if (this.times.length > 25) this.times.shift();
  }

  async report({x, truth}: Curve): Promise<NetworkReport> {
    const {model, name} = this;
    const output = tf.tidy(() => model.predict(x) as tf.Tensor);
    const prediction = Float32Array.from(await output.data());
    output.dispose();
    const errors = prediction.map((value, i) => value - truth[i]);
    const {regions, breakpoints} = await pw.analysis.countLinearRegions(model, {from: [0], to: [1]});
    this.constants ??= await constantsOf(model);
    return {
      name,
      parameters: model.countParams(),
      regions,
      breakpoints,
      ...this.constants,
      prediction,
      meanSquaredError: errors.reduce((sum, error) => sum + error * error, 0) / errors.length,
      maxError: errors.reduce((most, error) => Math.max(most, Math.abs(error)), 0),
      msPerEpoch: median(this.times),
      bars: await barsOf(model),
    };
  }

  dispose(): void {
    this.optimizer.dispose();
    this.model.dispose();
  }
}

async function constantsOf(model: tf.LayersModel): Promise<{possible: bigint; multiplyAdds: number | null}> {
  const {serra} = await pw.analysis.regionBounds(model, {dimension: 1});
  const {total} = await pw.analysis.parameterReport(model);
  return {possible: serra.count, multiplyAdds: total.multiplyAdds};
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
