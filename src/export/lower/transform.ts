import {hadamardOrders} from '../../math/hadamard_matrix';
import type {GraphBuilder} from './builder';
import type {Size, Value} from './operations';

/**
 * H x along the last axis, n long, by H(ab) = H(a) kron H(b): each factor, of order 32 at most, is one product over the
 * innermost digit of the index, after which the digits turn by one place. It is the portable form of the op
 * `walshHadamard`, without the normalization.
 */
export function walshHadamard(graph: GraphBuilder, x: Value, n: number): Value {
  let y = x;
  for (const order of hadamardOrders(n)) {
    y = graph.matMul(graph.reshape(y, [null, order]), graph.hadamard(order));
    if (order < n) y = graph.transpose(graph.reshape(y, [null, n / order, order]), [0, 2, 1]);
  }
  return graph.reshape(y, x.shape as Size[]);
}
