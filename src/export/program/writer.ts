import type {Value} from '../lower/operations';
import type {Buffers} from './buffers';
import type {Code} from './code';
import type {Sizes} from './sizes';
import {isConstant} from './steps';

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

export function writerOf(code: Code, sizesOf: Writer['sizesOf'], placeOf: Writer['placeOf']): Writer {
  const target = (value: Value, index: string) => {
    const {array, at} = placeOf(value);
    if (at === 0) return `${array}[${index}]`;
    return `${array}[${/^\d+$/.test(index) ? at + Number(index) : `${at} + ${index}`}]`;
  };
  const read = (value: Value, index: string, channel = '0') => {
    if (!isConstant(value)) return target(value, index);
    if (value.data.length === 1) return code.language.number(value.data[0]);
    return code.language.element(value, index, channel);
  };
  return {code, sizesOf, placeOf, read, target};
}
