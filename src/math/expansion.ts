/** How the first pass of a shader reads an axis that is shorter than the transform, or gets an offset, a tensor T. */
export interface Expansion<T> {
  units: number;
  size: number;
  tiled: boolean;
  offset?: T;
}

/** undefined where x is as long as the signs, and nothing is added. */
export function expansionOf<T extends {shape: number[]}>(
  {signs, offset}: {[name: string]: T},
  {units, tiled}: Pick<Expansion<T>, 'units' | 'tiled'>,
): Expansion<T> | undefined {
  const size = signs?.shape[0];
  return signs && (units < size || offset) ? {units, size, tiled, offset} : undefined;
}
