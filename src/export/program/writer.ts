import type {Value} from '../lower/operations';
import type {Buffers} from './buffers';
import type {Code} from './code';
import type {Sizes} from './sizes';
import {isConstant, type Steps} from './steps';

/** What writes the code of one step: where values are, and how to read and write their elements. */
export interface Writer {
  readonly code: Code;
  readonly sizesOf: (value: Value) => Sizes;
  readonly placeOf: Buffers['placeOf'];
  /** An element of a value; of a kernel also its channel, by which its numbers may be scaled. */
  read(value: Value, index: string, channel?: string): string;
  /** An element to be assigned. */
  target(value: Value, index: string): string;
}

export function writerOf(
  code: Code,
  sizesOf: Writer['sizesOf'],
  placeOf: Writer['placeOf'],
  padded: Steps['padded'],
): Writer {
  const target = (value: Value, index: string) => {
    const {array, at} = placeOf(value);
    if (at === 0) return `${array}[${alone(index)}]`;
    return `${array}[${/^\d+$/.test(index) ? at + Number(index) : `${at} + ${index}`}]`;
  };
  const read = (value: Value, index: string, channel = '0'): string => {
    const start = padded(value);
    if (start) {
      return `(${index} < ${start.data.length} ? ${read(start, index, channel)} : ${code.language.number(0)})`;
    }
    if (!isConstant(value)) return target(value, index);
    if (value.data.length === 1) return code.language.number(value.data[0]);
    return code.language.element(value, alone(index), channel);
  };
  return {code, sizesOf, placeOf, read, target};
}

/** Without parentheses, which an index needs beside operators only. */
const alone = (index: string) => index.replace(/^\(([^()]*)\)$/, '$1');
