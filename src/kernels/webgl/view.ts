import {util} from '@tensorflow/tfjs';

/** A tensor as matrices: a texel holds two rows by two columns of one of them. An odd row or column has texels of its own. */
export type View = [matrices: number, rows: number, columns: number];

/** The axis of a view along which the units of a tensor lie. */
export type Along = 'rows' | 'columns';

/** How tfjs itself packs a tensor: reading it so moves no texel. */
export function packedView(shape: number[]): View {
  const [rows, columns] = [1, ...shape].slice(-2);
  return [util.sizeFromShape(shape.slice(0, -2)), rows, columns];
}

/** A tensor seen as [outer, units, inner], with the units along an axis of their own. */
export function unitsView(shape: number[], units: number, inner: number): {view: View; along: Along} {
  const rows = util.sizeFromShape(shape) / units;
  if (inner !== 1) return {view: [rows / inner, units, inner], along: 'rows'};
  const packed = packedView(shape);
  return {view: packed[2] === units ? packed : [1, rows, units], along: 'columns'};
}
