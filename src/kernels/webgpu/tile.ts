import type {WebGPUBackend} from './backend';

/**
 * What one workgroup transforms: `lanes` vectors of n elements. The number of an element in the tile is
 * `lane * n + i` where vectors lie one after the other, and `i * lanes + lane` where they lie side by side, `strided`, so
 * that neighbours in the tile are neighbours in memory.
 */
export interface Tile {
  n: number;
  strided: boolean;
  lanes: number;
  threads: number;
  /** Elements that a thread holds: all with the same number in the tile except for log2(registers) bits next to each other. */
  registers: number;
  /** The lowest of those bits of i, in the order in which a transform visits them. */
  windows: number[];
}

const REGISTERS = 16;
/** Enough for two or more of the units in which any GPU runs threads; */
const MIN_THREADS = 64;
/** with more, each barrier has more to wait for. The longest vectors have more registers instead. */
const MAX_THREADS = 128;
/** Floats side by side that fill a memory transaction. */
const SIDE_BY_SIDE = 16;
/** 16 kB, so that workgroups can share the memory of a core; every device has as much. */
const MAX_LENGTH = 4096;

/** The longest vector that one workgroup can transform, a power of two. */
export function capacity({device: {limits}}: WebGPUBackend): number {
  const {maxComputeWorkgroupStorageSize: bytes, maxComputeInvocationsPerWorkgroup: threads} = limits;
  return 2 ** Math.floor(Math.log2(Math.min(MAX_LENGTH, bytes / 4, REGISTERS * threads)));
}

/** A tile of vectors of n <= `most` elements, `most` being the capacity. */
export function tileOf(n: number, strided: boolean, most: number): Tile {
  const registers = Math.min(n, Math.max(REGISTERS, n / MAX_THREADS));
  const wanted = (n / registers) * (strided ? SIDE_BY_SIDE : 1);
  const threads = Math.min(Math.max(wanted, MIN_THREADS), MAX_THREADS, most / REGISTERS);
  return {n, strided, lanes: (threads * registers) / n, threads, registers, windows: windowsOf(n, registers)};
}

/**
 * The first window is read from memory and the last is written to it; both are best above 0, where neighbouring threads
 * hold neighbours in memory.
 */
function windowsOf(n: number, registers: number): number[] {
  const top = Math.log2(n / registers);
  const below: number[] = [];
  for (let low = 0; low < top; low += Math.log2(registers)) below.push(low);
  return below.length > 1 ? [top, ...below] : [...below, top];
}

/** The factors of n in passes through memory: as few as can be, and a first of 16 or more, to use all registers. */
export function factorsOf(n: number, most: number): number[] {
  if (n <= most) return [n];
  const last = Math.min(most, n / REGISTERS);
  return [...factorsOf(n / last, most), last];
}
