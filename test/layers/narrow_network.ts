/**
 * A sum of triangle waves as the ReLU network of width 4 that Milkert, Hyde and Laine describe, in doubles: hidden layers
 * of the neurons (sum, t1, t2, bias), one per level, and a linear output.
 */
export interface NarrowNetwork {
  slope: number;
  intercept: number;
  peaks: ArrayLike<number>;
  /** Signed: negative for a convex function. */
  scales: ArrayLike<number>;
}

/** The output, and the neurons before they are rectified, layer by layer. */
export function runNarrow({slope, intercept, peaks, scales}: NarrowNetwork, x: number) {
  const size = (i: number) => (i < 0 ? 1 : Math.abs(scales[i]));
  const sign = Math.sign(scales[0]);
  const hidden = [[slope * x, x, x - peaks[0], 1]];
  for (let i = 0; ; i++) {
    const [sum, t1, t2, bias] = hidden[i].map((value) => Math.max(0, value));
    const ratio = size(i) / size(i - 1);
    const wave = (ratio / peaks[i]) * t1 - (ratio / (peaks[i] * (1 - peaks[i]))) * t2; // s_i W_i
    if (i === peaks.length - 1) return {y: sum + sign * wave + intercept, hidden};
    hidden.push([sum + sign * wave, wave, wave - ratio * peaks[i + 1] * bias, ratio * bias]);
  }
}
