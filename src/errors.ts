/** Errors in three parts: who expected what, what was received, how to fix it. */

export function fail(who: string, expected: string, received: unknown, fix: string): never {
  throw new Error(`${who}: ${expected}, but received ${String(received)}. ${fix}`);
}

/**
 * Thrown where the work of an instrument reaches a limit, which the caller may raise or react to with a smaller question.
 *
 * @throws `countLinearRegions` throws it beyond `maxBreakpoints`, `linearRegions2d` beyond `maxPolygons`.
 *
 * @example
 * const window = {x: [-1, 1], y: [-1, 1], maxPolygons: 1} as const;
 * const error = await pw.analysis.linearRegions2d(model, window).catch((thrown: unknown) => thrown);
 * console.log(error instanceof pw.analysis.LimitReached); // true
 */
export class LimitReached extends Error {
  override readonly name = 'LimitReached';
}

/** There would be more of something than a limit allows. */
export function exceed(who: string, limit: string, fix: string): never {
  throw new LimitReached(`${who}: there must be at most ${limit}, but received more. ${fix}`);
}

/** A value as it stands in code, so that the number 1 and the text '1' look different. */
function shown(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : Array.isArray(value) ? `[${value.map(shown)}]` : String(value);
}

/** An argument as it is written: {units: 4}, but base.slope = 4. */
function forExample(name: string, value: unknown): string {
  return `For example ${name.includes('.') ? `${name} = ${value}` : `{${name}: ${value}}`}.`;
}

/** An integer of at least `min`. Not above 2^53: there not every integer is a number. */
export function requireInteger(value: unknown, name: string, who: string, min: number, example: number): number {
  if (!(Number.isSafeInteger(value) && (value as number) >= min)) {
    const range = min === -Infinity ? '' : ` >= ${min}`;
    fail(who, `${name} must be an integer${range}`, shown(value), forExample(name, example));
  }
  return value as number;
}

/** A finite number from `min` to `max`. */
export function requireNumber(
  value: unknown,
  name: string,
  who: string,
  [min, max]: readonly [number, number],
  example: number,
): number {
  if (!(typeof value === 'number' && Number.isFinite(value) && value >= min && value <= max)) {
    const above = min === -Infinity ? '' : ` >= ${min}`;
    const kind = max === Infinity ? `a finite number${above}` : `a number from ${min} to ${max}`;
    fail(who, `${name} must be ${kind}`, shown(value), forExample(name, example));
  }
  return value;
}

/** One of a few words. */
export function requireOneOf<T extends string>(value: unknown, name: string, who: string, choices: readonly T[]): T {
  if (!choices.includes(value as T)) {
    const list = choices.map((choice) => `'${choice}'`).join(', ');
    fail(who, `${name} must be one of ${list}`, shown(value), forExample(name, `'${choices[0]}'`));
  }
  return value as T;
}
