import {UnitWeight} from './layer_weights';
import type {TrainableMap} from './parts';

/** Small dense layers side by side, of `size` units each: a kernel [blocks, in, out]. Units move within their block. */
export function blockMap(
  layer: string,
  kernel: Float64Array,
  bias: Float64Array | null,
  units: number,
  size: number,
): TrainableMap {
  const rows = new UnitWeight(kernel, units, size);
  const offsets = bias && new UnitWeight(bias, units);
  /** Output unit of an entry, and the entry for another output unit of the block. */
  const outputOf = (k: number) => Math.floor(k / size ** 2) * size + (k % size);
  return {
    kind: 'trainable',
    layer,
    units,
    takesShift: bias !== null,
    hasBias: bias !== null,
    bias,
    block: size,
    inputs: null,
    relabelInputs({from, factor, shift}) {
      rows.relabel(
        from,
        factor.map((f) => 1 / f),
      );
      if (!(shift && bias)) return;
      for (const [k, weight] of kernel.entries()) bias[outputOf(k)] -= weight * shift[rows.unitOf(k)];
    },
    relabelOutputs({from, factor}) {
      const old = kernel.slice();
      for (const k of kernel.keys()) {
        const unit = outputOf(k);
        kernel[k] = factor[unit] * old[k - unit + from[unit]];
      }
      offsets?.relabel(from, factor);
    },
    weightsInto: (unit) => [
      ...Array.from({length: size}, (_, i) => kernel[(Math.floor(unit / size) * size + i) * size + (unit % size)]),
      ...(offsets?.of(unit) ?? []),
    ],
    /** To all units: 0 to those of other blocks. */
    weightsFrom(unit) {
      const all = new Array<number>(units).fill(0);
      const start = Math.floor(unit / size) * size;
      for (const [o, weight] of rows.of(unit).entries()) all[start + o] = weight;
      return all;
    },
  };
}
