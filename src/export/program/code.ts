import type {Language} from './language';
import {count} from './sizes';

const VARIABLES = ['i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 'u', 'v'];

/** What may stand in one line. */
const SHORT = 100;

/** Lines of a program. */
export class Code {
  readonly lines: string[] = [];
  private depth = 0;
  private loops = 0;
  /** Whether there are variables outside of all braces. */
  needsBlock = false;

  constructor(readonly language: Language) {}

  line(text: string): void {
    this.lines.push('  '.repeat(this.depth) + text);
  }

  /** New variables of the block. */
  variables(...[values, type]: Parameters<Language['variables']>): void {
    this.line(this.language.variables(values, type));
    if (this.depth === 0) this.needsBlock = true;
  }

  /** What is between braces after a head; a single statement goes without, and into the same line if it is short. */
  block(head: string, body: () => void): void {
    const start = this.lines.length;
    this.line(`${head} {`);
    this.depth++;
    body();
    this.depth--;
    const [first, ...others] = this.lines.slice(start + 1);
    const indent = '  '.repeat(this.depth);
    const isOne = others.every((line) => line.startsWith(`${indent}   `) || line === `${indent}  }`);
    if (!isOne) this.line('}');
    else if (others.length > 0 || first.length + head.length >= SHORT) this.lines[start] = `${indent}${head}`;
    else this.lines.splice(start, 2, `${indent}${head} ${first.trim()}`);
  }

  /** A loop, whose body gets its variable; none for a single time, which is 0. */
  loop(times: number, body: (variable: string) => void): void {
    if (times === 1) {
      body('0');
      return;
    }
    const variable = VARIABLES[this.loops++];
    this.block(this.language.loop(variable, times), () => body(variable));
    this.loops--;
  }

  /** One loop inside the other, but for sizes of 1. */
  loopsOver(sizes: readonly number[], body: (variables: string[]) => void): void {
    const [first, ...rest] = sizes;
    if (first === undefined) body([]);
    else this.loop(first, (variable) => this.loopsOver(rest, (others) => body([variable, ...others])));
  }
}

/** offset + the sum of variables, each times its stride, as text. */
export function sum(offset: number, terms: readonly (readonly [variable: string, stride: number])[]): string {
  const parts = terms
    .filter(([variable, stride]) => variable !== '0' && stride !== 0)
    .map(([variable, stride]) =>
      stride === 1 ? variable : `${/\W/.test(variable) ? `(${variable})` : variable} * ${stride}`,
    );
  const text = parts.join(' + ');
  if (text === '') return String(offset);
  return offset === 0 ? text : `${text} ${offset < 0 ? '-' : '+'} ${Math.abs(offset)}`;
}

/** How far apart the elements along each axis are. */
export function stridesOf(sizes: readonly number[]): number[] {
  const strides = new Array<number>(sizes.length).fill(1);
  for (let axis = sizes.length - 2; axis >= 0; axis--) strides[axis] = strides[axis + 1] * sizes[axis + 1];
  return strides;
}

/** Strides of a value that is read as a larger one: 0 along the axes that are repeated. */
export function broadcastStrides(own: readonly number[], sizes: readonly number[]): number[] {
  const missing = sizes.length - own.length;
  const strides = stridesOf(own);
  return sizes.map((_, axis) => (axis < missing || own[axis - missing] === 1 ? 0 : strides[axis - missing]));
}

/** Loops over the same elements in as few axes as all the strides allow. */
export function joinedAxes(
  sizes: readonly number[],
  strides: readonly (readonly number[])[],
): {sizes: number[]; strides: number[][]} {
  const joined = {sizes: [] as number[], strides: strides.map(() => [] as number[])};
  for (const [axis, size] of sizes.entries()) {
    if (size === 1) continue;
    const last = joined.sizes.length - 1;
    const fits = last >= 0 && strides.every((own, i) => joined.strides[i][last] === own[axis] * size);
    if (fits) joined.sizes[last] *= size;
    else joined.sizes.push(size);
    for (const [i, own] of strides.entries()) joined.strides[i][fits ? last : last + 1] = own[axis];
  }
  return joined;
}

/** The loops of a reduction: over what is kept, with the strides of x and of the output, and over the `terms` of each number. */
export function reducedAxes(sizes: readonly number[], axes: readonly number[]) {
  const strides = stridesOf(sizes);
  const isReduced = (_: number, axis: number) => axes.includes(axis);
  const isKept = (_: number, axis: number) => !axes.includes(axis);
  const kept = sizes.filter(isKept);
  return {
    outer: joinedAxes(kept, [strides.filter(isKept), stridesOf(kept)]),
    inner: joinedAxes(sizes.filter(isReduced), [strides.filter(isReduced)]),
    terms: count(sizes.filter(isReduced)),
  };
}
