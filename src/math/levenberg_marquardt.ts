/** Least squares for functions of many weights and few numbers. */

/** A function of x with weights. */
interface Model {
  size: number;
  value(weights: Float64Array, x: number): number;
  /** The value; its derivatives with respect to the weights go into `gradient`. */
  differentiate(weights: Float64Array, x: number, gradient: Float64Array): number;
}

interface Points {
  x: ArrayLike<number>;
  y: ArrayLike<number>;
}

const FIRST_DAMPING = 1e-2;
/** Keeps weights that do nothing where they are. */
const FLOOR = 1e-6;
const MOST_TRIES = 10;

/** The mean of the squared distances from points. */
export function meanSquare(model: Model, weights: Float64Array, {x, y}: Points): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += (model.value(weights, x[i]) - y[i]) ** 2;
  return sum / x.length;
}

/**
 * Steps to a least mean square, one for each turn of the loop that asks, until none is found that gets nearer.
 *
 * A step solves `(A + damping (diag A + 1e-6)) d = -g`, A and g the mean products of derivatives and of derivatives and
 * distances: Gauss and Newton's step where that gets nearer, and a short one down the slope where it does not.
 *
 * Source: Marquardt 1963.
 */
export function* levenbergMarquardt(model: Model, start: Float64Array, points: Points): Generator<Float64Array> {
  let weights = start;
  let error = meanSquare(model, weights, points);
  let damping = FIRST_DAMPING;
  for (;;) {
    const {products, slope} = normalEquations(model, weights, points);
    let found = false;
    for (let tries = 0; tries < MOST_TRIES && !found; tries++) {
      const step = solve(products, slope, damping);
      if (step) {
        const next = weights.map((weight, i) => weight - step[i]);
        const nextError = meanSquare(model, next, points);
        if (nextError < error) [weights, error, found] = [next, nextError, true];
      }
      damping = found ? Math.max(damping / 3, 1e-12) : 4 * damping;
    }
    if (!found) return;
    yield weights;
  }
}

/** The lower triangle of A, row by row, and g. */
function normalEquations(model: Model, weights: Float64Array, {x, y}: Points) {
  const {size} = model;
  const products = new Float64Array(size * size);
  const slope = new Float64Array(size);
  const gradient = new Float64Array(size);
  const nonzero = new Int32Array(size); // ReLUs that are off make most derivatives 0
  for (let i = 0; i < x.length; i++) {
    const distance = model.differentiate(weights, x[i], gradient) - y[i];
    let count = 0;
    for (let j = 0; j < size; j++) if (gradient[j] !== 0) nonzero[count++] = j;
    for (let a = 0; a < count; a++) {
      const derivative = gradient[nonzero[a]] / x.length;
      const row = nonzero[a] * size;
      slope[nonzero[a]] += derivative * distance;
      for (let b = 0; b <= a; b++) products[row + nonzero[b]] += derivative * gradient[nonzero[b]];
    }
  }
  return {products, slope};
}

/** By Cholesky's factors; null if rounding leaves no positive pivot. */
function solve(products: Float64Array, slope: Float64Array, damping: number): Float64Array | null {
  const size = slope.length;
  const factor = products.slice();
  for (let i = 0; i < size; i++) {
    const row = i * size;
    factor[row + i] += damping * (factor[row + i] + FLOOR);
    for (let j = 0; j <= i; j++) {
      let sum = factor[row + j];
      for (let k = 0; k < j; k++) sum -= factor[row + k] * factor[j * size + k];
      if (i !== j) factor[row + j] = sum / factor[j * size + j];
      else if (sum > 0) factor[row + i] = Math.sqrt(sum);
      else return null;
    }
  }
  const step = slope.slice();
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) step[i] -= factor[i * size + k] * step[k];
    step[i] /= factor[i * size + i];
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) step[i] -= factor[k * size + i] * step[k];
    step[i] /= factor[i * size + i];
  }
  return step;
}
