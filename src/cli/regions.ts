import type * as tf from '@tensorflow/tfjs';
import {countLinearRegions, type LinearRegions, type RegionBounds, regionBounds} from '../analysis';
import {NotPiecewiseLinear} from '../analysis/piecewise_linear/layer_call';
import {fail} from '../errors';
import {type BendSummary, bendsOf, summaryOf} from './bends';
import type {Samples} from './samples';

/** What a report says of the regions of a piecewise-linear model. */
export interface Regions {
  segments: LinearRegions[];
  /** How many regions there can be along a line; null if no bound is known. */
  bounds: RegionBounds | null;
  /** The activation cells that random weights would give, the mean over the segments; null if not known. */
  expectedCells: number | null;
  bends: Float64Array;
  bendSummary: BendSummary;
}

/** Counts regions between samples; the reason, in words, if the model is not piecewise linear. */
export async function countRegions(model: tf.LayersModel, samples: Samples, count: number): Promise<Regions | string> {
  try {
    return await regionsOf(model, samples, count);
  } catch (error) {
    if (error instanceof NotPiecewiseLinear) return error.message;
    throw error;
  }
}

/** null for what layers with breakpoints without end do not have. */
async function ifKnown<T>(make: () => Promise<T>): Promise<T | null> {
  try {
    return await make();
  } catch (error) {
    if (error instanceof NotPiecewiseLinear) return null;
    throw error;
  }
}

async function regionsOf(model: tf.LayersModel, {draw}: Samples, count: number): Promise<Regions> {
  if (model.inputs.length !== 1) {
    const fix = 'Of several inputs, count regions by countLinearRegions in a program.';
    fail('report', 'the model must have one input', `${model.inputs.length}`, fix);
  }
  const bends = await bendsOf(model);
  const segments: LinearRegions[] = [];
  const bounds: (RegionBounds | null)[] = [];
  for (let i = 0; i < count; i++) {
    const [from, to] = draw(2);
    segments.push(await countLinearRegions(model, {from, to}));
    bounds.push(await ifKnown(() => regionBounds(model, {from, to})));
  }
  const expectedCells = meanOf(bounds.map((each) => each?.expectedCells ?? null));
  return {
    segments,
    bounds: bounds[0] && {...bounds[0], expectedCells},
    expectedCells,
    bends,
    bendSummary: summaryOf(bends),
  };
}

/** null if one of them is. */
const meanOf = (values: readonly (number | null)[]) =>
  values.reduce((sum, value) => (sum === null || value === null ? null : sum + value / values.length), 0);
