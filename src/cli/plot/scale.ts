/** From numbers to pixels. */

export type Range = readonly [low: number, high: number];

export const scale =
  ([low, high]: Range, [from, to]: Range) =>
  (value: number): number =>
    from + ((value - low) / (high - low)) * (to - from);

/** Round numbers in a range, about `count` of them: steps of 1, 2 or 5 times a power of ten. */
export function ticks([low, high]: Range, count: number): number[] {
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough * (1 - 1e-9))!;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({length: last - first + 1}, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** A number as a reader wants it: few digits, no 0.30000000000000004. */
export function shortNumber(value: number, digits = 4): string {
  const short = Number(value.toPrecision(digits));
  const size = Math.abs(short);
  return size !== 0 && (size >= 1e6 || size < 1e-3) ? short.toExponential() : String(short);
}
