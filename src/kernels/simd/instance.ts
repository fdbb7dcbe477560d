/**
 * The SIMD module: it has no data, no stack and no heap of its own, so that it can live in the memory of tfjs and work on
 * the tensors in place.
 */

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
  whtReLUPairGradientScratch(outer: number, n: number, inner: number): number;
  whtReLUPairGradient(
    x: number,
    dy: number,
    dx: number,
    outer: number,
    n: number,
    inner: number,
    scale: number,
    signs: number,
    negative: number,
    positive: number,
    dnegative: number,
    dpositive: number,
    scratch: number,
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
