import type {GraphBuilder} from '../builder';
import {knownSizes, type LayerCall, type Lowering, refuse} from '../layer_call';
import type {Binary, Value} from '../operations';

const merged =
  (kind: Binary): Lowering =>
  (call, graph) =>
    inputsOf(call, graph).reduce((all, x) => graph.binary(kind, all, x));

/** Inputs of fewer axes get axes of size 1 after the batch. */
function inputsOf(call: LayerCall, graph: GraphBuilder): Value[] {
  const rank = Math.max(...call.inputs.map(({shape}) => shape.length));
  return call.inputs.map((x) => {
    if (x.shape.length === rank) return x;
    const ones = new Array<number>(rank - x.shape.length).fill(1);
    return graph.reshape(x, [null, ...ones, ...knownSizes(call, x.shape)]);
  });
}

export const add = merged('add');
export const multiply = merged('mul');
export const maximum = merged('maximum');
export const minimum = merged('minimum');

export const average: Lowering = async (call, graph) =>
  graph.binary('mul', await add(call, graph), graph.scalar(1 / call.inputs.length));

export const concatenate: Lowering = (call, graph) => {
  const given = call.config.axis as number;
  const axis = given < 0 ? given + call.outputShape.length : given;
  if (axis === 0) refuse(call, 'axis must not be that of the batch', '0', 'Join samples outside of the model.');
  return graph.concat(call.inputs, axis);
};
