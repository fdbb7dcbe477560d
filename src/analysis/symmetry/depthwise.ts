import {UnitWeight} from './layer_weights';
import type {UnitOperation} from './parts';
import {passing} from './unit_operations';

/** Zeros around the positions of each unit, at most so many on a side. */
export const zeroPadding = (layer: string, zeros: number): UnitOperation => ({
  ...passing(layer, 'any'),
  carriesShift: false,
  pads: true,
  zeros,
  onConstant: (value) => (value === 0 ? 0 : null),
});

/**
 * One trainable kernel for each unit, and a bias: any factor of the input goes into the kernel, which gives any to the output. A
 * constant that is added to the input goes into the bias, if there is one and no zeros of a padding lie between.
 */
export function depthwise(
  layer: string,
  kernel: Float64Array,
  bias: Float64Array | null,
  units: number,
  window: number,
  padded: boolean,
): UnitOperation {
  const weights = new UnitWeight(kernel, units);
  const offsets = bias && new UnitWeight(bias, units);
  const sum = (unit: number) => weights.of(unit).reduce((total, value) => total + value, 0);
  return {
    ...passing(layer, 'any'),
    gives: 'any',
    factors: 1,
    constants: bias ? 1 : 0,
    filters: true,
    pads: padded,
    window,
    carriesShift: bias !== null && !padded,
    weightsOf: (unit) => [...weights.of(unit), ...(offsets?.of(unit) ?? [])],
    arrays: offsets ? [weights, offsets] : [weights],
    onConstant(value, unit) {
      const constant = bias?.[unit] ?? 0;
      if (weights.of(unit).every((weight) => weight === 0) || value === 0) return constant;
      return value === null || padded ? null : value * sum(unit) + constant;
    },
    relabel({from, factor, shift}, own) {
      weights.relabel(
        from,
        factor.map((f, i) => own![i] / f),
      );
      offsets?.relabel(from, own!);
      if (shift && bias) for (let unit = 0; unit < units; unit++) bias[unit] -= shift[unit] * sum(unit);
      return {from, factor: own!, shift: null};
    },
  };
}
