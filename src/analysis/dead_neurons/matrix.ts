import {fail} from '../../errors';
import type {Affine} from '../piecewise_linear/steps';

/** Numbers in the largest matrix that is written out: 128 MB. */
const MOST = 2 ** 24;

/** Linear parts in a row, written out as a matrix [inputs, outputs]. */
export function matrixOf(steps: readonly Affine[], inputs: number): Float64Array {
  const widest = Math.max(inputs, ...steps.map(({outputs}) => outputs));
  if (inputs * widest > MOST) {
    const size = `${inputs} x ${widest}`;
    fail('stablyUnactivated', `a layer must have a matrix of at most ${MOST} numbers`, size, 'Take smaller images.');
  }
  let columns: Float64Array = new Float64Array(inputs * inputs);
  for (let j = 0; j < inputs; j++) columns[j * inputs + j] = 1;
  for (const step of steps) columns = step.linear(columns, inputs);
  return columns;
}
