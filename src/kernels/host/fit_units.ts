import {util} from '@tensorflow/tfjs';
import type {KernelFunction} from '../../engine';
import {addToFirstUnits, expandUnits} from '../../math/fit_units';
import type {HostMemory, OwnMemory} from './memory';
import {withUnits} from './take_units';

type Call = Parameters<KernelFunction>[0];
type Expansion = {axis: number; units: number; tiled: boolean; moved: number};

/** For tensors that JavaScript reaches where they are: the engine's own copies are as fast as any loop. */
export const expandUnitsHost =
  (memory: OwnMemory): KernelFunction =>
  (call) => {
    const {axis, size} = call.attrs as unknown as {axis: number; size: number};
    return memory.make(call.backend, withUnits(call.inputs.x!, axis, size), (y) => fill(memory, call, size, y));
  };

/** The values of x with `size` units along the axis, and the offset; perhaps a view, not to be written. */
export function readExpanded(memory: HostMemory, call: Call, size: number): Float32Array {
  const x = call.inputs.x!;
  const {axis, units, moved} = call.attrs as unknown as Expansion;
  if (units === size && moved === 0) return memory.read(call.backend, x);
  const y = new Float32Array(util.sizeFromShape(withUnits(x, axis, size)));
  fill(memory, call, size, y);
  return y;
}

function fill(memory: HostMemory, {inputs, attrs, backend}: Call, size: number, y: Float32Array): void {
  const {axis, units, tiled} = attrs as unknown as Expansion;
  const {offset} = inputs;
  const x = inputs.x!;
  const inner = util.sizeFromShape(x.shape.slice(axis + 1));
  expandUnits(memory.read(backend, x), y, units * inner, size * inner, tiled);
  if (offset) addToFirstUnits(y, size * inner, inner, memory.read(backend, offset));
}
