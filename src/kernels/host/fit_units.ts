import {util} from '@tensorflow/tfjs';
import type {KernelFunction} from '../../engine';
import {addToFirstUnits, expandUnits} from '../../math/fit_units';
import type {OwnMemory} from './memory';
import {withUnits} from './take_units';

/** For tensors that JavaScript reaches where they are: the engine's own copies are as fast as any loop. */
export const expandUnitsHost =
  (memory: OwnMemory): KernelFunction =>
  ({inputs, attrs, backend}) => {
    const {axis, units, size, tiled} = attrs as unknown as {axis: number; units: number; size: number; tiled: boolean};
    const [x, offset] = [inputs.x!, inputs.offset!];
    const inner = util.sizeFromShape(x.shape.slice(axis + 1));
    return memory.make(backend, withUnits(x, axis, size), (y) => {
      expandUnits(memory.read(backend, x), y, units * inner, size * inner, tiled);
      if (offset.shape[0] > 0) addToFirstUnits(y, size * inner, inner, memory.read(backend, offset));
    });
  };
