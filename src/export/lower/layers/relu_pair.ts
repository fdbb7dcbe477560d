import type {PairConfig} from '../../../layers/relu_pair';
import {PAIR_STREAM} from '../../../math/random';
import {trainableUnits} from '../../../math/trainable_units';
import type {GraphBuilder} from '../builder';
import {knownSizes, type LayerCall, type Lowering, weight} from '../layer_call';
import type {Value} from '../operations';
import {product} from '../shapes';
import {twoSlopes} from './activation';

export const reluPair: Lowering = (call, graph) =>
  pair(call, call.inputs[0], call.config as unknown as PairConfig, graph);

/** A ReLU pair on a value: a layer, or the activation of a projection, which then holds its weights. */
export function pair(call: LayerCall, x: Value, config: PairConfig, graph: GraphBuilder): Value {
  const {parametricFraction, sharedAxes, seed, useBias, fixedGain} = config;
  const isShared = (axis: number) => axis === 0 || sharedAxes?.includes(axis);
  const shape = knownSizes(
    call,
    x.shape.map((size, axis) => (isShared(axis) ? 1 : size)),
  );
  const units = product(shape)!;
  const own = trainableUnits(units, parametricFraction, seed);
  const slopes = (key: 'negative' | 'positive', fixed: number) => {
    if (!own) return weight(call, key, graph, shape);
    if (own.length === 0) return graph.scalar(fixed);
    const all = new Float32Array(units).fill(fixed);
    for (const [i, unit] of own.entries()) all[unit] = call.weights[key].values[i];
    const drawn = {what: 'subsample', seed, round: PAIR_STREAM, from: units} as const;
    return graph.constant(`${call.name}/${key}`, all, shape, {own: {places: own, drawn}});
  };
  const shifted = useBias ? graph.binary('add', x, weight(call, 'bias', graph, shape)) : x;
  return twoSlopes(graph, shifted, slopes('negative', 0), slopes('positive', fixedGain));
}
