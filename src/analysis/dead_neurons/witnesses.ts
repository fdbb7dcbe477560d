import {boxOf, type Intervals, intervalBounds} from './interval_bounds';
import {type Orientation, orientedRange, orientedValue} from './orientation';
import {EPSILON} from './rounding';
import type {Steps} from './target_layer';
import {valuesAt} from './values';
import type {Work} from './work';

/** Points, one row each, and what bounds the rounding of values at them. */
export interface Trial {
  points: Float64Array;
  count: number;
  error: Float64Array;
}

/** Inputs that activate neurons, each proved: the value is above 0 by more than its rounding. */
export class Witnesses {
  /** The proved witness of a neuron; many share one. */
  readonly found: (Float64Array | undefined)[];
  /** The highest value that a neuron was seen to have, and where. */
  readonly best: Float64Array;
  readonly at: (Float64Array | undefined)[];
  private readonly cost: number;

  constructor(
    private readonly steps: Steps,
    private readonly orientation: Orientation,
  ) {
    const count = orientation.kinks.length;
    this.found = new Array(count);
    this.at = new Array(count);
    this.best = new Float64Array(count).fill(-Infinity);
    this.cost = steps.before.reduce((sum, {step}) => sum + step.multiplyAdds, 0);
  }

  /** Tries points on neurons that have no witness yet. */
  try({points, count, error}: Trial, neurons: Iterable<number>, work: Work): void {
    work.spend(count * this.cost);
    const y = valuesAt(this.steps, points, count);
    const [units, inputs] = [this.best.length, points.length / count];
    const rows = Array.from({length: count}, (_, row) => points.subarray(row * inputs, (row + 1) * inputs));
    for (const index of neurons) {
      for (let row = 0; row < count && !this.found[index]; row++) {
        const computed = y[row * units + index];
        const value = orientedValue(this.orientation, computed, index);
        if (!(value > this.best[index])) continue;
        this.best[index] = value;
        this.at[index] = rows[row];
        const rounding = EPSILON * (Math.abs(computed) + Math.abs(this.orientation.kinks[index]));
        if (value > 2 * (error[index] + rounding)) this.found[index] = rows[row];
      }
    }
  }

  /** Looks closely at the best point of a neuron, where values in doubles alone do not prove anything. */
  prove(index: number, work: Work): boolean {
    const point = this.at[index];
    if (this.found[index] || !point || !(this.best[index] > 0)) return this.found[index] !== undefined;
    work.spend(4 * this.cost);
    const {least} = orientedRange(this.orientation, this.rangesAt(point), index);
    if (least > 0) this.found[index] = point;
    return least > 0;
  }

  private rangesAt(point: Float64Array): Intervals {
    return intervalBounds(this.steps, boxOf(point, point)).get(this.steps.reads)!;
  }
}
