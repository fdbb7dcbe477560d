/** Plans with their models. */

import type * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import type {Plan} from '../networks/call';
import {type CurvePlan, densePlan, ourPlan} from '../networks/curve';
import {type CurveConfig, FREE_RATE, hasTwoStages} from '../networks/curve_config';
import {build} from './build';

export interface Built {
  plan: Plan;
  name: string;
  model: tf.Sequential;
  learningRate: number;
  /** No weights give more linear pieces. Left out: as `regionBounds` says. */
  possible?: bigint;
}

export const builtOf = (plan: Plan | CurvePlan): Built => ({...plan, plan, model: build(plan)});

/** Both, the dense one with at least the weights that ours has in its largest form, if not told otherwise. */
export function curveNetworks(config: CurveConfig): {dense: Built; ours: Built} {
  const ours = builtOf(ourPlan(config));
  const largest = hasTwoStages(config) ? freeForm(ours) : ours;
  const dense = builtOf(densePlan(config, largest.model.countParams()));
  if (largest !== ours) largest.model.dispose();
  return {dense, ours};
}

/** The same function with all weights free: pieces may come and go. */
export function freeForm({plan, name, model}: Built): Built {
  return {
    plan,
    name: `${name}, all weights free`,
    model: pw.exporters.toDense(model),
    learningRate: FREE_RATE,
  };
}
