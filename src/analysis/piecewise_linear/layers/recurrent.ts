import {selection, sparse} from '../affine';
import {type LayerCall, type LayerReader, refuse} from '../layer_call';
import {type PiecewiseFunction, twoSlopes} from '../piecewise_function';
import type {Affine, Step} from '../steps';
import {activationSteps} from './activation';

const CARRIED: PiecewiseFunction = {...twoSlopes(1, 1), possibleKinks: 0};

export const simpleRNN: LayerReader = (call) => {
  requireOneOutput(call, call.config);
  const {steps, states, size} = unrolled(call, call.config, call.weights, lengthOf(call));
  return [...steps, selection(Int32Array.from(states.flat()), size)];
};

/** One layer reads the sequence from its start, the other from its end; what they give is merged. */
export const bidirectional: LayerReader = (call) => {
  const {layer, mergeMode} = call.config as {
    layer: {className: string; config: LayerCall['config']};
    mergeMode: unknown;
  };
  const {className, config} = layer;
  if (className !== 'SimpleRNN') {
    refuse(call, `a ${className}`, "Put a simpleRNN with activation 'relu' into it.");
  }
  requireOneOutput(call, config);
  const weights = (prefix: string) =>
    Object.fromEntries(
      Object.entries(call.weights)
        .filter(([name]) => name.startsWith(prefix))
        .map(([name, values]) => [name.slice(prefix.length), values]),
    );
  const ahead = unrolled(call, config, weights('forward_'), lengthOf(call));
  const turned = {...config, goBackwards: !config.goBackwards};
  const back = unrolled(call, turned, weights('backward_'), ahead.size);
  // Both are given by time: the second layer's sequence is turned round again.
  const pairs = back.states.reverse().map((states, time) => [ahead.states[time], states] as const);
  return [...ahead.steps, ...back.steps, merged(call, mergeMode, pairs, back.size)];
};

function merged(
  call: LayerCall,
  mergeMode: unknown,
  pairs: readonly (readonly [ahead: number[], back: number[]])[],
  size: number,
): Affine {
  if (mergeMode === 'concat') return selection(Int32Array.from(pairs.flat(2)), size);
  if (mergeMode !== 'sum' && mergeMode !== 'ave') {
    const what = mergeMode === null ? 'mergeMode null' : `the product that mergeMode '${mergeMode}' makes`;
    refuse(call, what, "Use mergeMode 'concat', 'sum' or 'ave'.");
  }
  const weight = mergeMode === 'ave' ? 0.5 : 1;
  const rows = pairs.flatMap(([ahead, back]) =>
    ahead.map((place, unit) => ({places: [place, back[unit]], weights: [weight, weight]})),
  );
  return sparse(rows, size, null);
}

function requireOneOutput(call: LayerCall, {returnState, stateful}: LayerCall['config']): void {
  if (returnState || stateful) refuse(call, 'returnState or stateful', 'A network has one output, and no memory.');
  if (call.inputShapes.length > 1) {
    refuse(call, 'an initial state', 'Add what the states bring to the first step of the input.');
  }
}

/** How many numbers the sequence has that a recurrent layer reads. */
const lengthOf = ({inputShapes: [[times, inputs]]}: LayerCall) => times * inputs;

interface Unrolled {
  readonly steps: Step[];
  /** The places of the units, of each step of time that the layer gives, in the order of its steps. */
  readonly states: number[][];
  /** How many numbers are carried on in the end. */
  readonly size: number;
}

/**
 * One step of time after the other: what is carried on are the sequence, what stands after it, and the states so far, to which
 * the layer adds one, `activation(x_t kernel + state_(t-1) recurrentKernel + bias)`.
 */
function unrolled(
  call: LayerCall,
  {returnSequences, goBackwards, activation}: LayerCall['config'],
  {kernel, recurrent_kernel: recurrent, bias}: LayerCall['weights'],
  start: number,
): Unrolled {
  const [[times, inputs]] = call.inputShapes;
  const units = Math.sqrt(recurrent.length);
  const steps: Step[] = [];
  const states: number[][] = [];
  let carried = start;
  for (let t = 0; t < times; t++) {
    const x = range(inputs, inputs * (goBackwards ? times - 1 - t : t));
    const before = states.at(-1) ?? [];
    const rows = Array.from({length: carried + units}, (_, row) => {
      if (row < carried) return {places: [row], weights: [1]};
      const of = (all: Float64Array, i: number) => all[i * units + row - carried];
      return {
        places: [...x, ...before],
        weights: [...x.map((__, i) => of(kernel, i)), ...before.map((__, i) => of(recurrent, i))],
      };
    });
    const shift = new Float64Array(carried + units);
    if (bias) shift.set(bias, carried);
    steps.push(sparse(rows, carried, shift), ...activatedFrom(carried, units, call, activation));
    states.push(range(units, carried));
    carried += units;
  }
  return {steps, states: returnSequences ? states : states.slice(-1), size: carried};
}

const range = (count: number, from = 0) => Array.from({length: count}, (_, i) => from + i);

/** The activation of the last units; those before them stay. */
function activatedFrom(carried: number, units: number, call: LayerCall, activation: unknown): Step[] {
  // Not at the end of the model: what comes next are the other steps of time.
  return activationSteps({...call, outputShape: [units], last: false}, activation).map((step) =>
    step.kind === 'elementwise'
      ? {
          ...step,
          functions: [...new Array<PiecewiseFunction>(carried).fill(CARRIED), ...step.functions],
          own: range(units, carried),
          multiplyAdds: units,
        }
      : step,
  );
}
