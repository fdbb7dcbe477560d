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

/**
 * What differs between the languages that a program is written in. Loops, assignments, operators, `a ? b : c` and elements of
 * arrays look the same in JavaScript and C.
 */
export interface Language {
  /** The head of a loop over 0 to `times` - 1, up to its brace. */
  loop(variable: string, times: number): string;
  /** A new variable with a value: a number, or what a comparison gave. */
  variable(name: string, value: string, type: 'number' | 'truth' | 'index'): string;
  number(value: number): string;
  call(name: Name, args: readonly string[]): string;
  /** An element of a constant; `channel` is its place in the last axes of a kernel. */
  element(constant: Constant, index: string, channel: string): string;
  /** The transform in place of n numbers of an array from a place on. */
  transform(array: string, at: string, n: number): string;
}
