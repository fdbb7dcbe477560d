import type {TensorInfo} from '@tensorflow/tfjs';
import {run, type Shader, type WebGPUBackend} from './backend';

/** Every WebGPU device has as many invocations of a workgroup. */
export const THREADS = 256;
/**
 * Terms that a thread adds up one by one. The rounding error of a sum grows with this, but only with the logarithm of the
 * number of all terms.
 */
export const MAX_TERMS = 64;
/** Units side by side that fill a memory transaction. */
const MAX_UNITS = 16;

export interface SumArgs {
  /** The first element to read. */
  start: number;
  /** Elements from there on, seen as [terms / inner, units, inner]. */
  terms: number;
  units: number;
  inner: number;
  shape: number[];
}

/** The sum for each unit: by threads, by a tree over the threads of a workgroup, and over again till there is one. */
export function sumUnits(
  backend: WebGPUBackend,
  x: TensorInfo,
  {start, terms, units, inner, shape}: SumArgs,
): TensorInfo {
  const width = Math.min(MAX_UNITS, 2 ** Math.ceil(Math.log2(units)));
  const chunks = Math.ceil(terms / ((THREADS / width) * MAX_TERMS));
  const sums = run(backend, shader(width), {
    inputs: {x},
    uniforms: {start, terms, units, inner, chunks},
    groups: chunks * Math.ceil(units / width),
    shape: chunks === 1 ? shape : [chunks, units],
  });
  if (chunks === 1) return sums;
  const total = sumUnits(backend, sums, {start: 0, terms: chunks, units, inner: 1, shape});
  backend.disposeData(sums.dataId);
  return total;
}

/** A workgroup has `width` units, and the other threads share their terms. */
function shader(width: number): Shader {
  const slices = THREADS / width;
  return {
    key: `sum ${width}`,
    threads: THREADS,
    head: `var<workgroup> sums : array<f32, ${THREADS}>;
`,
    main: () => `let blocks = (units + ${width - 1}u) / ${width}u;
let u = group() % blocks * ${width}u + localIndex % ${width}u;
let chunk = group() / blocks;
let begin = chunk * ${slices * MAX_TERMS}u + localIndex / ${width}u;
let end = min(terms, (chunk + 1u) * ${slices * MAX_TERMS}u);
var sum = 0.0;
for (var m = begin; m < end; m += ${slices}u) {
  sum += x[start + (m / inner * units + u) * inner + m % inner];
}
sums[localIndex] = sum;
for (var h = ${THREADS / 2}u; h >= ${width}u; h /= 2u) {
  workgroupBarrier();
  if (localIndex < h) { sums[localIndex] += sums[localIndex + h]; }
}
if (localIndex < ${width}u && u < units && chunk < chunks) {
  result[chunk * units + u] = sums[localIndex];
}`,
  };
}
