import {BackwardAnalysis} from './backward_bounds';
import type {Intervals} from './interval_bounds';
import type {Orientation} from './orientation';
import type {TargetLayer} from './target_layer';
import {allValuesAt} from './values';
import type {Witnesses} from './witnesses';
import type {Work} from './work';

const MOST_STEPS = 12;
const PARTS_OF_THE_WAY = [1, 1 / 2, 1 / 4, 1 / 16];

/** Neurons on a box, with what bounds the rounding of their values there. */
export interface Goals {
  readonly layer: TargetLayer;
  readonly orientation: Orientation;
  readonly box: Intervals;
  readonly error: Float64Array;
}

/** Climbs from the best point of a neuron: towards the corner of a box to which its gradient points, as far as it rises. */
export function ascend(
  {layer, box, error}: Goals,
  index: number,
  row: Float64Array,
  witnesses: Witnesses,
  work: Work,
): void {
  for (let step = 0; step < MOST_STEPS && work.left > 0; step++) {
    const from = witnesses.at[index];
    if (!from) return;
    const corner = cornerAbove(layer, from, row, box, work);
    const points = new Float64Array(PARTS_OF_THE_WAY.length * from.length);
    for (const [k, part] of PARTS_OF_THE_WAY.entries()) {
      for (let i = 0; i < from.length; i++) points[k * from.length + i] = from[i] + part * (corner[i] - from[i]);
    }
    witnesses.try({points, count: PARTS_OF_THE_WAY.length, error}, [index], work);
    if (witnesses.prove(index, work) || witnesses.at[index] === from) return;
  }
}

/** A bound that goes back through numbers instead of ranges is the gradient. */
function cornerAbove(
  layer: TargetLayer,
  point: Float64Array,
  row: Float64Array,
  box: Intervals,
  work: Work,
): Float64Array {
  const intervals = new Map<number, Intervals>();
  for (const [value, numbers] of allValuesAt(layer, point)) {
    intervals.set(value, {low: numbers, high: numbers, error: numbers, size: numbers});
  }
  intervals.set(0, box);
  return new BackwardAnalysis(intervals).upperBounds(layer, row, 1, work).corners;
}
