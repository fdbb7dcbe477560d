import {passing} from './activations';
import type {Signal, UnitOperation} from './parts';
import {UnitWeight} from './unit_weight';

const present = (weights: (UnitWeight | null)[]) => weights.filter((weight) => weight !== null);
const valuesOf = (weights: UnitWeight[]) => (unit: number) => weights.flatMap((weight) => weight.of(unit));
const given = (signal: Signal, own: Float64Array): Signal => ({from: signal.from, factor: own, shift: null});

/** x + bias. */
export function biasOperation(layer: string, data: Float64Array, units: number): UnitOperation {
  const bias = new UnitWeight(data, units);
  return {
    ...passing(layer, 'any'),
    carriesShift: false,
    relabel(signal) {
      bias.relabel(signal.from, signal.factor);
      return signal;
    },
  };
}

/** Two trainable slopes: any factor of the input goes into them, and they give any to the output. */
export function pairOperation(
  layer: string,
  negative: Float64Array,
  positive: Float64Array,
  units: number,
): UnitOperation {
  const below = new UnitWeight(negative, units);
  const above = new UnitWeight(positive, units);
  return {
    ...passing(layer, 'any', false),
    gives: 'any',
    hasMore: negative.length > units,
    weightsOf: valuesOf([above, below]),
    relabel(signal, own) {
      const {from, factor} = signal;
      const gain = factor.map((f, i) => own![i] / f);
      below.relabel(from, gain);
      above.relabel(from, gain);
      for (let k = 0; k < negative.length; k++) {
        if (factor[below.unitOf(k)] < 0) [negative[k], positive[k]] = [positive[k], negative[k]];
      }
      return given(signal, own!);
    },
  };
}

/** A trainable slope below zero. f(-z) with 1/slope is -1/slope times f(z) with slope. */
export function preluOperation(layer: string, data: Float64Array, units: number): UnitOperation {
  const slopes = new UnitWeight(data, units);
  const flips = data.length === units && data.every((slope) => slope !== 0);
  return {
    ...passing(layer, flips ? 'any' : 'positive', false),
    scalesWithSign: true,
    hasMore: !flips,
    relabel({from, factor}) {
      slopes.relabel(from);
      const after = factor.map((f, i) => (f < 0 ? f / data[i] : f));
      for (let k = 0; k < data.length; k++) if (factor[slopes.unitOf(k)] < 0) data[k] = 1 / data[k];
      return {from, factor: after, shift: null};
    },
  };
}

export interface Normalization {
  gamma: Float64Array | null;
  beta: Float64Array | null;
  mean: Float64Array | null;
  variance: Float64Array | null;
}

/** (x - mean) / sqrt(variance + epsilon) * gamma + beta. Only the sign of x can be made up for: epsilon has a size. */
export function normalization(layer: string, arrays: Normalization, units: number): UnitOperation {
  const [gamma, beta, mean, variance] = [arrays.gamma, arrays.beta, arrays.mean, arrays.variance].map(
    (data) => data && new UnitWeight(data, units),
  );
  const statistics = mean !== null; // those of layer normalization are of all channels together
  return {
    ...passing(layer, statistics ? 'sign' : 'none', statistics),
    gives: gamma ? 'any' : null,
    carriesShift: statistics && gamma !== null,
    hasMore: [gamma, beta].some((weight) => weight && weight.data.length > units),
    weightsOf: valuesOf(present([gamma, beta])),
    relabel(signal, own) {
      const {from, factor, shift} = signal;
      mean?.relabel(from, factor);
      if (mean && shift) for (let k = 0; k < mean.data.length; k++) mean.data[k] += shift[mean.unitOf(k)];
      variance?.relabel(from);
      const after = own ?? factor;
      gamma?.relabel(
        from,
        factor.map((f, i) => after[i] / f),
      );
      beta?.relabel(from, after);
      return given(signal, after);
    },
  };
}

/** A function of its own for each unit; a factor of the output multiplies the weights of `scaled`, if they are trained. */
export function unitFunction(
  layer: string,
  shape: UnitWeight[],
  scaled: UnitWeight[],
  trained: boolean,
): UnitOperation {
  return {
    ...passing(layer, 'none', false),
    gives: trained ? 'positive' : null,
    weightsOf: valuesOf(scaled),
    relabel(signal, own) {
      const after = own ?? signal.factor;
      for (const weight of shape) weight.relabel(signal.from);
      for (const weight of scaled) weight.relabel(signal.from, after);
      return given(signal, after);
    },
  };
}
