/**
 * Loops of the triangle wave over x [rows, channels], with peaks a and scales s of shape [channels, depth], in doubles:
 * W_0 = T_0(x), W_i = T_i(W_(i-1)), y = sum_i s_i W_i, where the tent T_i rises from 0 at 0 to 1 at a_i, falls to 0 at 1
 * and is 0 outside [0, 1].
 */

export function triangleWave(
  x: Float32Array,
  peaks: Float32Array,
  scales: Float32Array,
  channels: number,
  y: Float32Array,
): void {
  const depth = peaks.length / channels;
  const {rise, fall} = tentSlopes(peaks);
  for (let k = 0; k < x.length; k++) {
    let w = x[k];
    let sum = 0;
    for (let i = (k % channels) * depth, end = i + depth; i < end; i++) {
      w = Math.max(0, Math.min(w * rise[i], (1 - w) * fall[i]));
      sum += scales[i] * w;
    }
    y[k] = sum;
  }
}

/** 1 / a and 1 / (1 - a): a tent is max(0, min(rise * w, fall * (1 - w))), without a branch to mispredict. */
function tentSlopes(peaks: Float32Array): {rise: Float64Array; fall: Float64Array} {
  return {rise: Float64Array.from(peaks, (a) => 1 / a), fall: Float64Array.from(peaks, (a) => 1 / (1 - a))};
}

/** The derivatives of sum(dy * triangleWave(x)) by x, peaks and scales; at a kink that of the left side. */
export function triangleWaveGradient(
  x: Float32Array,
  peaks: Float32Array,
  scales: Float32Array,
  dy: Float32Array,
  channels: number,
): [dx: Float32Array, dpeaks: Float32Array, dscales: Float32Array] {
  const depth = peaks.length / channels;
  const dx = new Float32Array(x.length);
  const dpeaks = new Float64Array(peaks.length);
  const dscales = new Float64Array(peaks.length);
  const waves = new Float64Array(depth + 1);
  const {rise, fall} = tentSlopes(peaks);
  for (let k = 0; k < x.length; k++) {
    const first = (k % channels) * depth;
    waves[0] = x[k];
    for (let i = 0; i < depth; i++) {
      const w = waves[i];
      waves[i + 1] = Math.max(0, Math.min(w * rise[first + i], (1 - w) * fall[first + i]));
      dscales[first + i] += dy[k] * waves[i + 1];
    }
    let g = 0; // the derivative by W_i
    for (let i = depth - 1; i >= 0; i--) {
      g += dy[k] * scales[first + i];
      const w = waves[i];
      if (w < 0 || w > 1) {
        g = 0;
      } else if (w <= peaks[first + i]) {
        g *= rise[first + i];
        dpeaks[first + i] -= g * w * rise[first + i];
      } else {
        g *= -fall[first + i];
        dpeaks[first + i] -= g * (1 - w) * fall[first + i];
      }
    }
    dx[k] = g;
  }
  return [dx, Float32Array.from(dpeaks), Float32Array.from(dscales)];
}
