/**
 * Gradient of a scalar function by central differences, `(f(x + h e_i) - f(x - h e_i)) / 2h`.
 *
 * `f` must compute in double precision: with the default step the error is then about 1e-9 of the size of `f`, far below
 * float32. Differences of float32 results prove nothing at that step. Keep `x` further than `h` from any kink of `f`.
 *
 * @param step `h` for values up to 1; it grows with |x_i| above that.
 */
export function centralDifference(f: (x: Float64Array) => number, x: ArrayLike<number>, step = 1e-6): Float64Array {
  const at = Float64Array.from(x);
  return at.map((value, i) => {
    const h = step * Math.max(1, Math.abs(value));
    const side = (shifted: number) => {
      const moved = at.slice();
      moved[i] = shifted;
      return f(moved);
    };
    // The doubles around value, not 2h itself, are the true distance between the two points.
    const [low, high] = [value - h, value + h];
    return (side(high) - side(low)) / (high - low);
  });
}
