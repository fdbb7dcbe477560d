import type {GraphBuilder} from '../builder';
import {knownSizes, type LayerCall, type Lowering} from '../layer_call';
import type {Value} from '../operations';

interface Config {
  height: number;
  width: number;
  interpolation: 'nearest' | 'bilinear';
  cropToAspectRatio: boolean;
}

/**
 * Values at places between those of the input, found along one axis at a time: so the places are the same in every format, whose
 * own operations round those of half a pixel in their own ways. What tfjs says of the output's shape is wrong (it lacks an axis).
 */
export const resizing: Lowering = (call, graph) => {
  const {height, width, interpolation, cropToAspectRatio} = call.config as unknown as Config;
  const [rows, columns] = knownSizes(call, call.inputs[0].shape);
  const along = interpolation === 'nearest' ? nearest : linear;
  // tfjs crops nothing: the option only tells it to leave the corners unaligned.
  const places = (from: number, to: number) => placesOf(from, to, !cropToAspectRatio);
  const tall = along(call, graph, call.inputs[0], 1, places(rows, height));
  return along(call, graph, tall, 2, places(columns, width));
};

/** Where along an axis of `from` values each of `to` lies. */
function placesOf(from: number, to: number, alignCorners: boolean): {at: number[]; size: number; round: boolean} {
  const scale = alignCorners && to > 1 ? (from - 1) / (to - 1) : from / to;
  return {at: Array.from({length: to}, (_, i) => i * scale), size: from, round: alignCorners};
}

type Places = ReturnType<typeof placesOf>;

function gathered(call: LayerCall, graph: GraphBuilder, x: Value, axis: number, indices: number[]): Value {
  return graph.gather(x, axis, graph.constant(`${call.name}/places`, Int32Array.from(indices), [indices.length]));
}

function nearest(call: LayerCall, graph: GraphBuilder, x: Value, axis: number, {at, size, round}: Places): Value {
  const indices = at.map((place) => Math.min(size - 1, round ? Math.round(place) : Math.floor(place)));
  return gathered(call, graph, x, axis, indices);
}

function linear(call: LayerCall, graph: GraphBuilder, x: Value, axis: number, {at, size}: Places): Value {
  const floors = at.map((place) => Math.min(size - 1, Math.floor(place)));
  const low = gathered(call, graph, x, axis, floors);
  const rest = Float32Array.from(at, (place, i) => place - floors[i]);
  if (rest.every((share) => share === 0)) return low;
  const ceilings = at.map((place) => Math.min(size - 1, Math.ceil(place)));
  const high = gathered(call, graph, x, axis, ceilings);
  const shape = x.shape.map((_, i) => (i === axis ? at.length : 1)).slice(1);
  const share = graph.constant(`${call.name}/shares`, rest, shape);
  return graph.binary('add', low, graph.binary('mul', graph.binary('sub', high, low), share));
}
