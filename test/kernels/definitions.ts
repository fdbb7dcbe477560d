/**
 * What each kernel computes, in double precision and term by term, and its derivatives in closed form. Nothing is shared
 * with src. Tensors are seen as [outer, units, inner], in row-major order.
 */

export type Values = ArrayLike<number>;
export type Blocks = readonly [outer: number, units: number, inner: number];

export interface Diagonals {
  scale?: number;
  /** Diagonal multiplied into the input. */
  before?: Values;
  /** Diagonal multiplied into the output. */
  after?: Values;
}

/** `(-1)^popcount(k)`. */
const SIGN = Float64Array.from({length: 1 << 16}, (_, k) => 1 - 2 * ((k.toString(2).split('1').length - 1) & 1));

/** `scale * after * H (before * x)` along the middle axis, with `H[i][j] = (-1)^popcount(i & j)`. */
export function walshHadamard(x: Values, [outer, n, inner]: Blocks, {scale = 1, before, after}: Diagonals = {}) {
  const y = new Float64Array(outer * n * inner);
  for (let o = 0; o < outer; o++) {
    for (let c = 0; c < inner; c++) {
      const start = o * n * inner + c;
      const column = Float64Array.from({length: n}, (_, j) => x[start + j * inner] * (before ? before[j] : 1));
      for (let i = 0; i < n; i++) {
        let sum = 0;
        for (let j = 0; j < n; j++) sum += SIGN[i & j] * column[j];
        y[start + i * inner] = scale * sum * (after ? after[i] : 1);
      }
    }
  }
  return y;
}

/** `x * (x < 0 ? negative : positive)`. */
export function reluPair(x: Values, negative: Values, positive: Values, [, units, inner]: Blocks): Float64Array {
  return Float64Array.from(x, (value, k) => {
    const unit = Math.floor(k / inner) % units;
    return value * (value < 0 ? negative[unit] : positive[unit]);
  });
}

/** The derivatives of `sum(dy * reluPair(x))` by x, negative and positive. */
export function reluPairGradient(x: Values, negative: Values, positive: Values, dy: Values, blocks: Blocks) {
  const [, units, inner] = blocks;
  const dslopes = [new Float64Array(units), new Float64Array(units)];
  const dx = Float64Array.from(x, (value, k) => {
    const unit = Math.floor(k / inner) % units;
    dslopes[value < 0 ? 0 : 1][unit] += dy[k] * value;
    return dy[k] * (value < 0 ? negative[unit] : positive[unit]);
  });
  return [dx, ...dslopes];
}

/** `reluPair(scale * H (signs * x), negative, positive)`. */
export function whtReLUPair(x: Values, [signs, ...slopes]: Values[], scale: number, blocks: Blocks): Float64Array {
  return reluPair(walshHadamard(x, blocks, {scale, before: signs}), slopes[0], slopes[1], blocks);
}

/** The derivatives of `sum(dy * whtReLUPair(x))` by x, negative and positive. */
export function whtReLUPairGradient(x: Values, vectors: Values[], dy: Values, scale: number, blocks: Blocks) {
  const [signs, negative, positive] = vectors;
  const z = walshHadamard(x, blocks, {scale, before: signs});
  const [dz, ...dslopes] = reluPairGradient(z, negative, positive, dy, blocks);
  return [walshHadamard(dz, blocks, {scale, after: signs}), ...dslopes];
}

/** `w / a` up to the peak a, `(1 - w) / (1 - a)` after it, 0 outside [0, 1]. */
function tent(w: number, a: number): number {
  if (w < 0 || w > 1) return 0;
  return w <= a ? w / a : (1 - w) / (1 - a);
}

/** `sum_i s_i T_i(...T_0(x))` for x [rows, channels], peaks and scales [channels, depth]. */
export function triangleWave(x: Values, peaks: Values, scales: Values, channels: number): Float64Array {
  const depth = peaks.length / channels;
  return Float64Array.from(x, (value, k) => {
    let wave = value;
    let sum = 0;
    for (let p = (k % channels) * depth, i = 0; i < depth; i++, p++) {
      wave = tent(wave, peaks[p]);
      sum += scales[p] * wave;
    }
    return sum;
  });
}

/** The derivatives of `sum(dy * triangleWave(x))` by x, peaks and scales, carried forward with the waves. */
export function triangleWaveGradient(x: Values, peaks: Values, scales: Values, dy: Values, channels: number) {
  const depth = peaks.length / channels;
  const dpeaks = new Float64Array(peaks.length);
  const dscales = new Float64Array(peaks.length);
  const dx = Float64Array.from(x, (value, k) => {
    const first = (k % channels) * depth;
    let wave = value;
    let byX = 1; // the derivative of the wave by x
    const byPeaks: number[] = []; // and by each peak so far
    let sum = 0;
    for (let i = 0; i < depth; i++) {
      const [w, a, s] = [wave, peaks[first + i], scales[first + i]];
      const inside = w >= 0 && w <= 1;
      const slope = inside ? (w <= a ? 1 / a : -1 / (1 - a)) : 0;
      wave = tent(w, a);
      byX *= slope;
      for (let j = 0; j < i; j++) byPeaks[j] *= slope;
      byPeaks[i] = inside ? (w <= a ? -w / a ** 2 : (1 - w) / (1 - a) ** 2) : 0;
      sum += s * byX;
      dscales[first + i] += dy[k] * wave;
      for (let j = 0; j <= i; j++) dpeaks[first + j] += dy[k] * s * byPeaks[j];
    }
    return dy[k] * sum;
  });
  return [dx, dpeaks, dscales];
}

export interface AdamWNumbers {
  beta1: number;
  beta2: number;
  rate: number;
  epsilon: number;
  decay: number;
  rest: number;
}

/** The new weight, then both moments. */
export function adamW(
  [w, g, m, v]: Values[],
  {beta1, beta2, rate, epsilon, decay, rest}: AdamWNumbers,
): Float64Array[] {
  const first = Float64Array.from(m, (value, k) => beta1 * value + (1 - beta1) * g[k]);
  const second = Float64Array.from(v, (value, k) => beta2 * value + (1 - beta2) * g[k] ** 2);
  const step = (k: number) => (rate * first[k]) / (Math.sqrt(second[k]) + epsilon);
  return [Float64Array.from(w, (value, k) => value * (1 - decay) + rest * decay - step(k)), first, second];
}

/** `y[j] = x[indices[j]]` along the middle axis; an index past the end gives 0. */
export function takeUnits(x: Values, indices: Values, [outer, units, inner]: Blocks): Float64Array {
  return Float64Array.from({length: outer * indices.length * inner}, (_, k) => {
    const row = Math.floor(k / (inner * indices.length));
    const unit = indices[Math.floor(k / inner) % indices.length];
    return unit < units ? x[(row * units + unit) * inner + (k % inner)] : 0;
  });
}

const smoothed = (labels: Values, classes: number, smoothing: number) =>
  Float64Array.from(labels, (label) => label * (1 - smoothing) + smoothing / classes);

/** The sum over the values k of the row of value i. */
function overRow(count: number, i: number, term: (k: number) => number): number {
  const start = i - (i % count);
  return Array.from({length: count}, (_, j) => term(start + j)).reduce((sum, value) => sum + value, 0);
}

/** `-sum(labels * log(softmax(logits)))` of each row, with labels that are smoothed. */
export function softmaxCrossEntropy(logits: Values, labels: Values, classes: number, smoothing: number): Float64Array {
  const targets = smoothed(labels, classes, smoothing);
  const shares = softmax(logits, classes);
  return Float64Array.from({length: logits.length / classes}, (_, row) =>
    overRow(classes, row * classes, (k) => -targets[k] * Math.log(shares[k])),
  );
}

/** The derivatives of `sum(dy * softmaxCrossEntropy(logits, labels))` by both. */
export function softmaxCrossEntropyGradient(
  dy: Values,
  logits: Values,
  labels: Values,
  classes: number,
  smoothing: number,
): [dlogits: Float64Array, dlabels: Float64Array] {
  const targets = smoothed(labels, classes, smoothing);
  const shares = softmax(logits, classes);
  const row = (i: number) => dy[Math.floor(i / classes)];
  return [
    shares.map((share, i) => row(i) * (share * overRow(classes, i, (k) => targets[k]) - targets[i])),
    shares.map((share, i) => row(i) * (smoothing - 1) * Math.log(share)),
  ];
}

function softmax(logits: Values, classes: number): Float64Array {
  return Float64Array.from(logits, (logit, i) => 1 / overRow(classes, i, (k) => Math.exp(logits[k] - logit)));
}
