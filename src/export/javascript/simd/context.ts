import type {Value} from '../../lower/operations';
import type {Sizes} from '../../program/sizes';
import type {Address, Body} from './assembler';

/** What a step needs to know: sizes, and where values begin. */
export interface Context {
  sizesOf(value: Value): Sizes;
  addressOf(value: Value): Address;
  /** Calls the function that transforms rows in place from an address on. */
  transform(body: Body, at: number, n: number, rows: number): void;
}
