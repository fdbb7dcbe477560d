import * as tf from '@tensorflow/tfjs';
import {type KernelDefinition, runKernel} from '../engine';

type Inputs = {x: tf.Tensor; indices: tf.Tensor; inverse: tf.Tensor};

/**
 * y[j] = x[indices[j]] along one axis; where indices are more than the axis has units, those past its end give 0. `inverse`
 * takes the units back to their places: so the adjoint is the same kernel with the two exchanged, which reads and writes
 * those units only, and zeros. The adjoint of tf.gather is UnsortedSegmentSum, which wasm and webgpu lack.
 */
export const takeUnitsKernel: KernelDefinition<Inputs, {axis: number}> = {
  name: 'TakeUnits',
  inputs: ['x', 'indices', 'inverse'],
  forward: ({x, indices, inverse}, {axis}) => {
    const shape = x.shape.map((size, i) => (i === axis ? indices.size : size));
    // The gather of wasm forgets the shape of no elements.
    if (x.size === 0) return tf.zeros(shape);
    if (indices.size <= x.shape[axis]) return tf.gather(x, indices as tf.Tensor1D, axis);
    const outer = tf.util.sizeFromShape(shape.slice(0, axis));
    const inner = tf.util.sizeFromShape(shape.slice(axis + 1));
    const starts = tf.tensor2d(
      Int32Array.from({length: outer}, (_, o) => o * indices.size),
      [outer, 1],
      'int32',
    );
    const places = tf.reshape(tf.add(starts, inverse), [-1, 1]);
    const units = tf.reshape(x, [outer * inverse.size, inner]);
    return tf.reshape(tf.scatterND(places, units, [outer * indices.size, inner]), shape);
  },
  gradient: {
    saved: ['indices', 'inverse'],
    run: (dy, {indices, inverse}, attrs) => ({
      x: () => runKernel(takeUnitsKernel, {x: dy, indices: inverse, inverse: indices}, attrs),
      // Indices have no derivative; the engine asks only for inputs on the path.
      indices: () => tf.zerosLike(indices),
      inverse: () => tf.zerosLike(inverse),
    }),
  },
};

/** Distinct units to take from an axis of `size`, as tensors that the caller owns. */
export class UnitSelection {
  readonly indices: tf.Tensor1D;
  readonly inverse: tf.Tensor1D;

  constructor(positions: Int32Array, size: number) {
    const inverse = new Int32Array(size).fill(positions.length);
    positions.forEach((position, j) => {
      inverse[position] = j;
    });
    this.indices = tf.keep(tf.tensor1d(positions, 'int32'));
    this.inverse = tf.keep(tf.tensor1d(inverse, 'int32'));
  }

  /** The selected units of `axis`. */
  take<T extends tf.Tensor>(x: T, axis: number): T {
    return runKernel(takeUnitsKernel, {x, indices: this.indices, inverse: this.inverse}, {axis}) as T;
  }

  /** Puts units back to their places; 0 elsewhere. */
  scatter<T extends tf.Tensor>(x: T, axis: number): T {
    return runKernel(takeUnitsKernel, {x, indices: this.inverse, inverse: this.indices}, {axis}) as T;
  }

  dispose(): void {
    tf.dispose([this.indices, this.inverse]);
  }
}
