import type {Affine, Cropped} from '../piecewise_linear/steps';

/** The entries of a row, of a map of its own if there is one: that takes as long as the row has entries. */
function* rowOf(step: Affine, output: number): Iterable<[input: number, weight: number]> {
  const part = partOf(step, output);
  const places = part?.inputs;
  const own = part?.step ?? step;
  const unit = new Float64Array(own.outputs);
  unit[part ? part.outputs.indexOf(output) : output] = 1;
  const row = own.transposed(unit, 1);
  for (let i = 0; i < row.length; i++) if (row[i] !== 0) yield [places ? places[i] : i, row[i]];
}

function partOf({crop, pointwise, inputs, outputs}: Affine, output: number): Cropped | undefined {
  if (!pointwise) return crop?.([output]);
  const unit = Int32Array.of(output);
  const parts = Int32Array.from({length: inputs / outputs}, (_, part) => part * outputs + output);
  return {step: pointwise(unit), inputs: parts, outputs: unit};
}

/** Which sums a linear map of numbers without lower or upper ends lets grow without end, to either side; 1 if in doubt. */
export function unboundedSides(step: Affine, low: Float64Array, high: Float64Array) {
  const {inputs, outputs} = step;
  const marks = new Float64Array(2 * inputs);
  for (let i = 0; i < inputs; i++) {
    marks[i] = Number(high[i] === Infinity);
    marks[inputs + i] = Number(low[i] === -Infinity);
  }
  const [sums, sizes] = [step.linear(marks, 2), step.absolute(marks, 2)];
  const sides = {low: new Uint8Array(outputs), high: new Uint8Array(outputs)};
  for (let j = 0; j < outputs; j++) {
    const [up, upSize, down, downSize] = [sums[j], sizes[j], sums[outputs + j], sizes[outputs + j]];
    sides.high[j] = Number(up !== -upSize || down !== downSize);
    sides.low[j] = Number(up !== upSize || down !== -downSize);
    // A sum hides entries that are small beside others: only the entries themselves say that none has the other sign.
    const isClear = upSize === 0 && downSize === 0;
    if (isClear || (sides.high[j] && sides.low[j])) continue;
    for (const [i, weight] of rowOf(step, j)) {
      const [upwards, downwards] = weight > 0 ? [marks[i], marks[inputs + i]] : [marks[inputs + i], marks[i]];
      if (upwards) sides.high[j] = 1;
      if (downwards) sides.low[j] = 1;
    }
  }
  return sides;
}
