/** Values of command-line options, checked. */

export function oneOf<T extends string>(option: string, value: string, choices: readonly T[]): T {
  if (choices.includes(value as T)) return value as T;
  throw new Error(`--${option} must be one of ${choices.join(', ')}, but is ${value}. See --help.`);
}

export function count(option: string, value: string): number {
  const n = Number(value);
  if (Number.isInteger(n) && n >= 1) return n;
  throw new Error(`--${option} must be a whole number >= 1, but is ${value}. See --help.`);
}
