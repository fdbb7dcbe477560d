import {fail} from '../../errors';
import {UnitWeight} from './layer_weights';
import type {Factors, Relabeling, UnitOperation} from './parts';

const NONE = () => [];
const PASS = (relabeling: Relabeling) => relabeling;

/** Something without weights that leaves the values, or weighs them alike in all channels. */
export function passing(layer: string, takes: Factors, linear = true): UnitOperation {
  return {
    kind: 'operation',
    layer,
    linear,
    takes,
    gives: null,
    carriesShift: linear,
    weightsOf: NONE,
    arrays: [],
    relabel: PASS,
    ...(linear && {onConstant: (value) => value}),
  };
}

const known = (f: (z: number) => number) => (value: number | null) => (value === null ? null : f(value));

/** f(-z) = 1 - f(z). */
function aboutHalf(layer: string, f: (z: number) => number): UnitOperation {
  return {
    ...passing(layer, 'sign', false),
    onConstant: known(f),
    shifts: true,
    relabel: ({from, factor, shift}) => {
      if (shift) throw new Error(`${layer}: a shift cannot pass a sigmoid.`);
      return {from, factor, shift: factor.map((f) => (f < 0 ? 1 : 0))};
    },
  };
}

/** max(z, 0) + slope * min(z, 0) with a slope that is not trained. */
export function leakyReLU(layer: string, slope: number): UnitOperation {
  if (slope === 1) return passing(layer, 'any');
  const onConstant = known((z) => (z < 0 ? slope * z : z));
  if (slope !== -1) return {...passing(layer, 'positive', false), onConstant};
  const relabel = ({from, factor}: Relabeling) => ({from, factor: factor.map(Math.abs), shift: null});
  return {...passing(layer, 'any', false), even: true, onConstant, relabel};
}

/** What the factor of its input must be so that a common factor, or nothing else, comes out. */
const TAKES: Record<string, Factors> = {
  linear: 'any',
  relu: 'positive',
  tanh: 'sign',
  softsign: 'sign',
  sigmoid: 'sign',
  hardSigmoid: 'sign',
  relu6: 'none',
  elu: 'none',
  selu: 'none',
  softplus: 'none',
  softmax: 'none',
  swish: 'none',
  mish: 'none',
  gelu: 'none',
  gelu_new: 'none',
};

/** Their values, where a constant may come in. */
const VALUES: Record<string, ((z: number) => number) | undefined> = {
  relu: (z) => Math.max(z, 0),
  relu6: (z) => Math.min(Math.max(z, 0), 6),
  tanh: Math.tanh,
  softsign: (z) => z / (1 + Math.abs(z)),
  sigmoid: (z) => 1 / (1 + Math.exp(-z)),
  hardSigmoid: (z) => Math.min(Math.max(0.2 * z + 0.5, 0), 1),
};

/** An activation of tfjs by its name. */
export function activation(layer: string, name: string): UnitOperation {
  const takes = TAKES[name];
  if (!takes) {
    const known = Object.keys(TAKES).join(', ');
    fail(`layer ${layer}`, 'the activation must be one whose symmetries are known', `'${name}'`, `Known: ${known}.`);
  }
  const f = VALUES[name];
  if (f && (name === 'sigmoid' || name === 'hardSigmoid')) return aboutHalf(layer, f);
  const operation = passing(layer, takes, name === 'linear');
  return {...operation, ignoresShift: name === 'softmax', ...(f && {onConstant: known(f)})};
}

const present = (weights: (UnitWeight | null)[]) => weights.filter((weight) => weight !== null);
const valuesOf = (weights: UnitWeight[]) => (unit: number) => weights.flatMap((weight) => weight.of(unit));
const given = (relabeling: Relabeling, own: Float64Array): Relabeling => ({
  from: relabeling.from,
  factor: own,
  shift: null,
});

/** x + bias. */
export function biasOperation(layer: string, data: Float64Array, units: number): UnitOperation {
  const bias = new UnitWeight(data, units);
  return {
    ...passing(layer, 'any'),
    constants: 1,
    carriesShift: false,
    arrays: [bias],
    onConstant: (value, unit) => (value === null || data.length > units ? null : value + data[unit]),
    relabel(relabeling) {
      bias.relabel(relabeling.from, relabeling.factor);
      return relabeling;
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
    factors: 1,
    turns: true,
    hasMore: negative.length > units,
    weightsOf: valuesOf([above, below]),
    arrays: [above, below],
    onConstant(value, unit) {
      if (negative.length > units) return null;
      if (negative[unit] === 0 && positive[unit] === 0) return 0;
      return value === null ? null : value * (value < 0 ? negative : positive)[unit];
    },
    relabel(relabeling, own) {
      const {from, factor} = relabeling;
      const gain = factor.map((f, i) => own![i] / f);
      below.relabel(from, gain);
      above.relabel(from, gain);
      for (let k = 0; k < negative.length; k++) {
        if (factor[below.unitOf(k)] < 0) [negative[k], positive[k]] = [positive[k], negative[k]];
      }
      return given(relabeling, own!);
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
    turns: true,
    hasMore: !flips,
    arrays: [slopes],
    onConstant: (value, unit) => {
      if (value === null || data.length > units) return null;
      return value < 0 ? data[unit] * value : value;
    },
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
  epsilon: number;
}

/** (x - mean) / sqrt(variance + epsilon) * gamma + beta. Only the sign of x can be made up for: epsilon has a size. */
export function normalization(layer: string, arrays: Normalization, units: number): UnitOperation {
  const {epsilon} = arrays;
  const [gamma, beta, mean, variance] = [arrays.gamma, arrays.beta, arrays.mean, arrays.variance].map(
    (data) => data && new UnitWeight(data, units),
  );
  const statistics = mean !== null; // those of layer normalization are of all channels together
  return {
    ...passing(layer, statistics ? 'sign' : 'none', statistics),
    gives: gamma ? 'any' : null,
    factors: gamma ? 1 : 0,
    constants: beta ? 1 : 0,
    centers: statistics,
    mean: arrays.mean,
    ignoresShift: !statistics,
    normalizes: !statistics,
    carriesShift: statistics && gamma !== null,
    hasMore: [gamma, beta].some((weight) => weight && weight.data.length > units),
    weightsOf: valuesOf(present([gamma, beta])),
    arrays: present([gamma, beta, mean, variance]),
    onConstant(value, unit) {
      // After a flatten layer each position has its own.
      if ([gamma, beta, mean, variance].some((weight) => weight && weight.data.length > units)) return null;
      const constant = beta?.data[unit] ?? 0;
      if (gamma?.data[unit] === 0) return constant;
      if (!statistics || value === null) return null;
      const factor = (gamma?.data[unit] ?? 1) / Math.sqrt(variance!.data[unit] + epsilon);
      return (value - mean!.data[unit]) * factor + constant;
    },
    relabel(relabeling, own) {
      const {from, factor, shift} = relabeling;
      mean?.relabel(from, factor);
      if (mean && shift) for (let k = 0; k < mean.data.length; k++) mean.data[k] += shift[mean.unitOf(k)];
      variance?.relabel(from);
      const after = own ?? factor;
      gamma?.relabel(
        from,
        factor.map((f, i) => after[i] / f),
      );
      beta?.relabel(from, after);
      return given(relabeling, after);
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
    factors: trained ? 1 : 0,
    constants: trained && scaled.length > 1 ? 1 : 0,
    hasMore: true, // what its own weights can do among themselves is not known
    weightsOf: valuesOf(scaled),
    arrays: [...shape, ...scaled],
    relabel(relabeling, own) {
      const after = own ?? relabeling.factor;
      for (const weight of shape) weight.relabel(relabeling.from);
      for (const weight of scaled) weight.relabel(relabeling.from, after);
      return given(relabeling, after);
    },
  };
}
