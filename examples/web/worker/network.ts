import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {median} from '../../median';
import {barsOf} from './bars';
import type {Built} from './curve_models';
import {type Fit, startFit} from './fit';
import type {NetworkReport} from './messages';

export interface Curve {
  x: tf.Tensor2D;
  y: tf.Tensor2D;
  truth: Float32Array;
}

/** A network in training on a curve, all points at once. */
export class Network {
  private readonly fit: Fit;
  private readonly times: number[] = [];
  private constants: {possible: bigint; multiplyAdds: number | null} | null = null;

  readonly name: string;
  readonly model: tf.Sequential;

  constructor(readonly built: Built) {
    [this.name, this.model] = [built.name, built.model];
    this.fit = startFit(built);
  }

  async train({x, y}: Curve, epochs: number): Promise<void> {
    const start = performance.now();
    for (let i = 0; i < epochs; i++) {
      const value = this.fit.step(x, y, i === epochs - 1);
      if (value) {
        await value.data(); // a GPU may lag
        value.dispose();
      }
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
    this.constants ??= await constantsOf(this.built);
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
    this.fit.dispose();
    this.model.dispose();
  }
}

async function constantsOf({model, possible}: Built): Promise<{possible: bigint; multiplyAdds: number | null}> {
  const {total} = await pw.analysis.parameterReport(model);
  // Slopes that are equal now may part later, which a bound from the model as it is cannot know.
  const bound = possible ?? BigInt((await pw.analysis.regionBounds(model, {dimension: 1})).serra.count);
  return {possible: bound, multiplyAdds: total.multiplyAdds};
}
