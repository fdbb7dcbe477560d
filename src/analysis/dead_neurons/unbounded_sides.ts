import type {Affine} from '../piecewise_linear/steps';

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
    const unit = new Float64Array(outputs);
    unit[j] = 1;
    const row = step.transposed(unit, 1);
    for (let i = 0; i < inputs; i++) {
      const [upwards, downwards] = row[i] > 0 ? [marks[i], marks[inputs + i]] : [marks[inputs + i], marks[i]];
      if (row[i] === 0) continue;
      if (upwards) sides.high[j] = 1;
      if (downwards) sides.low[j] = 1;
    }
  }
  return sides;
}
