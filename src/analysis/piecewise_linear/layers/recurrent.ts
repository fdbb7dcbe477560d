import {selection, sparse} from '../affine';
import {type LayerCall, type LayerReader, refuse, sizeOf} from '../layer_call';
import {twoSlopes} from '../piecewise_function';
import type {Step} from '../steps';
import {activationSteps} from './activation';

const STRAIGHT = twoSlopes(1, 1);

/**
 * One step of time after the other: what is carried on are the inputs and the states so far, to which the layer adds one,
 * `activation(x_t kernel + state_(t-1) recurrentKernel + bias)`.
 */
export const simpleRNN: LayerReader = (call) => {
  const {returnSequences, returnState, stateful, goBackwards, activation} = call.config;
  if (returnState || stateful) refuse(call, 'returnState or stateful', 'A network has one output, and no memory.');
  const {kernel, recurrent_kernel: recurrent, bias} = call.weights;
  const [[times, inputs]] = call.inputShapes as number[][];
  const units = recurrent ? Math.sqrt(recurrent.length) : 0;
  const steps: Step[] = [];
  for (let t = 0; t < times; t++) {
    const x = inputs * (goBackwards ? times - 1 - t : t);
    const carried = inputs * times + t * units;
    const before = carried - units;
    const rows = Array.from({length: carried + units}, (_, row) => {
      if (row < carried) return {places: [row], weights: [1]};
      const unit = row - carried;
      const of = (all: Float64Array, i: number) => all[i * units + unit];
      const states = t === 0 ? 0 : units;
      return {
        places: [...range(inputs, x), ...range(states, before)],
        weights: [...range(inputs).map((i) => of(kernel, i)), ...range(states).map((i) => of(recurrent, i))],
      };
    });
    const shift = new Float64Array(carried + units);
    if (bias) shift.set(bias, carried);
    steps.push(sparse(rows, carried, shift), ...activatedFrom(carried, units, call, activation));
  }
  const states = range(times, inputs * times, units);
  const given = returnSequences ? states : states.slice(-1);
  const all = inputs * times + times * units;
  const places = given.flatMap((state) => range(units, state));
  return [...steps, selection(Int32Array.from(places), all)];
};

const range = (count: number, from = 0, step = 1) => Array.from({length: count}, (_, i) => from + i * step);

/** The activation of the last units; those before them stay. */
function activatedFrom(carried: number, units: number, call: LayerCall, activation: unknown): Step[] {
  // Not at the end of the model: what comes next are the other steps of time.
  return activationSteps({...call, outputShape: [units], last: false}, activation).map((step) =>
    step.kind === 'elementwise'
      ? {...step, functions: [...new Array(carried).fill(STRAIGHT), ...step.functions], multiplyAdds: sizeOf([units])}
      : step,
  );
}
