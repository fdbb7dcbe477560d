import * as tf from '@tensorflow/tfjs';
import {sample} from './models';

/** What is left of a row after elimination counts as zero below this share of the largest entry: float32 has 7 digits. */
const ZERO = 1e-5;

/** The rank of the derivatives of all outputs at random inputs with respect to all weights. */
export function jacobianRank(model: tf.LayersModel, inputs: number): number {
  const x = sample(model, inputs);
  const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const outputs = model.outputs[0].shape[1] as number;
  const rows: Float64Array[] = [];
  for (let i = 0; i < inputs; i++) {
    for (let k = 0; k < outputs; k++) {
      const row = tf.tidy(() => {
        const output = () => tf.sum(tf.slice(model.apply(tf.slice(x, i, 1)) as tf.Tensor, [0, k], [1, 1])) as tf.Scalar;
        const {grads} = tf.variableGrads(output, variables);
        return variables.flatMap(({name}) => Array.from(grads[name].dataSync()));
      });
      rows.push(Float64Array.from(row));
    }
  }
  x.dispose();
  return rank(rows);
}

/** Gaussian elimination with complete pivoting. */
function rank(rows: Float64Array[]): number {
  let first = 0;
  for (let step = 0; step < Math.min(rows.length, rows[0].length); step++) {
    let [size, row, column] = [0, step, 0];
    for (let i = step; i < rows.length; i++) {
      rows[i].forEach((value, j) => {
        if (Math.abs(value) > size) [size, row, column] = [Math.abs(value), i, j];
      });
    }
    if (step === 0) first = size;
    if (size <= ZERO * first) return step;
    [rows[step], rows[row]] = [rows[row], rows[step]];
    const pivot = rows[step];
    for (let i = step + 1; i < rows.length; i++) {
      const factor = rows[i][column] / pivot[column];
      for (let j = 0; j < pivot.length; j++) rows[i][j] -= factor * pivot[j];
      rows[i][column] = 0;
    }
  }
  return Math.min(rows.length, rows[0].length);
}
