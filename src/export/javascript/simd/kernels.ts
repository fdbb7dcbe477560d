/**
 * The steps of a program as WebAssembly with SIMD: a function for each step, in one memory.
 *
 * It holds the weights, the inputs and outputs, and the work space, in single precision at fixed addresses, which are part of the
 * instructions. Loops run over four neighbours at once; the last ones of a row are computed with what lies behind them, and
 * stored alone. What takes more than a few instructions, such as `exp`, is left to JavaScript, which works on the same memory.
 */

import type {Kind, Operation, Value} from '../../lower/operations';
import type {Program} from '../../program/program';
import {count} from '../../program/sizes';
import {isElementwise, type Step} from '../../program/steps';
import {Body, moduleBytes} from './assembler';
import type {Context} from './context';
import {elementwise} from './elementwise';
import {type Memory, memoryOf} from './memory';
import * as move from './move';
import {conv, depthwiseConv2d, matMul} from './products';
import {reduce} from './reduce';
import {transformOf} from './transform';
import {pool} from './windows';

/** A program as a module. */
export interface Simd {
  readonly bytes: Uint8Array;
  readonly memory: Memory;
  /** Steps by number that JavaScript must do, between names of functions that do those before and after them. */
  readonly parts: readonly (number | string)[];
}

/** The steps that have instructions of their own, and which of them are left; null if none has. */
export function simdOf(program: Program): Simd | null {
  const memory = memoryOf(program);
  const functions: Body[] = [];
  const transforms = new Map<string, number>();
  const context: Context = {
    sizesOf: program.sizesOf,
    addressOf: memory.addressOf,
    transform: (body, at, n, rows) => {
      const key = `${n} ${rows}`;
      if (!transforms.has(key)) transforms.set(key, functions.push(transformOf(n, rows)) - 1);
      body.integer(at);
      body.call(transforms.get(key)!);
    },
  };
  const exported: {[name: string]: Body} = {};
  const parts: (number | string)[] = [];
  for (const [i, step] of program.steps.entries()) {
    const body = new Body();
    if (!write(step, body, context)) {
      parts.push(i);
      continue;
    }
    if (typeof parts.at(-1) !== 'string') {
      parts.push(`part${Object.keys(exported).length}`);
      exported[parts.at(-1)!] = new Body();
    }
    exported[parts.at(-1)!].call(functions.push(body) - 1);
  }
  if (parts.every((part) => typeof part === 'number')) return null;
  functions.push(...Object.values(exported));
  return {bytes: moduleBytes(functions, exported, memory.bytes), memory, parts};
}

/** Whether a step has instructions of its own, which the body then gets. */
function write(step: Step, body: Body, context: Context): boolean {
  const [operation] = step.operations;
  const isWhole = ({dtype}: Value) => dtype === 'int32';
  if (operation.kind !== 'gather' && step.operations.some(({inputs}) => inputs.some(isWhole))) return false;
  if (isElementwise(operation)) return elementwise(step, body, context);
  const writers: Writers = {
    averagePool: pool,
    concat: move.concat,
    conv,
    depthwiseConv2d,
    gather: move.gather,
    matMul,
    max: reduce,
    maxPool: pool,
    mean: reduce,
    pad: move.pad,
    reshape: move.copyAll,
    slice: move.slice,
    tile: move.tile,
    transpose: move.transpose,
    walshHadamard: transform,
  };
  const writer = writers[operation.kind] as Writer<Kind> | undefined;
  return writer?.(operation, body, context) ?? false;
}

type Writer<K extends Kind> = (operation: Operation<K>, body: Body, context: Context) => boolean;
type Writers = {readonly [K in Kind]?: Writer<K>};

/** In place, after a copy where the numbers come from elsewhere or are needed there. */
function transform({inputs: [x], output}: Operation<'walshHadamard'>, body: Body, context: Context): boolean {
  const n = context.sizesOf(output).at(-1)!;
  if (n < 4) return false;
  const {at} = context.addressOf(output);
  if (context.addressOf(x).at !== at)
    move.copyAll({kind: 'walshHadamard', inputs: [x], output, attributes: {}}, body, context);
  context.transform(body, at, n, count(context.sizesOf(output)) / n);
  return true;
}
