import {type LayerCall, type LayerReader, refuse, sizeOf} from '../layer_call';
import {clipped, type PiecewiseFunction, twoSlopes} from '../piecewise_function';
import type {Elementwise, Step} from '../steps';
import {isSmooth, smoothFunction} from './smooth';

const FUNCTIONS: {[activation: string]: PiecewiseFunction} = {
  relu: twoSlopes(0, 1),
  relu6: clipped(1, 0, [0, 6]),
  hardSigmoid: clipped(0.2, 0.5, [0, 1]),
};

/** The activation of a layer, by the name that tfjs gives it. */
export function activationSteps(call: LayerCall, activation: unknown): Step[] {
  if (activation === null || activation === undefined || activation === 'linear') return [];
  const f = FUNCTIONS[activation as string];
  if (f) return [everywhere(f, call)];
  const smooth = call.smooth && !(call.last && MONOTONE.includes(activation as string));
  if (smooth && isSmooth(activation as string)) return [everywhere(smoothFunction(activation as string), call)];
  if (call.last && MONOTONE.includes(activation as string)) return cut(call, activation as string);
  return refuse(
    call,
    `the activation '${activation}'`,
    `Use one of 'linear', '${Object.keys(FUNCTIONS).join("', '")}'.`,
  );
}

export const activation: LayerReader = (call) => activationSteps(call, call.config.activation);

export const softmax: LayerReader = (call) =>
  call.last ? cut(call, 'softmax') : refuse(call, 'a softmax', 'It can be left out at the end of a model only.');

export const relu: LayerReader = (call) => {
  const max = call.config.maxValue as number | null | undefined;
  if (max === 0) return [everywhere(twoSlopes(0, 0), call)];
  return [everywhere(max === null || max === undefined ? twoSlopes(0, 1) : clipped(1, 0, [0, max]), call)];
};

export const leakyReLU: LayerReader = (call) => [everywhere(twoSlopes(call.config.alpha as number, 1), call)];

export const prelu: LayerReader = (call) => {
  const functions = Array.from(call.weights.alpha, (alpha) => twoSlopes(alpha, 1, true));
  return [perUnit(functions, call.inputShapes[0], call.config.sharedAxes as number[] | null)];
};

/** Functions of the positions of the axes that are not shared, on all units of a shape. */
export function perUnit(
  functions: PiecewiseFunction[],
  shape: readonly number[],
  sharedAxes: number[] | null,
): Elementwise {
  const units = placesOf(shape, sharedAxes).map((place) => functions[place]);
  return {kind: 'elementwise', functions: units, multiplyAdds: units.length};
}

/** For each unit of a shape, its place among the positions of the axes that are not shared. */
export function placesOf(shape: readonly number[], sharedAxes: number[] | null): number[] {
  let places = [0];
  let count = 1;
  for (let axis = shape.length; axis >= 1; axis--) {
    const step = sharedAxes?.includes(axis) ? 0 : count;
    const inner = places;
    places = Array.from({length: shape[axis - 1]}, (_, i) => inner.map((place) => place + i * step)).flat();
    if (step) count *= shape[axis - 1];
  }
  return places;
}

function everywhere(f: PiecewiseFunction, {outputShape}: LayerCall): Elementwise {
  const units = sizeOf(outputShape);
  return {kind: 'elementwise', functions: new Array<PiecewiseFunction>(units).fill(f), multiplyAdds: units};
}

/** Functions that bend everywhere, and change nothing about where the values before them bend. */
const MONOTONE = ['softmax', 'logSoftmax', 'sigmoid', 'tanh'];

function cut({name, note}: LayerCall, activation: string): Step[] {
  note(`layer ${name}: the ${activation} at the end is left out; this is about the logits.`);
  return [];
}
