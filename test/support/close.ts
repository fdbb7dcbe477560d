export interface Tolerance {
  /** Allowed error as a share of the largest finite |expected|. Default 1e-5: about 100 float32 roundings. */
  relative?: number;
  /** Allowed error on top of it. Default 1e-6: it alone counts where all expected values are 0. */
  absolute?: number;
}

/**
 * Asserts that two arrays agree: `|actual - expected| <= absolute + relative * max|expected|`.
 *
 * The bound follows the largest value, not each value on its own: the float32 error of a long sum follows the size of its
 * terms, also where they cancel. NaN equals NaN only, and an infinity only itself.
 */
export function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: Tolerance = {}): void {
  if (actual.length !== expected.length) {
    throw new Error(`expectClose: ${actual.length} values, expected ${expected.length}.`);
  }
  const {relative = 1e-5, absolute = 1e-6} = tolerance;
  const bound = absolute + relative * largest(expected);
  let worst = -1;
  let worstError = bound;
  let wrong = 0;
  for (let i = 0; i < expected.length; i++) {
    const error = difference(actual[i], expected[i]);
    if (error > bound) wrong++;
    if (error > worstError) {
      worst = i;
      worstError = error;
    }
  }
  if (worst >= 0) {
    const values = `${actual[worst]}, expected ${expected[worst]}`;
    const size = `error ${worstError.toExponential(2)} > ${bound.toExponential(2)}`;
    throw new Error(
      `expectClose: ${wrong} of ${expected.length} values differ; worst at [${worst}]: ${values}; ${size}.`,
    );
  }
}

/** The largest finite size of a value. */
export function largest(values: ArrayLike<number>): number {
  let max = 0;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i]);
    if (Number.isFinite(size) && size > max) max = size;
  }
  return max;
}

/** 0 for equal values, NaN and infinities included; infinite if only one of them is such. */
export function difference(a: number, b: number): number {
  if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return 0;
  const error = Math.abs(a - b);
  return Number.isNaN(error) ? Number.POSITIVE_INFINITY : error;
}
