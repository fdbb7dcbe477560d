/** One number beside the value that it should have. */
export interface Check {
  /** What it is about: the same for neighbours in the table. */
  topic: string;
  what: string;
  /** 'published' in the paper, 'derived' from its formulas, 'exact' by counting or a closed form, 'bound' on a measurement. */
  source: 'published' | 'derived' | 'exact' | 'bound';
  expected: string;
  found: string;
  /** |found - expected|; null where the two are compared otherwise. */
  deviation: number | null;
  pass: boolean;
}

type Place = Pick<Check, 'topic' | 'what' | 'source'>;

/** A real number, to the digits that the expected one is written with. */
export function near(place: Place, expected: string, found: number): Check {
  const digits = expected.split('.')[1]?.length ?? 0;
  const deviation = Math.abs(found - Number(expected));
  // Half a unit of the last digit, and what rounding adds.
  return {...place, expected, found: found.toFixed(digits), deviation, pass: deviation <= 0.5001 * 10 ** -digits};
}

/** A whole number, to the last digit. */
export function same(place: Place, expected: bigint | number, found: bigint | number): Check {
  const deviation = Math.abs(Number(BigInt(found) - BigInt(expected)));
  return {...place, expected: String(expected), found: String(found), deviation, pass: deviation === 0};
}

/** A measured number that must lie in a range. */
export function within(place: Place, [low, high]: [number, number], found: number): Check {
  const expected = low === -Infinity ? `<= ${high}` : high === Infinity ? `>= ${low}` : `${low} to ${high}`;
  const shown = Math.abs(found) < 1e-3 && found !== 0 ? found.toExponential(1) : found.toFixed(4);
  return {...place, expected, found: shown, deviation: null, pass: found >= low && found <= high};
}
