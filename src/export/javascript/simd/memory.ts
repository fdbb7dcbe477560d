import type {Constant, Value} from '../../lower/operations';
import {arrayOf} from '../../program/buffers';
import type {Program} from '../../program/program';
import {count} from '../../program/sizes';
import {isConstant} from '../../program/steps';
import type {Address} from './assembler';
import {FLOAT} from './loops';

/** Where arrays begin, in bytes; the memory holds zeros where nothing was put. */
export interface Memory {
  /** The constants whose addresses were asked for. */
  readonly used: ReadonlyMap<Constant, number>;
  /** Inputs, outputs and the work space by their names in the code. */
  readonly arrays: ReadonlyMap<string, number>;
  readonly work: number;
  readonly bytes: number;
  addressOf(value: Value): Address;
}

/** Vectors lie in a line of the cache. */
const ALIGNMENT = 16;

/** Some bytes that a vector may reach beyond the last number. */
const MARGIN = 64;

export function memoryOf({inputs, outputs, buffers, work, steps, sizesOf, placeOf, padded}: Program): Memory {
  let end = 0;
  const used = new Map<Constant, number>();
  const reserve = (floats: number) => {
    const start = end;
    end += Math.ceil((floats * FLOAT) / ALIGNMENT) * ALIGNMENT;
    return start;
  };
  const constants = new Map<Constant, number>();
  const read = new Set(steps.flatMap(({operations}) => operations.flatMap(({inputs}) => inputs)));
  // Zeros after a constant are those that are there.
  for (const value of [...read].sort((a, b) => Number(!padded(a)) - Number(!padded(b)))) {
    const constant = padded(value) ?? value;
    if (isConstant(constant) && !constants.has(constant)) constants.set(constant, reserve(count(sizesOf(value))));
  }
  const arrays = new Map<string, number>();
  for (const [letter, ports] of [['x', inputs] as const, ['y', outputs] as const]) {
    for (const [i, {size}] of ports.entries()) arrays.set(arrayOf(letter, i, ports), reserve(size));
  }
  const start = reserve(work);
  for (const {name, at} of buffers) arrays.set(name, start + FLOAT * at);
  return {
    used,
    arrays,
    work: start,
    bytes: end + MARGIN,
    addressOf: (value) => {
      const constant = padded(value) ?? value;
      if (isConstant(constant)) {
        const at = constants.get(constant)!;
        used.set(constant, at);
        return {at, terms: []};
      }
      const {array, at} = placeOf(value);
      return {at: arrays.get(array)! + FLOAT * at, terms: []};
    },
  };
}
