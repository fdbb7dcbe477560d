import type {Flags} from './start_backend';

export interface BrowserBackend {
  /** Starts with the name of the backend: the reporter of the run reads it there. */
  title: string;
  name: string;
  flags?: Flags;
  /**
   * One row of the kernels in so many is run, from the given one on: for variants whose shaders another backend has as well,
   * where compiling them takes seconds.
   */
  rows?: {every: number; from: number};
  /** What must have started, besides the backend. */
  started?: {webgl?: number; textureBits?: 16 | 32; wasm?: string; simd?: boolean};
}

export const BACKENDS: BrowserBackend[] = [
  {title: 'cpu in Chromium', name: 'cpu'},
  {
    title: 'wasm with threads and SIMD',
    name: 'wasm',
    started: {wasm: 'tfjs-backend-wasm-threaded-simd.wasm', simd: true},
  },
  {
    title: 'wasm with SIMD, without threads',
    name: 'wasm',
    flags: {WASM_HAS_MULTITHREAD_SUPPORT: false},
    started: {wasm: 'tfjs-backend-wasm-simd.wasm', simd: true},
  },
  {
    title: 'wasm without SIMD and threads',
    name: 'wasm',
    flags: {WASM_HAS_SIMD_SUPPORT: false, WASM_HAS_MULTITHREAD_SUPPORT: false},
    started: {wasm: 'tfjs-backend-wasm.wasm', simd: false},
  },
  {title: 'webgl, version 2', name: 'webgl', started: {webgl: 2, textureBits: 32}},
  {
    title: 'webgl, version 1',
    name: 'webgl',
    flags: {WEBGL_VERSION: 1},
    rows: {every: 2, from: 0},
    started: {webgl: 1, textureBits: 32},
  },
  {
    title: 'webgl, unpacked',
    name: 'webgl',
    flags: {WEBGL_PACK: false},
    rows: {every: 2, from: 1},
    started: {webgl: 2, textureBits: 32},
  },
  // All rows run in Node, by the same implementation of WebGPU.
  {title: 'webgpu in Chromium', name: 'webgpu', rows: {every: 3, from: 0}},
];

/** Then tfjs compiles one shader for all shapes, its own at least. */
export const SHAPES_AS_UNIFORMS: BrowserBackend = {
  title: 'webgl with shapes as uniforms',
  name: 'webgl',
  flags: {WEBGL_USE_SHAPES_UNIFORMS: true},
  started: {webgl: 2, textureBits: 32},
};

/** As on many phones. */
export const HALF_PRECISION: BrowserBackend = {
  title: 'webgl with 16-bit textures',
  name: 'webgl',
  flags: {WEBGL_FORCE_F16_TEXTURES: true},
  started: {webgl: 2, textureBits: 16},
};
