import type {GraphBuilder} from '../builder';
import {type LayerCall, type Lowering, refuse, weight} from '../layer_call';
import type {Unary, Value} from '../operations';

type Function = (graph: GraphBuilder, x: Value) => Value;

const unary =
  (kind: Unary): Function =>
  (graph, x) =>
    graph.unary(kind, x);

/** x clipped to [low, high]. */
export const clip = (graph: GraphBuilder, x: Value, low: number, high: number): Value => {
  const above = low === 0 ? graph.unary('relu', x) : graph.binary('maximum', x, graph.scalar(low));
  return graph.binary('minimum', above, graph.scalar(high));
};

/** x * factor + shift. */
export const line = (graph: GraphBuilder, x: Value, factor: number, shift: number): Value =>
  graph.binary('add', graph.binary('mul', x, graph.scalar(factor)), graph.scalar(shift));

const times =
  (f: Function): Function =>
  (graph, x) =>
    graph.binary('mul', x, f(graph, x));

const cube: Function = (graph, x) => graph.binary('mul', graph.binary('mul', x, x), x);

/** By the names of tfjs. */
const FUNCTIONS: {[activation: string]: Function} = {
  elu: unary('elu'),
  gelu: times((graph, x) =>
    line(graph, graph.unary('erf', graph.binary('mul', x, graph.scalar(Math.SQRT1_2))), 0.5, 0.5),
  ),
  gelu_new: times((graph, x) => {
    const bent = graph.binary('add', x, graph.binary('mul', cube(graph, x), graph.scalar(0.044715)));
    return line(graph, graph.unary('tanh', graph.binary('mul', bent, graph.scalar(Math.sqrt(2 / Math.PI)))), 0.5, 0.5);
  }),
  hardSigmoid: (graph, x) => clip(graph, line(graph, x, 0.2, 0.5), 0, 1),
  linear: (_, x) => x,
  logSoftmax: unary('logSoftmax'),
  mish: times((graph, x) => graph.unary('tanh', graph.unary('softplus', x))),
  relu: unary('relu'),
  relu6: (graph, x) => clip(graph, x, 0, 6),
  selu: unary('selu'),
  sigmoid: unary('sigmoid'),
  softmax: unary('softmax'),
  softplus: unary('softplus'),
  softsign: (graph, x) => graph.binary('div', x, line(graph, graph.unary('abs', x), 1, 1)),
  swish: times(unary('sigmoid')),
  tanh: unary('tanh'),
};

/** The activation of a layer, by the name that tfjs gives it; none where it has none. */
export function activated(call: LayerCall, x: Value, graph: GraphBuilder, activation = call.config.activation): Value {
  const name = String(activation ?? 'linear');
  if (Object.hasOwn(FUNCTIONS, name)) return FUNCTIONS[name](graph, x);
  const expected = `the activation must be one of ${Object.keys(FUNCTIONS).join(', ')}`;
  return refuse(call, expected, name, 'Use one of those.');
}

/** x * (x < 0 ? negative : positive). */
export function twoSlopes(graph: GraphBuilder, x: Value, negative: Value, positive: Value): Value {
  return graph.binary('mul', x, graph.select(graph.binary('less', x, graph.scalar(0)), negative, positive));
}

/** A lowering, and then the activation of its layer. */
export const withActivation =
  (lower: Lowering): Lowering =>
  async (call, graph) =>
    activated(call, await lower(call, graph), graph);

export const activation: Lowering = (call, graph) => activated(call, call.inputs[0], graph);

export const elu: Lowering = ({inputs: [x]}, graph) => graph.unary('elu', x);

export const relu: Lowering = ({inputs: [x], config: {maxValue}}, graph) => {
  return typeof maxValue === 'number' ? clip(graph, x, 0, maxValue) : graph.unary('relu', x);
};

export const leakyReLU: Lowering = ({inputs: [x], config}, graph) =>
  twoSlopes(graph, x, graph.scalar(config.alpha as number), graph.scalar(1));

export const prelu: Lowering = (call, graph) =>
  twoSlopes(graph, call.inputs[0], weight(call, 'alpha', graph), graph.scalar(1));

export const thresholdedReLU: Lowering = ({inputs: [x], config}, graph) => {
  const isAbove = graph.binary('less', graph.scalar(config.theta as number), x);
  return graph.binary('mul', x, graph.select(isAbove, graph.scalar(1), graph.scalar(0)));
};

export const softmax: Lowering = (call, graph) => {
  const [x] = call.inputs;
  const axis = call.config.axis as number;
  if (axis !== -1 && axis !== x.shape.length - 1) {
    refuse(call, 'axis must be the last one', `axis ${axis}`, 'Put a permute layer before and after it.');
  }
  return graph.unary('softmax', x);
};
