import type {Constant} from '../lower/operations';

/** Functions of numbers that programs call. */
export type Name =
  | 'abs'
  | 'elu'
  | 'erf'
  | 'exp'
  | 'floor'
  | 'log'
  | 'maximum'
  | 'minimum'
  | 'relu'
  | 'selu'
  | 'sigmoid'
  | 'softplus'
  | 'sqrt'
  | 'tanh';

/** Where a language writes what takes more than an expression. */
export interface Lines {
  line(text: string): void;
  loop(times: number, body: (variable: string) => void): void;
}

/**
 * What differs between the languages that a program is written in. Loops, assignments, operators, `a ? b : c` and elements of
 * arrays look the same in JavaScript and C.
 */
export interface Language {
  /** The head of a loop over 0 to `times` - 1, up to its brace. */
  loop(variable: string, times: number): string;
  /** New variables with values: numbers, or what a comparison gave. */
  variables(values: {readonly [name: string]: string}, type: 'number' | 'truth' | 'index'): string;
  number(value: number): string;
  call(name: Name, args: readonly string[]): string;
  /** An element of a constant; `channel` is its place in the last axes of a kernel. */
  element(constant: Constant, index: string, channel: string): string;
  /** Zeros in the n places of an array. */
  zeros(code: Lines, array: string, n: number): void;
  /** The transforms in place of the rows of n numbers that an array holds. */
  transforms(code: Lines, array: string, rows: number, n: number): void;
}

/** Names with their values, as both languages write them after a type or a word. */
export const assigned = (values: {readonly [name: string]: string}): string =>
  Object.entries(values)
    .map(([name, value]) => `${name} = ${value}`)
    .join(', ');
