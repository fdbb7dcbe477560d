import * as tf from '@tensorflow/tfjs';
import {type KernelDefinition, runKernel} from '../engine';
import {type Expansion, expanded, expansionFor, expansionGradients, unexpanded} from './fit_units';
import {takeUnitsKernel, type UnitSelection} from './take_units';
import {type Projection, signedWalshHadamardKernel} from './walsh_hadamard';

/** An offset where it moves anything. */
type Inputs = {x: tf.Tensor; signs: tf.Tensor; indices: tf.Tensor; inverse: tf.Tensor; offset?: tf.Tensor};
/** `fixed`: nobody wants the derivative by the signs, so x is not kept for it. */
type Attrs = {axis: number; scale: number; transposed: boolean; fixed: boolean} & Expansion;

/**
 * y = the units `indices` of scale H (signs E x) along one axis, with E as in `signedWalshHadamardKernel`; transposed,
 * y = scale signs H x', where x' has the units of x at `indices` and zeros elsewhere. Each is the other's adjoint. `inverse` is
 * that of `takeUnitsKernel`. What is not selected is never written to memory.
 */
export const selectedWalshHadamardKernel: KernelDefinition<Inputs, Attrs> = {
  name: 'SelectedWalshHadamard',
  inputs: ['x', 'signs', 'indices', 'inverse', 'offset'],
  forward: ({indices, inverse, ...inputs}, attrs) => {
    const {axis, transposed} = attrs;
    if (!transposed) {
      const all = runKernel(signedWalshHadamardKernel, inputs, attrs);
      return runKernel(takeUnitsKernel, {x: all, indices, inverse}, {axis});
    }
    const all = runKernel(takeUnitsKernel, {x: inputs.x, indices: inverse, inverse: indices}, {axis});
    return runKernel(signedWalshHadamardKernel, {...inputs, x: all}, attrs);
  },
  gradient: {
    saved: ({fixed, moved}) => [
      ...(fixed ? [] : (['x'] as const)),
      ...(['signs', 'indices', 'inverse'] as const),
      ...(fixed || moved === 0 ? [] : (['offset'] as const)),
    ],
    run: (dy, inputs, attrs) => {
      const {signs, indices, inverse} = inputs;
      const {axis, transposed} = attrs;
      const back = {...attrs, ...unexpanded(signs.size), transposed: !transposed};
      const byAll = () => runKernel(selectedWalshHadamardKernel, {x: dy, signs, indices, inverse}, back);
      return {
        ...(transposed ? {x: byAll} : expansionGradients(byAll, axis, attrs)),
        signs: () => {
          const x = transposed ? inputs.x : expanded(inputs, axis, signs.size, attrs);
          const [short, long] = transposed ? [x, dy] : [dy, x];
          const all = runKernel(takeUnitsKernel, {x: short, indices: inverse, inverse: indices}, {axis});
          const [input, output] = transposed ? [all, long] : [long, all];
          const whole = {...attrs, ...unexpanded(signs.size)};
          return signedWalshHadamardKernel.gradient!.run(output, {...inputs, x: input}, whole).signs();
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
  {axis, signs, fixed, expand}: Projection,
): tf.Tensor {
  const {inputs, expansion} = expansionFor(x, axis, signs.size, expand);
  const attrs = {axis, scale: 1 / Math.sqrt(signs.size), transposed: false, fixed, ...expansion};
  return runKernel(selectedWalshHadamardKernel, {...inputs, signs, indices, inverse}, attrs);
}
