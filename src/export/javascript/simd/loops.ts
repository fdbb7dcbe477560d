import {type Address, type Body, I32, type Local, V128} from './assembler';

/** Floats take so many bytes. */
export const FLOAT = 4;
/** A vector holds so many floats. */
export const LANES = 4;
/** The bytes of a vector. */
export const VECTOR = FLOAT * LANES;

export const plus = (a: Address, b: Address): Address => ({at: a.at + b.at, terms: [...a.terms, ...b.terms]});
export const moved = (address: Address, bytes: number): Address => ({...address, at: address.at + bytes});

/** Where elements are by their distances along some axes; in bytes, but for another unit. */
export type By = (strides: readonly number[], unit?: number) => Address;

/** One loop inside the other, but for sizes of 1. */
export function loopsOver(body: Body, sizes: readonly number[], inside: (by: By) => void): void {
  const run = (axis: number, variables: readonly (Local | null)[]): void => {
    if (axis === sizes.length) {
      inside((strides, unit = FLOAT) => ({
        at: 0,
        terms: variables.flatMap((variable, i) =>
          variable === null || strides[i] === 0 ? [] : [[variable, unit * strides[i]] as const],
        ),
      }));
    } else if (sizes[axis] === 1) {
      run(axis + 1, [...variables, null]);
    } else {
      counting(body, sizes[axis], 1, (variable) => run(axis + 1, [...variables, variable]));
    }
  };
  run(0, []);
}

/** A loop whose variable goes on from 0 by a step. */
export function counting(body: Body, times: number, step: number, inside: (variable: Local) => void): void {
  body.with(1, I32, (variable) => {
    body.integer(0);
    body.set(variable);
    body.repeat(times, [[variable, step]], () => inside(variable));
  });
}

/** The same addresses with at most one variable each: what loops outside make of them is computed once. */
export function hoisted(body: Body, addresses: readonly Address[], inside: (addresses: Address[]) => void): void {
  const isSimple = ({terms}: Address) => terms.length === 0 || (terms.length === 1 && terms[0][1] === 1);
  body.with(addresses.filter((one) => !isSimple(one)).length, I32, (...locals) => {
    const simple = addresses.map((address) => {
      if (isSimple(address)) return address;
      const local = locals.shift()!;
      body.address(address);
      body.set(local);
      return {at: address.at, terms: [[local, 1] as const]};
    });
    inside(simple);
  });
}

/** Runs over n floats, `vectors` vectors at a time; what is left is one more time of fewer numbers. */
export function overVectors(
  body: Body,
  n: number,
  vectors: number,
  inside: (from: Address, count: number) => void,
): void {
  const size = vectors * LANES;
  const full = Math.floor(n / size);
  if (full === 1) inside({at: 0, terms: []}, size);
  if (full > 1) counting(body, full, FLOAT * size, (variable) => inside({at: 0, terms: [[variable, 1]]}, size));
  if (n > full * size) inside({at: FLOAT * full * size, terms: []}, n - full * size);
}

/** How many floats of each vector count, where some vectors hold `count`. */
export const lanesOf = (count: number): number[] =>
  Array.from({length: Math.ceil(count / LANES)}, (_, i) => Math.min(LANES, count - LANES * i));

/**
 * Results for n neighbours, so many vectors side by side, from a number or numbers on. `inside` changes their variables; then
 * they are stored.
 */
export function accumulated(
  body: Body,
  n: number,
  vectors: number,
  start: number | Address,
  to: Address,
  inside: (all: readonly Local[], at: Address) => void,
): void {
  overVectors(body, n, vectors, (at, count) => {
    const lanes = lanesOf(count);
    body.with(lanes.length, V128, (...all) => {
      for (const [i, one] of all.entries()) {
        if (typeof start === 'number') body.vector(start, start, start, start);
        else body.load('v128.load', moved(plus(start, at), i * VECTOR));
        body.set(one);
      }
      inside(all, at);
      for (const [i, one] of all.entries()) body.store(moved(plus(to, at), i * VECTOR), one, lanes[i]);
    });
  });
}
