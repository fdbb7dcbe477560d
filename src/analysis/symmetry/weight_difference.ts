import {allWeights, type Network} from './network';
import {isTied} from './parts';
import type {UnitGraph} from './unit_graph';

/** Sizes against which weights count that are sums of others: what turned sigmoids have added to them and taken off. */
export function sizesOf({spaces}: Network, {maps}: UnitGraph): Map<Float64Array, Float64Array> {
  const sizes = new Map<Float64Array, Float64Array>();
  for (const {map, biasSize} of maps) if (map.bias && biasSize) sizes.set(map.bias, biasSize);
  for (const space of spaces) {
    if (isTied(space) || !space.operations.some(({shifts}) => shifts)) continue;
    for (const {mean} of space.operations)
      if (mean)
        sizes.set(
          mean,
          mean.map((value) => Math.max(1, Math.abs(value))),
        );
  }
  return sizes;
}

/** The largest difference of two weights, as a share of the larger one or of its size. */
export function largestDifference(a: Network, b: Network, sizes: ReadonlyMap<Float64Array, Float64Array>): number {
  const others = allWeights(b);
  let largest = 0;
  for (const [i, data] of allWeights(a).entries()) {
    const own = sizes.get(data);
    for (const [k, value] of data.entries()) {
      const other = others[i][k];
      if (value === other) continue;
      const size = Math.max(Math.abs(value), Math.abs(other), own?.[k] ?? 0);
      largest = Math.max(largest, Math.abs(value - other) / size);
    }
  }
  return largest;
}
