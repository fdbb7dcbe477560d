import type {Size} from './operations';

/** The number of elements; null if it is not known. */
export const product = (shape: readonly Size[]): Size =>
  shape.reduce<Size>((all, size) => (all === null || size === null ? null : all * size), 1);

/** The shape of what two shapes are broadcast to. */
export function broadcast(a: readonly Size[], b: readonly Size[]): Size[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({length: rank}, (_, i) => {
    const [left, right] = [a, b].map((shape) => (i < rank - shape.length ? 1 : shape[i - rank + shape.length]));
    return left === 1 ? right : left;
  });
}

/** A new shape, with the one size that is not known from the old one, if that tells. */
export function reshaped(from: readonly Size[], to: readonly Size[]): readonly Size[] {
  const all = product(from);
  if (all === null) return to;
  const known = product(to.filter((size) => size !== null))!;
  return to.map((size) => size ?? all / known);
}

/** A shape without some axes, or with 1 in their place. */
export function pooled(shape: readonly Size[], axes: readonly number[], keepDims: boolean): Size[] {
  return shape.flatMap((size, i) => (axes.includes(i) ? (keepDims ? [1] : []) : [size]));
}

/** A shape with another size of one axis. */
export const replaced = (shape: readonly Size[], axis: number, size: Size): Size[] =>
  shape.map((old, i) => (i === axis ? size : old));
