/** The standard normal distribution in double precision, also where its tail underflows. */

const LOG_2PI = Math.log(2 * Math.PI);

export function density(x: number): number {
  return Math.exp(-0.5 * (x * x + LOG_2PI));
}

/** P(z > x) / density(x), for x >= 0 */
function millsRatio(x: number): number {
  if (x < 3) {
    // P(0 < z < x) / density(x) = x + x^3 / 3 + x^5 / (3 * 5) + ...: all terms are positive
    let term = x;
    let sum = x;
    for (let n = 3; term > 1e-17 * sum; n += 2) {
      term *= (x * x) / n;
      sum += term;
    }
    return 0.5 / density(x) - sum;
  }
  // Laplace's continued fraction 1 / (x + 1 / (x + 2 / (x + 3 / ...))), from the end
  let fraction = x;
  for (let n = Math.ceil(20 + 600 / (x * x)); n > 0; n--) fraction = x + n / fraction;
  return 1 / fraction;
}

/** P(z > x). */
export function tail(x: number): number {
  return x < 0 ? 1 - tail(-x) : density(x) * millsRatio(x);
}

/** ln P(z > x). */
export function logTail(x: number): number {
  if (x < 0) return Math.log1p(-tail(-x));
  return Math.log(millsRatio(x)) - 0.5 * (x * x + LOG_2PI);
}

/** density(x) / P(z > x), about x for large x. */
export function hazard(x: number): number {
  return x < 0 ? density(x) / tail(x) : 1 / millsRatio(x);
}

/** erf(x). */
export function erf(x: number): number {
  return 1 - 2 * tail(x * Math.SQRT2);
}
