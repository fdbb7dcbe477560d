import type {SimdKernels} from './instance';
import type {ProductsModule} from './modules';
import type {Planner} from './plan';
import {PRODUCTS} from './products_bytes';

/** a^T b for `first`, else a b^T: the loops read rows of the longer matrix, so the shorter one is that which is turned. */
const transposedMatMul: Planner<ProductsModule> = (native, {a, b}, attrs) => {
  if (attrs?.first) {
    // As (b^T a)^T where b has fewer columns.
    const [[steps, columns], [, rows]] = [a.shape, b.shape];
    return {
      inputs: [a, b],
      outputs: [[columns, rows]],
      scratch: 4 * rows * columns,
      run: ([from, by], [to], turned) => {
        native.product(by, 4, 4 * rows, from, turned, rows, columns, steps);
        native.transpose(turned, to, rows, columns);
      },
    };
  }
  const [[rows, steps], [columns]] = [a.shape, b.shape];
  return {
    inputs: [a, b],
    outputs: [[rows, columns]],
    scratch: 4 * columns * steps,
    run: ([from, by], [to], turned) => {
      native.transpose(by, turned, columns, steps);
      native.product(from, 4 * steps, 4, turned, to, rows, columns, steps);
    },
  };
};

export const products: SimdKernels<ProductsModule> = {
  module: PRODUCTS,
  planners: {TransposedMatMul: transposedMatMul},
};
