/**
 * Loops of the ReLU pair over x [outer, units, inner], one pair of slopes per unit. The sign picks the slope by an index,
 * not by a branch: random signs would mispredict every second branch, which costs three times the loop.
 */

/** The slopes in pairs: [positive, negative] per unit. */
function interleave(negative: Float32Array, positive: Float32Array): Float32Array {
  const slopes = new Float32Array(2 * negative.length);
  for (let u = 0; u < negative.length; u++) {
    slopes[2 * u] = positive[u];
    slopes[2 * u + 1] = negative[u];
  }
  return slopes;
}

/** y = x * (x < 0 ? negative : positive). */
export function reluPair(
  x: Float32Array,
  negative: Float32Array,
  positive: Float32Array,
  inner: number,
  y: Float32Array,
): void {
  const slopes = interleave(negative, positive);
  for (let k = 0; k < x.length; ) {
    for (let u = 0; u < slopes.length; u += 2) {
      for (const end = k + inner; k < end; k++) {
        const v = x[k];
        y[k] = v * slopes[u + Number(v < 0)];
      }
    }
  }
}

/** The derivatives of sum(dy * reluPair(x)): dx by element, the slopes' summed over outer and inner in doubles. */
export function reluPairGradient(
  x: Float32Array,
  negative: Float32Array,
  positive: Float32Array,
  dy: Float32Array,
  inner: number,
): [dx: Float32Array, dnegative: Float32Array, dpositive: Float32Array] {
  const slopes = interleave(negative, positive);
  const dslopes = new Float64Array(slopes.length);
  const dx = new Float32Array(x.length);
  for (let k = 0; k < x.length; ) {
    for (let u = 0; u < slopes.length; u += 2) {
      for (const end = k + inner; k < end; k++) {
        const v = x[k];
        const g = dy[k];
        const slot = u + Number(v < 0);
        dx[k] = g * slopes[slot];
        dslopes[slot] += g * v;
      }
    }
  }
  const every2nd = (start: number) => Float32Array.from(negative, (_, u) => dslopes[2 * u + start]);
  return [dx, every2nd(1), every2nd(0)];
}
