import type {GraphBuilder} from '../builder';
import {type LayerCall, type Lowering, refuse, weight} from '../layer_call';
import type {Value} from '../operations';

/** At inference: by the moving mean and variance. The mean is taken off first, as in tfjs, which keeps more digits. */
export const batchNormalization: Lowering = (call, graph) => {
  const [x] = call.inputs;
  const {weights, config, name} = call;
  const axis = config.axis as number;
  if (axis !== -1 && axis !== x.shape.length - 1) {
    refuse(call, 'axis must be the last one', `axis ${axis}`, 'The backends of tfjs disagree on others.');
  }
  const {gamma, moving_variance: variance} = weights;
  const scale = variance.values.map((v, i) => (gamma?.values[i] ?? 1) / Math.sqrt(v + (config.epsilon as number)));
  const centered = graph.binary('sub', x, weight(call, 'moving_mean', graph));
  const y = graph.binary('mul', centered, graph.constant(`${name}/scale`, scale, variance.shape));
  return weights.beta ? graph.binary('add', y, weight(call, 'beta', graph)) : y;
};

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
