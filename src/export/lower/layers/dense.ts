import {type Lowering, weight, withBias} from '../layer_call';
import {activated} from './activation';

export const dense: Lowering = (call, graph) => {
  const y = graph.matMul(call.inputs[0], weight(call, 'kernel', graph));
  return activated(call, withBias(call, y, graph), graph);
};
