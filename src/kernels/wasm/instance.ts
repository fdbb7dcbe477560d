/**
 * Our module in the memory of tfjs: it reads and writes the tensors in place. It has no data, no stack and no heap of its
 * own, so the two cannot disturb each other. The cpu backend runs it in a memory of its own.
 */

import * as tf from '@tensorflow/tfjs';
import type {WasmBackend} from './backend';
import {HEX, MEMORY_FLAGS} from './module_bytes';

/** What assembly/index.ts exports. Tensors are addresses; `before`, and `below` with `above`, may be 0 for none. */
export interface Instance {
  walshHadamard(
    x: number,
    y: number,
    outer: number,
    n: number,
    inner: number,
    scale: number,
    before: number,
    below: number,
    above: number,
  ): void;
  reluPair(x: number, y: number, outer: number, units: number, inner: number, negative: number, positive: number): void;
  reluPairGradient(
    x: number,
    dy: number,
    dx: number,
    outer: number,
    units: number,
    inner: number,
    negative: number,
    positive: number,
    dnegative: number,
    dpositive: number,
    sums: number,
  ): void;
  /** Bytes. */
  triangleWaveScratch(channels: number, depth: number): number;
  triangleWave(
    x: number,
    y: number,
    size: number,
    peaks: number,
    scales: number,
    channels: number,
    depth: number,
    scratch: number,
  ): void;
  /** Bytes. */
  triangleWaveGradientScratch(channels: number, depth: number): number;
  triangleWaveGradient(
    x: number,
    dy: number,
    dx: number,
    size: number,
    peaks: number,
    scales: number,
    dpeaks: number,
    dscales: number,
    channels: number,
    depth: number,
    scratch: number,
  ): void;
}

/** One for each memory: a backend that is made anew has a new one. */
const instances = new WeakMap<object, Instance | null>();

/** The instance in the memory of a backend; null where that cannot be reached, or SIMD is missing or switched off. */
export function instanceIn({wasm}: WasmBackend): Instance | null {
  let instance = instances.get(wasm);
  if (instance === undefined) {
    const memory = memoryOf(wasm);
    instance = memory && tf.env().features.WASM_HAS_SIMD_SUPPORT !== false ? instantiate(memory) : null;
    instances.set(wasm, instance);
  }
  return instance;
}

export function memoryOf({wasmMemory, asm}: WasmBackend['wasm']): WebAssembly.Memory | undefined {
  return wasmMemory ?? asm?.memory;
}

/** Not by instanceof: the memory may come from another realm, or SharedArrayBuffer be hidden. */
export function isShared({buffer}: WebAssembly.Memory): boolean {
  return Object.prototype.toString.call(buffer) === '[object SharedArrayBuffer]';
}

const PLAIN = 1;
const SHARED = 3;

/** The module in a memory; null where SIMD is missing or a page forbids to compile. */
export function instantiate(memory: WebAssembly.Memory): Instance | null {
  const bytes = Uint8Array.from({length: HEX.length / 2}, (_, i) => Number.parseInt(HEX.slice(2 * i, 2 * i + 2), 16));
  bytes[MEMORY_FLAGS] = isShared(memory) ? SHARED : PLAIN;
  if (!WebAssembly.validate(bytes)) return null;
  try {
    const {exports} = new WebAssembly.Instance(new WebAssembly.Module(bytes), {env: {memory}});
    return exports as unknown as Instance;
  } catch {
    return null; // a memory of another kind than those of tfjs 4.22, or a page that forbids to compile
  }
}
