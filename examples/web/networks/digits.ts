/** The networks that read the digits, as plans: the same as `npm start` makes, from small to large. */

import type {Call, Plan} from './call';

const [PIXELS, CLASSES] = [64, 10];

/** How all of them are trained; the rate is in the plan. */
export const RECIPE = {weightDecay: 0.05, labelSmoothing: 0.1, batchSize: 64};

export interface DigitsPlan extends Plan {
  family: 'dense' | 'wht';
}

export interface DigitsConfig {
  epochs: number;
  seed: number;
}

/** Ours and dense by turns; two that follow each other have about as many weights. */
export function digitsPlans(seed: number): DigitsPlan[] {
  const ours = [
    ourPlan(64, 1, 16, seed),
    ourPlan(128, 1, 32, seed),
    ourPlan(256, 2, 32, seed),
    ourPlan(256, 4, 32, seed),
    ourPlan(256, 2, 256, seed),
  ];
  const theirs = [4, 8, 18, 32, 48].map((units) => densePlan(units, seed));
  return ours.flatMap((plan, i) => [plan, theirs[i]]);
}

/** The places of a network and of its rival in the list of plans. */
export const pairOf = (index: number) => ({ours: index & ~1, dense: index | 1});

const readOut = (seed: number): Call => ({
  call: 'pw.layers.dense',
  args: {
    units: CLASSES,
    kernelInitializer: {call: 'tf.initializers.glorotNormal', args: {seed: 100 * seed + 99}},
  },
});

function ourPlan(width: number, blocks: number, readOutWidth: number, seed: number): DigitsPlan {
  const layerSeed = (i: number) => 100 * seed + i;
  const expand = 2 * PIXELS > width ? 'pad' : 'tile';
  const block = (i: number): Call => ({
    call: 'pw.layers.whtProjection',
    args: {
      units: width,
      seed: layerSeed(2 * i),
      expand,
      activation: {call: 'pw.layers.reluPair', args: {fixedGain: Math.SQRT2, seed: layerSeed(2 * i + 1)}},
      ...(i === 0 && {inputShape: [PIXELS]}),
    },
  });
  const last: Call = {call: 'pw.layers.whtProjection', args: {units: readOutWidth, seed: layerSeed(2 * blocks)}};
  return {
    name: `Ours, ${width} x ${blocks}`,
    family: 'wht',
    layers: [...Array.from({length: blocks}, (_, i) => block(i)), last, readOut(seed)],
    learningRate: 0.03,
  };
}

function densePlan(units: number, seed: number): DigitsPlan {
  const kernelInitializer: Call = {call: 'tf.initializers.heNormal', args: {seed: 100 * seed}};
  return {
    name: `Dense, ${units} units`,
    family: 'dense',
    layers: [
      {call: 'pw.layers.dense', args: {units, activation: 'relu', kernelInitializer, inputShape: [PIXELS]}},
      readOut(seed),
    ],
    learningRate: 0.01,
  };
}
