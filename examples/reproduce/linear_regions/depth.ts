/** The error against depth: of the regions stage alone, and after the free stage. */

import * as tf from '@tensorflow/tfjs';
import {disposePopulation, errorsOf, train} from './population';
import {data, TEST_POINTS} from './table';
import {TARGETS, type Target} from './targets';
import {disposeWaves, freed, startWaves, trainWaves, waveErrors} from './waves';

export interface DepthRow {
  target: string;
  depth: number;
  stage: 'regions' | 'free';
  /** The least mean squared error of all seeds. */
  error: number;
}

export interface DepthOptions {
  depths: number[];
  networks: number;
  steps: number;
  seed: number;
  onStep?: () => void;
}

export const DEPTH_TARGETS: Target[] = [{name: 'x^2', f: (x) => x * x}, TARGETS[0]];

/** The stage of the waves trains one target after the other. */
export const depthSteps = ({depths, steps}: DepthOptions): number => (DEPTH_TARGETS.length + 1) * steps * depths.length;

export async function errorByDepth({depths, networks, steps, seed, onStep}: DepthOptions): Promise<DepthRow[]> {
  const [x, y, grid] = data(DEPTH_TARGETS, networks, TEST_POINTS);
  const step = {steps, learningRate: 1e-3, onStep};
  const rows: DepthRow[] = [];
  for (const depth of depths) {
    const record = (stage: DepthRow['stage'], errors: number[]) =>
      DEPTH_TARGETS.forEach(({name}, t) => {
        rows.push({target: name, depth, stage, error: Math.min(...errors.slice(t * networks, (t + 1) * networks))});
      });
    const waves = startWaves({targets: DEPTH_TARGETS, networks, depth, seed, x: grid});
    await trainWaves(waves, x, y, step);
    record('regions', waveErrors(waves, x, y));
    const free = freed(waves);
    disposeWaves(waves);
    await train(free, x, y, step);
    record('free', errorsOf(free, x, y));
    disposePopulation(free);
  }
  tf.dispose([x, y]);
  return rows;
}
