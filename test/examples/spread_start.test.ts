/** The dense rival starts fairly: it bends where the curve is. */

import * as tf from '@tensorflow/tfjs';
import {spreadStart} from '../../examples/spread_start';
import {curveOf} from '../../examples/web/curve/targets';
import type {CurveConfig} from '../../examples/web/networks/curve_config';
import {curveNetworks} from '../../examples/web/worker/built';

const SEEDS = [1, 2, 3, 4];
const TARGETS = ['square', 'exp', 'sine', 'steps', 'power'];
const SHAPE = {family: 'wave', depth: 5, width: 3, units: 0, twoStages: false} as const;

beforeAll(() => tf.setBackend('cpu'));

/** How many units bend strictly inside of the interval, and what the whole starts with. */
function startOf(config: CurveConfig): {inside: number; units: number; weights: {dense: number; ours: number}} {
  const {dense, ours} = curveNetworks(config);
  const [kernel, bias] = dense.model.layers[0].getWeights().map((weight) => Array.from(weight.dataSync()));
  const inside = kernel.filter((slope, i) => -bias[i] / slope > 0 && -bias[i] / slope < 1).length;
  const weights = {dense: dense.model.countParams(), ours: ours.model.countParams()};
  for (const {model} of [dense, ours]) model.dispose();
  return {inside, units: kernel.length, weights};
}

it('in 20 of 20 pairs of target and seed at least half of the units bend inside, for at least the weights of ours', async () => {
  let pairs = 0;
  for (const target of TARGETS) {
    for (const seed of SEEDS) {
      const curve = await curveOf(target, [0, 1], 0.05, seed);
      const {inside, units, weights} = startOf({...curve, ...SHAPE, seed});
      expect(inside).toBeGreaterThanOrEqual(units / 2);
      expect(weights.dense).toBeGreaterThanOrEqual(weights.ours);
      expect(weights.dense).toBeLessThan(weights.ours + 3);
      pairs++;
    }
  }
  expect(pairs).toBe(20);
});

it.each([true, false])(
  'at every width of the slider from 2 on all units but the first bend inside (convex: %s)',
  (convex) => {
    for (let units = 2; units <= 64; units++) {
      const {kernel, bias} = spreadStart(units, convex);
      const bends = kernel[0].map((side, i) => -bias[i] / side);
      expect(bends.map((bend) => bend * units)).toEqual(bends.map((_, i) => expect.closeTo(i, 9)));
      expect(new Set(kernel[0]).size).toBe(convex ? 1 : 2);
    }
  },
);
