import {fail} from '../../errors';
import type {Factors, Signal, UnitOperation} from './parts';

const NONE = () => [];
const PASS = (signal: Signal) => signal;

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
    relabel: PASS,
  };
}

/** f(-z) = 1 - f(z). */
function aboutHalf(layer: string): UnitOperation {
  return {
    ...passing(layer, 'sign', false),
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
  if (slope !== -1) return passing(layer, 'positive', false);
  const relabel = ({from, factor}: Signal) => ({from, factor: factor.map(Math.abs), shift: null});
  return {...passing(layer, 'any', false), even: true, relabel};
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

/** An activation of tfjs by its name. */
export function activation(layer: string, name: string): UnitOperation {
  const takes = TAKES[name];
  if (!takes) {
    const known = Object.keys(TAKES).join(', ');
    fail(`layer ${layer}`, 'the activation must be one whose symmetries are known', `'${name}'`, `Known: ${known}.`);
  }
  if (name === 'sigmoid' || name === 'hardSigmoid') return aboutHalf(layer);
  return passing(layer, takes, name === 'linear');
}
