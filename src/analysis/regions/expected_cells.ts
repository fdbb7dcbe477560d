import type {PiecewiseLinear} from '../piecewise_linear/read_model';

/**
 * The expected activation cells along a segment of a network like this one with random weights. Of other layers than
 * dense ones and two slopes at 0 it is not known: then the reason, in words.
 *
 * A unit sees the ends as z = w x + b: to it they are the vectors (sqrt(A) x, sqrt(B)), where A is the mean square of w
 * and B of b, and it changes its sign between them with probability angle / pi. A layer of two slopes halves the mean
 * square of its values and of their derivatives alike, so for the next layer they are such vectors again.
 */
export function expectedCells({nodes}: PiecewiseLinear, from: Float64Array, to: Float64Array): number | string {
  let [a, b] = [1, 0];
  let width = 1;
  let cells = 1;
  for (const {layer, step} of nodes) {
    if (step.kind === 'affine' && step.meanSquares) {
      const {weight, bias} = step.meanSquares;
      [a, b] = [a * width * weight, b * width * weight + bias];
      width = step.outputs;
    } else if (step.kind === 'elementwise') {
      const twoSlopes = step.functions.every(({kinks, values}) => kinks.length <= 1 && values[0] === 0 && !kinks[0]);
      if (!twoSlopes) return `layer ${layer} bends elsewhere than at 0`;
      const bent = step.functions.filter(({kinks}) => kinks.length === 1).length;
      cells += (bent * angle(from, to, a, b)) / Math.PI;
      const squares = step.functions.map(({slopes}) => (slopes[0] ** 2 + slopes[slopes.length - 1] ** 2) / 2);
      const factor = squares.reduce((sum, square) => sum + square, 0) / squares.length;
      [a, b] = [a * factor, b * factor];
    } else {
      return step.kind === 'max'
        ? `layer ${layer} takes largest values`
        : `the weights of layer ${layer} are not those of a dense layer`;
    }
  }
  return cells;
}

function angle(x: Float64Array, y: Float64Array, a: number, b: number): number {
  const product = (u: Float64Array, v: Float64Array) => u.reduce((sum, value, i) => sum + a * value * v[i], b);
  const cosine = product(x, y) / Math.sqrt(product(x, x) * product(y, y));
  return Math.acos(Math.max(-1, Math.min(1, cosine)));
}
