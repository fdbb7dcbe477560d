import type {GraphBuilder} from '../builder';
import {type LayerCall, type Lowering, refuse, weight} from '../layer_call';
import type {Value} from '../operations';
import {line} from './activation';

/**
 * At inference: by the moving mean and variance. The mean is taken off first, as in tfjs, which keeps more digits. Along an axis
 * other than the last by definition, as webgl and tensorflow do; the kernels of cpu and wasm take the numbers of other channels.
 */
export const batchNormalization: Lowering = (call, graph) => {
  const [x] = call.inputs;
  const {config} = call;
  const axes = [config.axis].flat() as number[]; // Keras writes a list of one
  if (axes.length !== 1) refuse(call, 'axis must be one axis', `axes ${axes}`, 'Use a batch normalization for each.');
  const rank = x.shape.length;
  const axis = (axes[0] + rank) % rank;
  const names = {scale: 'gamma', offset: 'beta', mean: 'moving_mean', variance: 'moving_variance'};
  return normalizedByMoments(call, x, names, config.epsilon as number, graph, axis);
};

/**
 * `scale (x - mean) / sqrt(variance + epsilon) + offset` along an axis by the weights of these names; scale and offset may be
 * missing.
 */
export function normalizedByMoments(
  call: LayerCall,
  x: Value,
  names: {scale: string; offset: string; mean: string; variance: string},
  epsilon: number,
  graph: GraphBuilder,
  axis = x.shape.length - 1,
): Value {
  const {weights, name} = call;
  const variance = weights[names.variance];
  const shape = [variance.values.length, ...x.shape.slice(axis + 1).map(() => 1)];
  const scale = variance.values.map((v, i) => (weights[names.scale]?.values[i] ?? 1) / Math.sqrt(v + epsilon));
  const centered = graph.binary('sub', x, weight(call, names.mean, graph, shape));
  const y = graph.binary('mul', centered, graph.constant(`${name}/scale`, scale, shape));
  return weights[names.offset] ? graph.binary('add', y, weight(call, names.offset, graph, shape)) : y;
}

export const layerNormalization: Lowering = (call, graph) => {
  const [x] = call.inputs;
  const axes = [call.config.axis].flat() as number[];
  const centered = graph.binary('sub', x, graph.reduce('mean', x, axes, {keepDims: true}));
  const y = graph.binary('div', centered, rootMeanSquare(graph, centered, axes, call.config.epsilon as number));
  return shiftedAndScaled(call, y, axes, graph);
};

/** The root of the mean square along some axes, which become 1 long; `epsilon` is added below the root. */
export function rootMeanSquare(graph: GraphBuilder, x: Value, axes: readonly number[], epsilon: number): Value {
  const meanSquare = graph.reduce('mean', graph.binary('mul', x, x), axes, {keepDims: true});
  return graph.unary('sqrt', graph.binary('add', meanSquare, graph.scalar(epsilon)));
}

function shiftedAndScaled(call: LayerCall, y: Value, axes: readonly number[], graph: GraphBuilder): Value {
  const shape = y.shape.map((size, i) => (axes.includes(i) ? size! : 1));
  const {gamma, beta} = call.weights;
  const scaled = gamma ? graph.binary('mul', y, weight(call, 'gamma', graph, shape)) : y;
  return beta ? graph.binary('add', scaled, weight(call, 'beta', graph, shape)) : scaled;
}

export const rescaling: Lowering = ({inputs: [x], config}, graph) =>
  line(graph, x, config.scale as number, config.offset as number);
