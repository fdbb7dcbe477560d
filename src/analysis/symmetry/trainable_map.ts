import {UnitWeight} from './layer_weights';
import type {TrainableMap} from './parts';

/**
 * A dense layer or a convolution, whose kernel ends in the axes [in, out]. After a flatten layer, `inputs` is the
 * number of channels, which repeat along the first axis of the kernel.
 */
export function trainableMap(
  layer: string,
  kernel: Float64Array,
  bias: Float64Array | null,
  inputs: number,
  outputs: number,
  padded = false,
): TrainableMap {
  const rows = new UnitWeight(kernel, inputs, outputs);
  const columns = new UnitWeight(kernel, outputs);
  const offsets = bias && new UnitWeight(bias, outputs);
  return {
    kind: 'trainable',
    layer,
    units: outputs,
    // A constant does not reach the zeros of the padding.
    takesShift: bias !== null && !padded,
    hasBias: bias !== null,
    bias,
    block: null,
    inputs: kernel.length === inputs * outputs ? inputs : null,
    relabelInputs({from, factor, shift}) {
      rows.relabel(
        from,
        factor.map((f) => 1 / f),
      );
      if (shift && bias) {
        for (let k = 0; k < kernel.length; k++) bias[k % outputs] -= kernel[k] * shift[rows.unitOf(k)];
      }
    },
    relabelOutputs({from, factor}) {
      columns.relabel(from, factor);
      offsets?.relabel(from, factor);
    },
    weightsInto: (unit) => [...columns.of(unit), ...(offsets?.of(unit) ?? [])],
    weightsFrom: (unit) => rows.of(unit),
  };
}
