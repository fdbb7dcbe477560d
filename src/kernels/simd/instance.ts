/**
 * The SIMD modules, compiled once for each memory that they work in.
 *
 * They have no data, no stack and no heap of their own, so that they can live in the memory of tfjs's wasm backend and work on the
 * tensors in place; the backend cpu gives them a memory of their own and copies. The bytes are text in the source (written by
 * `npm run build:wasm`): no file has to be found at run time, on a page or after a bundler. One build serves plain and shared
 * memories, by one flag in its bytes. Where an engine has no SIMD or a page forbids to compile, loops in JavaScript serve.
 */

import type {Planner} from './plan';

/** A compiled module as text. */
export interface ModuleText {
  /** Where its bytes say what memory it imports: 1 for a plain one, 3 for one that threads share. */
  memoryFlags: number;
  /** See `bytesOf`. */
  text: string;
}

/** A module, and its kernels by name. */
export interface SimdKernels<Native> {
  module: ModuleText;
  planners: {[kernel: string]: Planner<Native>};
}

/** Not by instanceof: the memory may come from another realm, or SharedArrayBuffer be hidden. */
export function isShared({buffer}: WebAssembly.Memory): boolean {
  return Object.prototype.toString.call(buffer) === '[object SharedArrayBuffer]';
}

const SHARED = 3;

/** The module in a memory; null where SIMD is missing or a page forbids to compile. */
export function instantiate<Native>({module}: SimdKernels<Native>, memory: WebAssembly.Memory): Native | null {
  const bytes = bytesOf(module);
  if (isShared(memory)) bytes[module.memoryFlags] = SHARED;
  if (!WebAssembly.validate(bytes)) return null;
  try {
    const {exports} = new WebAssembly.Instance(new WebAssembly.Module(bytes), {env: {memory}});
    return exports as Native;
  } catch {
    return null; // a memory of another kind than those of tfjs 4.22, or a page that forbids to compile
  }
}

/**
 * Bytes below 85 are the characters from '(' on; '#', '$' and '%' add 85, 170 and 255 to the next one. Compressed in a
 * bundle it takes a third less than base64, which hides that instructions repeat.
 */
export function bytesOf({text}: ModuleText): Uint8Array<ArrayBuffer> {
  const bytes: number[] = [];
  let base = 0;
  for (const character of text) {
    const digit = character.charCodeAt(0) - 40;
    if (digit >= 0) bytes.push(base + digit);
    base = digit < 0 ? 85 * (digit + 6) : 0;
  }
  return Uint8Array.from(bytes);
}
