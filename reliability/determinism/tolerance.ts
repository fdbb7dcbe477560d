/** How far two backends may be apart, relative to the largest value of a result. */

export interface Tolerance {
  /** How the names of its results begin. */
  readonly kind: string;
  readonly tolerance: number;
}

export const TOLERANCES: readonly Tolerance[] = [
  {kind: 'ops', tolerance: 1e-5},
  {kind: 'layers', tolerance: 1e-5},
  {kind: 'weights', tolerance: 1e-6},
  {kind: 'losses', tolerance: 1e-5},
];

/**
 * Undefined for trained weights: one whose gradient is nothing but rounding is moved by Adam as far as any other, in a
 * direction that each backend draws.
 */
export const toleranceOf = (what: string): Tolerance | undefined => TOLERANCES.find(({kind}) => what.startsWith(kind));

/** The largest difference, relative to the largest value; NaN if one is not finite where the other is. */
export function differenceOf(expected: string, actual: string): number {
  const [a, b] = [floats(expected), floats(actual)];
  if (a.length !== b.length) return Number.NaN;
  let [largest, difference] = [0, 0];
  a.forEach((value, i) => {
    if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value));
    if (!Object.is(value, b[i])) difference = Math.max(difference, Math.abs(value - b[i]));
  });
  return difference === 0 ? 0 : difference / largest;
}

function floats(base64: string): Float32Array {
  const {buffer, byteOffset, length} = Buffer.from(base64, 'base64');
  return new Float32Array(buffer.slice(byteOffset, byteOffset + length));
}
