import type * as tf from '@tensorflow/tfjs';
import {counted} from './data/counted';
import {inputMoments} from './input_box';

const FAR = 10;

/** Counts rows that are unlike all that a model was trained on, of which its outputs say nothing. */
export class FarRows {
  private count = 0;
  private firstLine = 0;
  private readonly moments: ReturnType<typeof inputMoments>;

  constructor(model: tf.LayersModel, inputs: number) {
    this.moments = inputMoments(model, inputs);
  }

  add(row: Float32Array, line: number): void {
    const {moments} = this;
    if (!moments) return;
    const {means, deviations} = moments;
    if (!row.some((value, i) => Math.abs(value - means[i]) > FAR * deviations[i])) return;
    if (this.count === 0) this.firstLine = line;
    this.count++;
  }

  /** A line about them, or nothing. */
  toString(): string {
    if (this.count === 0) return '';
    const rows = counted(this.count, 'row has a number', 'rows have numbers');
    return `${rows} beyond ${FAR} standard deviations of the training rows, the first in line ${this.firstLine}: do not rely on what is predicted there.\n`;
  }
}
