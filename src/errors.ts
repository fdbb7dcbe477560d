/** Errors in three parts: who expected what, what was received, how to fix it. */

export function fail(who: string, expected: string, received: unknown, fix: string): never {
  const shown = typeof received === 'string' ? received : (JSON.stringify(received) ?? String(received));
  throw new Error(`${who}: ${expected}, but received ${Number.isNaN(received) ? 'NaN' : shown}. ${fix}`);
}

/** An integer of at least `min`. */
export function requireInteger(value: unknown, name: string, who: string, min: number, example: number): number {
  if (!(Number.isInteger(value) && (value as number) >= min)) {
    const range = min === -Infinity ? '' : ` >= ${min}`;
    fail(who, `${name} must be an integer${range}`, value, `For example {${name}: ${example}}.`);
  }
  return value as number;
}

/** A number from `min` to `max`. */
export function requireNumber(value: unknown, name: string, who: string, min: number, max: number): number {
  if (!(typeof value === 'number' && value >= min && value <= max)) {
    fail(who, `${name} must be a number from ${min} to ${max}`, value, `For example {${name}: ${(min + max) / 2}}.`);
  }
  return value;
}

/** One of a few words. */
export function requireOneOf<T extends string>(value: unknown, name: string, who: string, choices: readonly T[]): T {
  if (!choices.includes(value as T)) {
    const list = choices.map((choice) => `'${choice}'`).join(', ');
    fail(who, `${name} must be one of ${list}`, value, `For example {${name}: '${choices[0]}'}.`);
  }
  return value as T;
}
