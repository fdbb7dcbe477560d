import type {Constant} from '../lower/operations';
import type {Weight} from './weights';

/** A constant with its axes in another order; `axis` is then that of the outputs. */
export function turned(
  {shape, data}: Constant,
  perm: readonly number[],
  axis: number,
): Pick<Weight, 'shape' | 'data' | 'axis'> {
  const strides = shape.map((_, i) => shape.slice(i + 1).reduce((product, size) => product * size, 1));
  const newShape = perm.map((old) => shape[old]);
  const numbers = Float32Array.from(data, (_, i) => {
    let rest = i;
    let from = 0;
    for (let place = perm.length - 1; place >= 0; place--) {
      from += (rest % newShape[place]) * strides[perm[place]];
      rest = Math.floor(rest / newShape[place]);
    }
    return data[from];
  });
  return {shape: newShape, data: numbers, axis};
}
