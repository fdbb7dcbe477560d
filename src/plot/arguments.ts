/** What pictures are given, checked. */

import {fail} from '../errors';
import type {Range} from './scale';

export function requireRange(range: unknown, name: string, who: string): Range {
  const [low, high] = Array.isArray(range) ? range : [];
  if (!(Number.isFinite(low) && Number.isFinite(high) && low < high)) {
    const expected = `${name} must be two finite numbers [low, high] with low < high`;
    fail(who, expected, Array.isArray(range) ? `[${range}]` : range, `For example {${name}: [-1, 1]}.`);
  }
  return [low, high];
}

/** Finite numbers of an array or a typed array. */
export function requireNumbers(values: unknown, name: string, who: string): number[] {
  const isList = Array.isArray(values) || (ArrayBuffer.isView(values) && !(values instanceof DataView));
  if (!isList) fail(who, `${name} must be an array of numbers`, values, 'Of a tensor, give await tensor.data().');
  const numbers = Array.from(values as unknown as ArrayLike<number>);
  const bad = numbers.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) fail(who, `${name} must be finite numbers`, `${numbers[bad]} at [${bad}]`, 'Leave it out, or mend it.');
  return numbers;
}

/** A text for each of some things, if there are any. */
export function requireTexts(texts: unknown, name: string, who: string, n: number): readonly string[] | undefined {
  if (texts === undefined || texts === null) return undefined;
  const fits = Array.isArray(texts) && texts.length === n && texts.every((text) => typeof text === 'string');
  if (!fits) fail(who, `${name} must be ${n} texts`, Array.isArray(texts) ? `[${texts}]` : texts, 'One for each.');
  return texts as string[];
}

/** The colours of some things, by family. */
export function requireFamilies(
  families: unknown,
  name: string,
  who: string,
  n: number,
): readonly ('ours' | 'dense')[] {
  if (families === undefined || families === null) return new Array(n).fill('ours');
  const fits = Array.isArray(families) && families.length === n && families.every((f) => f === 'ours' || f === 'dense');
  if (!fits) {
    const received = Array.isArray(families) ? `[${families}]` : families;
    fail(who, `${name} must be ${n} of 'ours' and 'dense'`, received, 'One for each.');
  }
  return families as ('ours' | 'dense')[];
}
