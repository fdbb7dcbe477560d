/** A sum of waves in rational numbers: what follows from peaks and scales is free of rounding, and shares nothing with src. */

/** numerator / 2^62^power. */
type Fixed = [numerator: bigint, power: number];

const ONE = 2n ** 62n; // peaks in [0.001, 0.999] have no finer bits
const fixed = (x: number): bigint => BigInt(x * 2 ** 62);

export interface ExactWave {
  slope: number;
  /** a_0 .. a_depth. */
  peaks: number[];
  /** The sign before the waves. */
  sign: 1 | -1;
  /** s_0 .. s_(depth - 1), in doubles; null for tied ones with s_0 = |slope| a_0 a_1. */
  scales: number[] | null;
}

/** The slopes of `slope * u + sign * sum_i s_i W_i` on its 2^depth pieces, as integers times one positive number. */
function slopesOf({slope, peaks, sign, scales}: ExactWave): bigint[] {
  const [a, b] = [peaks.map(fixed), peaks.map((peak) => ONE - fixed(peak))];
  const depth = peaks.length - 1;
  const s: Fixed[] = scales
    ? scales.map((scale): Fixed => [BigInt(scale * 2 ** 124), 2])
    : [[fixed(Math.abs(slope)) * a[0] * a[1], 3]];
  while (s.length < depth) {
    const i = s.length;
    s.push([s[i - 1][0] * b[i] * a[i + 1], s[i - 1][1] + 2]);
  }
  // 1 / length of a piece = the factors that it did not get / all factors.
  const all = a.map((_, i) => a[i] * b[i]);
  const after = (level: number) => all.slice(level, depth).reduce((product, x) => product * x, 1n);
  const power = Math.max(...s.map(([, p]) => p)) + depth;
  const scaled = ([numerator, p]: Fixed) => numerator * ONE ** BigInt(power - p);
  let parts = [{others: 1n, total: scaled([fixed(slope), 1]) * after(0)}];
  for (let level = 0; level < depth; level++) {
    const [numerator, p] = s[level];
    const height = BigInt(sign) * scaled([numerator, p - level - 1]) * after(level + 1);
    parts = parts.flatMap(({others, total}, i) => {
      const [left, right] = i % 2 === 0 ? [b[level], a[level]] : [a[level], b[level]];
      return [
        {others: others * left, total: total + height * others * left},
        {others: others * right, total: total - height * others * right},
      ];
    });
  }
  return parts.map(({total}) => total);
}

export function exactPieces(wave: ExactWave): {pieces: number; bend: 'convex' | 'concave' | 'neither'} {
  const slopes = slopesOf(wave);
  const steps = slopes.slice(1).map((slope, i) => slope - slopes[i]);
  const bend = steps.every((step) => step > 0n) ? 'convex' : steps.every((step) => step < 0n) ? 'concave' : 'neither';
  return {pieces: 1 + steps.filter((step) => step !== 0n).length, bend};
}
