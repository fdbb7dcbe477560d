import {knownSizes, type Lowering, weight, withBias} from '../layer_call';
import {activated} from './activation';

export const dense: Lowering = (call, graph) => {
  const y = graph.matMul(call.inputs[0], weight(call, 'kernel', graph));
  return activated(call, withBias(call, y, graph), graph);
};

/** The blocks as a batch of products. */
export const blockDense: Lowering = (call, graph) => {
  const [x] = call.inputs;
  knownSizes(call, x.shape);
  const [blocks, size] = call.weights.kernel.shape;
  const groups = graph.transpose(graph.reshape(x, [null, blocks, size]), [1, 0, 2]);
  const products = graph.transpose(graph.matMul(groups, weight(call, 'kernel', graph)), [1, 0, 2]);
  return activated(call, withBias(call, graph.reshape(products, x.shape), graph), graph);
};
