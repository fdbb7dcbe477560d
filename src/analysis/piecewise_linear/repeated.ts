import {repeat} from './affine';
import type {Step} from './steps';

/** A step on each of `times` vectors that stand one after the other. */
export function repeated(step: Step, times: number): Step {
  const multiplyAdds = times * step.multiplyAdds;
  if (step.kind === 'elementwise') {
    const functions = Array.from({length: times}, () => step.functions).flat();
    const units = step.functions.length;
    const own = step.own && Array.from({length: times}, (_, i) => step.own!.map((unit) => unit + i * units)).flat();
    return {...step, functions, own, multiplyAdds};
  }
  if (step.kind === 'max') {
    const windows = Array.from({length: times}, (_, i) =>
      step.windows.map((window) => window.map((place) => place + i * step.inputs)),
    ).flat();
    return {...step, inputs: times * step.inputs, windows, multiplyAdds};
  }
  const {inputs, outputs, bias} = step;
  return {
    kind: 'affine',
    inputs: times * inputs,
    outputs: times * outputs,
    linear: (x, rows) => step.linear(x, times * rows),
    absolute: (x, rows) => step.absolute(x, times * rows),
    transposed: (y, rows) => step.transposed(y, times * rows),
    at:
      step.at &&
      ((output, x, sizes) => {
        const i = Math.floor(output / outputs);
        const own = (all: Float64Array) => all.subarray(i * inputs, (i + 1) * inputs);
        return step.at!(output - i * outputs, own(x), own(sizes));
      }),
    bias: bias && repeat(bias, times),
    multiplyAdds,
  };
}
