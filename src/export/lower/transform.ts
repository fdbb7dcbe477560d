import {hadamardOrders} from '../../math/hadamard_matrix';
import {GraphBuilder} from './builder';
import type {Graph, Kind, Operation, Size, StandardKind, Value} from './operations';

/** The same graph with products in the place of transforms, for formats that know none. */
export function withMatrixProducts(graph: Graph): Graph<StandardKind> {
  const builder = new GraphBuilder(graph.uniqueName);
  const replaced = new Map<Value, Value>();
  const now = (value: Value) => replaced.get(value) ?? value;
  for (const operation of graph.operations as readonly Operation<Kind>[]) {
    const inputs = operation.inputs.map(now);
    if (operation.kind === 'walshHadamard') {
      const y = products(builder, inputs[0]);
      y.name = operation.output.name;
      replaced.set(operation.output, y);
    } else {
      builder.add({...operation, inputs});
    }
  }
  const {operations, constants} = builder.finish([]);
  return {
    ...graph,
    outputs: graph.outputs.map(now),
    constants: [...graph.constants, ...constants],
    operations: operations as Graph<StandardKind>['operations'],
  };
}

/**
 * H x along the last axis, by H(ab) = H(a) kron H(b): each factor, of order 32 at most, is one product over the innermost digit
 * of the index, after which the digits turn by one place. It is the portable form of the op `walshHadamard`, without the
 * normalization.
 */
function products(graph: GraphBuilder, x: Value): Value {
  const n = x.shape.at(-1)!;
  let y = x;
  for (const order of hadamardOrders(n)) {
    y = graph.matMul(graph.reshape(y, [null, order]), graph.hadamard(order));
    if (order < n) y = graph.transpose(graph.reshape(y, [null, n / order, order]), [0, 2, 1]);
  }
  return graph.reshape(y, x.shape as Size[]);
}
