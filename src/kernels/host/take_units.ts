import {type TensorInfo, util} from '@tensorflow/tfjs';
import type {KernelFunction} from '../../engine';
import {putUnits, takeUnits} from '../../math/take_units';
import type {HostMemory, OwnMemory} from './memory';

/** For tensors that JavaScript reaches where they are: to move a few units takes no module. */
export const takeUnitsHost =
  (memory: OwnMemory): KernelFunction =>
  ({inputs, attrs, backend}) => {
    const [x, indices, inverse] = [inputs.x!, inputs.indices!, inputs.inverse!];
    const {axis} = attrs as unknown as {axis: number};
    const [n, count] = [x.shape[axis], indices.shape[0]];
    const inner = util.sizeFromShape(x.shape.slice(axis + 1));
    return memory.make(backend, withUnits(x, axis, count), (y) => {
      const values = memory.read(backend, x);
      if (count > n) putUnits(values, y, unitsOf(memory, backend, inverse), count, inner);
      else takeUnits(values, y, unitsOf(memory, backend, indices), n, inner);
    });
  };

/** The shape of a tensor with another number of units along an axis. */
export const withUnits = ({shape}: TensorInfo, axis: number, count: number): number[] =>
  shape.map((size, i) => (i === axis ? count : size));

/** The values of a tensor of dtype int32. */
export const unitsOf = (memory: HostMemory, backend: unknown, indices: TensorInfo): Int32Array =>
  memory.read(backend, indices) as unknown as Int32Array;
