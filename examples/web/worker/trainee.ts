import * as tf from '@tensorflow/tfjs';
import {median} from '../../median';
import type {Built} from './built';
import {type Fit, type Loss, startFit} from './fit';

/** Epochs of one network before it is the other one's turn. */
export const EPOCHS = 2;

/** A network in training, all points at once. */
export class Trainee {
  private readonly fit: Fit;
  private readonly times: number[] = [];

  constructor(
    readonly built: Built,
    loss: Loss,
  ) {
    this.fit = startFit(built, loss);
  }

  get model(): tf.Sequential {
    return this.built.model;
  }

  get msPerEpoch(): number {
    return median(this.times);
  }

  async train(x: tf.Tensor, y: tf.Tensor, epochs: number): Promise<void> {
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

  async predict(x: tf.Tensor): Promise<Float32Array> {
    const output = tf.tidy(() => this.model.predict(x) as tf.Tensor);
    const values = Float32Array.from(await output.data());
    output.dispose();
    return values;
  }

  dispose(): void {
    this.fit.dispose();
    this.model.dispose();
  }
}
