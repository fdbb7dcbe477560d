/** A number below this share of the size of its terms is taken for a rounding error, and for 0. */
const ZERO = 2 ** -42;
/** Rounding errors are hardly ever above the one, and numbers hardly ever below the other: between them it may be either. */
const SURELY_ROUNDING = 2 ** -47;
export const SURELY_NUMBER = 2 ** -36;

/** Tells numbers from rounding errors, and remembers whether it was ever a near thing. */
export class Rounding {
  /** No number was so small beside its terms, and yet so large, that it might be either. */
  isSure = true;

  /** Whether x is a rounding error, given the size of the terms that it is a sum of. */
  isZero(x: number, size: number): boolean {
    const share = Math.abs(x);
    if (share > SURELY_NUMBER * size) return false;
    if (share > SURELY_ROUNDING * size) this.isSure = false;
    return share <= ZERO * size;
  }
}
