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
 * const found = pw.analysis.linearRegions2d(model, {x: [-1, 1], y: [-1, 1], maxPolygons: 1});
 * const error = await found.catch((thrown) => thrown);
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
    const above = min === -Infinity ? '' : min === Number.MIN_VALUE ? ' > 0' : ` >= ${min}`;
    const kind = max === Infinity ? `a finite number${above}` : `a number from ${min} to ${max}`;
    fail(who, `${name} must be ${kind}`, shown(value), forExample(name, example));
  }
  return value;
}

/** One of a few words. */
export function requireOneOf<T extends string>(value: unknown, name: string, who: string, choices: readonly T[]): T {
  if (!choices.includes(value as T)) {
    const list = choices.map((choice) => `'${choice}'`).join(', ');
    const near = typeof value === 'string' ? meant(value, choices) : null;
    fail(who, `${name} must be one of ${list}`, shown(value), near ?? forExample(name, `'${choices[0]}'`));
  }
  return value as T;
}

/** A text, also an empty one. */
export function requireText(value: unknown, name: string, who: string, example: string): string {
  if (typeof value !== 'string') fail(who, `${name} must be a text`, shown(value), forExample(name, `'${example}'`));
  return value;
}

/** true or false: 'no' would count as true. */
export function requireBoolean(value: unknown, name: string, who: string): boolean {
  if (typeof value !== 'boolean') fail(who, `${name} must be true or false`, shown(value), forExample(name, true));
  return value;
}

/** The names of all options of a type; the compiler keeps the list complete. */
export type Names<T> = {readonly [name in keyof Required<T>]: true};

/**
 * Options are an object, and their names are known: nobody would read the others. One that is undefined or null is not given.
 * Names of `common` are known, too, and not listed.
 */
export function requireOptions(options: unknown, names: object, who: string, common: object = {}): void {
  if (options === undefined) return;
  const own = Object.keys(names);
  const list = `The options are ${own.join(', ')}.`;
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    fail(who, 'options must be an object', shown(options), list);
  }
  for (const [name, value] of Object.entries(options)) {
    if (Object.hasOwn(names, name) || Object.hasOwn(common, name) || value === undefined || value === null) continue;
    fail(who, 'options must have known names', `'${name}'`, meant(name, [...own, ...Object.keys(common)]) ?? list);
  }
}

/** "Did you mean ...?", if one of the words is near. */
export function meant(word: string, words: readonly string[]): string | null {
  const [nearest] = words
    .map((known) => ({known, distance: distance(known.toLowerCase(), word.toLowerCase())}))
    .sort((a, b) => a.distance - b.distance);
  return nearest && nearest.distance <= Math.max(1, word.length / 3) ? `Did you mean '${nearest.known}'?` : null;
}

/** Characters to put in, take out, change, or exchange with the next, to come from one word to another (Damerau and Levenshtein). */
function distance(a: string, b: string): number {
  const rows = [Array.from({length: b.length + 1}, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      const crossed = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (crossed) row[j] = Math.min(row[j], rows[i - 2][j - 2] + 1);
    }
    rows.push(row);
  }
  return rows[a.length][b.length];
}
