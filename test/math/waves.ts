/** The pieces of triangle waves, level by level from their peaks, in doubles: no function value is ever compared. */

/** The ends of the 2^i pieces of wave W_(i-1), for i = 0 .. depth, from 0 to 1. Wave W_(-1) is x itself. */
export function levels(peaks: ArrayLike<number>): number[][] {
  const all = [[0, 1]];
  for (const peak of Array.from(peaks)) {
    const ends = all[all.length - 1];
    all.push(
      ends.flatMap((end, i) => {
        if (i === ends.length - 1) return [end];
        const share = i % 2 === 0 ? peak : 1 - peak; // on even pieces the wave rises from 0 to 1, on odd ones it falls
        return [end, end + share * (ends[i + 1] - end)];
      }),
    );
  }
  return all;
}

export function waveBreakpoints(peaks: ArrayLike<number>): number[] {
  return levels(peaks)[peaks.length];
}

/** The slopes of `sum_i scales[i] W_i` on its 2^depth pieces, from left to right. */
export function pieceSlopes(peaks: ArrayLike<number>, scales: ArrayLike<number>): number[] {
  const depth = peaks.length;
  const [, ...waves] = levels(peaks);
  return Array.from({length: 2 ** depth}, (_, piece) => {
    let slope = 0;
    for (const [i, ends] of waves.entries()) {
      const own = piece >> (depth - 1 - i);
      slope += ((own % 2 === 0 ? 1 : -1) * scales[i]) / (ends[own + 1] - ends[own]);
    }
    return slope;
  });
}

/** `s_(i+1) = s_i (1 - a_(i+1)) a_(i+2)`: depth scales from depth + 1 peaks (Milkert, Hyde, Laine, theorem 3.1). */
export function tiedScales(peaks: ArrayLike<number>, first: number): number[] {
  const scales = [first];
  for (let i = 0; i + 2 < peaks.length; i++) scales.push(scales[i] * (1 - peaks[i + 1]) * peaks[i + 2]);
  return scales;
}
