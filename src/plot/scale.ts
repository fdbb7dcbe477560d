/** From numbers to pixels. */

/** The least and the greatest number. */
export type Range = readonly [low: number, high: number];

export interface Scale {
  (value: number): number;
  readonly domain: Range;
  /** Round numbers in the domain, about `count` of them. */
  ticks(count: number): number[];
}

export function linear(domain: Range, [from, to]: Range): Scale {
  const [low, high] = domain;
  const at = (value: number) => from + ((value - low) / (high - low)) * (to - from);
  return Object.assign(at, {domain, ticks: (count: number) => ticks(domain, count)});
}

/** By powers of ten. */
export function logarithmic(domain: Range, [from, to]: Range): Scale {
  const [low, high] = domain.map(Math.log10);
  const at = (value: number) => from + ((Math.log10(value) - low) / (high - low)) * (to - from);
  return Object.assign(at, {domain, ticks: (count: number) => logTicks(domain, count)});
}

/** Round numbers in a range, about `count` of them: steps of 1, 2 or 5 times a power of ten. */
export function ticks([low, high]: Range, count: number): number[] {
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough * (1 - 1e-9))!;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({length: last - first + 1}, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** Within decades 1, 2 and 5, or fewer of them where that is too many; of less than half a decade, those of a linear scale. */
function logTicks([low, high]: Range, count: number): number[] {
  const [first, last] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  if (Math.log10(high / low) < 0.5) return ticks([low, high], count);
  const within = (factors: readonly number[], every: number) =>
    Array.from({length: last - first + 1}, (_, i) => first + i)
      .filter((power) => power % every === 0)
      .flatMap((power) => factors.map((factor) => Number((factor * 10 ** power).toPrecision(12))))
      .filter((value) => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9));
  const choices = [[1, 2, 5], [1, 3], [1]].map((factors) => within(factors, 1));
  const sparse = Array.from({length: last - first}, (_, i) => within([1], i + 2));
  return [...choices, ...sparse].find((values) => values.length <= count) ?? [low];
}

/** A number as a reader wants it: few digits, no 0.30000000000000004. */
export function shortNumber(value: number, digits = 4): string {
  const short = Number(value.toPrecision(digits));
  const size = Math.abs(short);
  return size !== 0 && (size >= 1e6 || size < 1e-3) ? short.toExponential() : String(short);
}

/** A number of things, with commas. */
export const count = (n: number, what: string): string => `${n.toLocaleString('en')} ${what}${n === 1 ? '' : 's'}`;

/** From the least to the greatest of numbers, with a margin on both sides; around one number 1 wide. */
export function rangeOf(values: Iterable<number>, margin = 0): Range {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const room = high > low ? (high - low) * margin : Math.abs(low) / 2 || 0.5;
  return [low - room, high + room];
}
