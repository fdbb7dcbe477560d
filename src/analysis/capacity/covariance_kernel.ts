/** kappa(q) = Cov(f(u), f(v)) for standard normal u and v of correlation q, and what the theory reads off it. */
export interface CovarianceKernel {
  /** kappa(q): covariance of f at two standard normal numbers of correlation q. */
  covariance(q: number): number;
  /** kappa'(q). */
  slope(q: number): number;
  /** kappa(1) = Var f(z). */
  variance: number;
  /** kappa'(0) = (E f'(z))^2: the linear part of f. */
  linear: number;
  /** kappa''(0) = (E f''(z))^2. */
  curvature: number;
  /** kappa'(1) = E f'(z)^2; Infinity if f jumps. */
  slopeAtOne: number;
}
