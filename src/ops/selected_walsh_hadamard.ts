import * as tf from '@tensorflow/tfjs';
import {type KernelDefinition, runKernel} from '../engine';
import {takeUnitsKernel, type UnitSelection} from './take_units';
import {signedWalshHadamardKernel} from './walsh_hadamard';

type Inputs = {x: tf.Tensor; signs: tf.Tensor; indices: tf.Tensor; inverse: tf.Tensor};
/** `fixed`: nobody wants the derivative by the signs, so x is not kept for it. */
type Attrs = {axis: number; scale: number; transposed: boolean; fixed: boolean};

/**
 * y = the units `indices` of scale H (signs x) along one axis; transposed, y = scale signs H x', where x' has the units of x
 * at `indices` and zeros elsewhere. Each is the other's adjoint. `inverse` is that of `takeUnitsKernel`. What is not
 * selected is never written to memory.
 */
export const selectedWalshHadamardKernel: KernelDefinition<Inputs, Attrs> = {
  name: 'SelectedWalshHadamard',
  inputs: ['x', 'signs', 'indices', 'inverse'],
  forward: ({x, signs, indices, inverse}, attrs) => {
    const {axis, transposed} = attrs;
    if (!transposed) {
      const all = runKernel(signedWalshHadamardKernel, {x, signs}, attrs);
      return runKernel(takeUnitsKernel, {x: all, indices, inverse}, {axis});
    }
    const all = runKernel(takeUnitsKernel, {x, indices: inverse, inverse: indices}, {axis});
    return runKernel(signedWalshHadamardKernel, {x: all, signs}, attrs);
  },
  gradient: {
    saved: ({fixed}) => [...(fixed ? [] : (['x'] as const)), 'signs', 'indices', 'inverse'],
    run: (dy, {x, signs, indices, inverse}, attrs) => {
      const {axis, transposed} = attrs;
      const back = {...attrs, transposed: !transposed};
      return {
        x: () => runKernel(selectedWalshHadamardKernel, {x: dy, signs, indices, inverse}, back),
        signs: () => {
          const [short, long] = transposed ? [x, dy] : [dy, x];
          const all = runKernel(takeUnitsKernel, {x: short, indices: inverse, inverse: indices}, {axis});
          const [input, output] = transposed ? [all, long] : [long, all];
          return signedWalshHadamardKernel.gradient!.run(output, {x: input, signs}, attrs).signs();
        },
        indices: () => tf.zerosLike(indices),
        inverse: () => tf.zerosLike(inverse),
      };
    },
  },
};

/** The selected units of the orthonormal transform of x along an axis, times `signs` before. */
export function selectedWalshHadamard(
  x: tf.Tensor,
  {indices, inverse}: UnitSelection,
  {axis, signs, fixed}: {axis: number; signs: tf.Tensor; fixed: boolean},
): tf.Tensor {
  const attrs = {axis, scale: 1 / Math.sqrt(signs.size), transposed: false, fixed};
  return runKernel(selectedWalshHadamardKernel, {x, signs, indices, inverse}, attrs);
}
