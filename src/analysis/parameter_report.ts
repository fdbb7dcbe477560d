import * as tf from '@tensorflow/tfjs';
import {isHomogeneous} from './piecewise_linear/homogeneous';
import {NotPiecewiseLinear} from './piecewise_linear/layer_call';
import {type GraphCall, readLayerGraph} from './piecewise_linear/layer_graph';
import {stepsOf} from './piecewise_linear/layers';
import type {Step} from './piecewise_linear/steps';

/** What a layer or a model takes. */
export interface Costs {
  /** Numbers in weights, trainable or not. */
  parameters: number;
  /** Places where units can bend, by weights of any value; null if the layer is not piecewise linear. */
  breakpoints: number | null;
  /** Those where they do bend: two equal slopes make no breakpoint. */
  liveBreakpoints: number | null;
  /** null without breakpoints. */
  parametersPerBreakpoint: number | null;
  /** Size of the weights, as they are saved. */
  bytes: number;
  /** Multiplications with an addition, or either alone, for one sample; null if not known. */
  multiplyAdds: number | null;
}

/** What a layer takes. */
export interface LayerCosts extends Costs {
  /** Name of the layer. */
  name: string;
  /** Class of the layer. */
  className: string;
}

/** What {@link parameterReport} gives. */
export interface ParameterReport {
  /** In the order of the model. */
  layers: LayerCosts[];
  /** null where that of a layer is null. */
  total: Costs;
  /** What was left out, in words; and that the model is positively homogeneous, if it is. */
  notes: string[];
}

/**
 * What a model pays for its breakpoints: parameters, bytes and work, layer by layer and in total.
 *
 * A dense ReLU layer pays as many parameters for a breakpoint as it has inputs, and one more; a `reluPair` after a
 * `whtProjection` pays 2 or less. A layer that only mixes has no breakpoints of its own: look at the total.
 *
 * Layers that are not piecewise linear have null for what is not known of them. A layer that is used twice is listed
 * once, with the breakpoints and the work of both uses.
 *
 * A note says so if the model bends but has no bias anywhere, so that `f(c x) = c f(x)` for c > 0, whatever its weights.
 *
 * @returns A promise, because some backends give weights in no other way.
 * @throws If the model is empty, or has weights that are not finite.
 *
 * @example
 * const {total} = await pw.analysis.parameterReport(model);
 * console.log(`${total.parametersPerBreakpoint} parameters for each breakpoint`);
 */
export async function parameterReport(model: tf.LayersModel): Promise<ParameterReport> {
  const graph = await readLayerGraph(model, 'parameterReport');
  const uses = new Map<tf.layers.Layer, GraphCall[]>();
  for (const call of graph.calls) uses.set(call.layer, [...(uses.get(call.layer) ?? []), call]);
  let homogeneous = true;
  const layers = [...uses].map(([layer, calls]): LayerCosts => {
    const steps = calls.map(knownSteps);
    const own = steps.every((known) => known !== null) ? steps.flat() : null;
    homogeneous &&= own !== null && isHomogeneous(own);
    const {name, className} = calls[0];
    return {name, className, ...withRatio({...weightsOf(layer), ...workOf(own)})};
  });
  const sum = (key: keyof Omit<Costs, 'parametersPerBreakpoint'>) =>
    layers.reduce((total: number | null, {[key]: own}) => (total === null || own === null ? null : total + own), 0);
  const total = withRatio({
    parameters: sum('parameters')!,
    breakpoints: sum('breakpoints'),
    liveBreakpoints: sum('liveBreakpoints'),
    bytes: sum('bytes')!,
    multiplyAdds: sum('multiplyAdds'),
  });
  return {layers, total, notes: [...graph.notes, ...(homogeneous && total.breakpoints ? [HOMOGENEOUS] : [])]};
}

const HOMOGENEOUS =
  'the model is positively homogeneous, f(c x) = c f(x) for c > 0, since no layer has a bias: it cannot learn what bends ' +
  'along a ray from 0. The random bias of whtProjection or a useBias: true in the first layer mends that';

type WithoutRatio = Omit<Costs, 'parametersPerBreakpoint'>;

const withRatio = (costs: WithoutRatio): Costs => ({
  ...costs,
  parametersPerBreakpoint: costs.breakpoints ? costs.parameters / costs.breakpoints : null,
});

/** null for a layer that is not piecewise linear. */
function knownSteps(call: GraphCall): Step[] | null {
  try {
    return stepsOf(call);
  } catch (error) {
    if (error instanceof NotPiecewiseLinear) return null;
    throw error;
  }
}

function weightsOf({weights}: tf.layers.Layer): {parameters: number; bytes: number} {
  const sizes = weights.map(({shape, dtype}) => ({
    size: tf.util.sizeFromShape(shape as number[]),
    bytes: tf.util.bytesPerElement(dtype),
  }));
  return {
    parameters: sizes.reduce((total, {size}) => total + size, 0),
    bytes: sizes.reduce((total, {size, bytes}) => total + size * bytes, 0),
  };
}

function workOf(steps: Step[] | null): Omit<WithoutRatio, 'parameters' | 'bytes'> {
  if (steps === null) return {breakpoints: null, liveBreakpoints: null, multiplyAdds: null};
  let [breakpoints, liveBreakpoints, multiplyAdds] = [0, 0, 0];
  for (const step of steps) {
    multiplyAdds += step.multiplyAdds;
    if (step.kind === 'elementwise') {
      for (const {possibleKinks, kinks} of step.functions) {
        breakpoints += possibleKinks;
        liveBreakpoints += kinks.length;
      }
    } else if (step.kind === 'max') {
      const choices = step.windows.reduce((total, {length}) => total + length - 1, 0);
      breakpoints += choices;
      liveBreakpoints += choices;
    }
  }
  return {breakpoints, liveBreakpoints, multiplyAdds};
}
