import type * as tf from '@tensorflow/tfjs';
import {readPiecewiseLinear} from '../analysis/piecewise_linear/read_model';

/** |slope after - slope before| at every breakpoint of the units of a model; 0 where they could bend but do not. */
export async function bendsOf(model: tf.LayersModel): Promise<Float64Array> {
  const {nodes} = await readPiecewiseLinear(model, 'report');
  const units = nodes.flatMap(({step}) => (step.kind === 'elementwise' ? step.functions : []));
  const bends = new Float64Array(units.reduce((total, {possibleKinks}) => total + possibleKinks, 0));
  let next = 0;
  for (const {kinks, slopes, possibleKinks} of units) {
    for (let i = 0; i < kinks.length; i++) bends[next + i] = Math.abs(slopes[i + 1] - slopes[i]);
    next += possibleKinks;
  }
  return bends;
}

export interface BendSummary {
  breakpoints: number;
  live: number;
  /** The least bend of the live ones; null if there are none. */
  min: number | null;
  median: number | null;
  max: number | null;
}

export function summaryOf(bends: Float64Array): BendSummary {
  const live = bends.filter((bend) => bend > 0).sort();
  const at = (share: number) => live[Math.floor(share * (live.length - 1))] ?? null;
  return {breakpoints: bends.length, live: live.length, min: at(0), median: at(0.5), max: at(1)};
}
