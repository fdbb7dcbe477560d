import type {TensorInfo} from '@tensorflow/tfjs';
import {type Run, run, type Shader, sizeOf, type WebGPUBackend} from './backend';

/** More would only wait longer for each other. */
const THREADS = 64;
/** Terms that are added up one by one: beyond, the rounding error of a sum grows with the logarithm of their number only. */
export const MAX_TERMS = 32;
/** Numbers side by side that fill a memory transaction: units, or the inner elements of one. */
const MAX_WIDTH = 16;

interface View {
  /** An input is seen as [terms / inner, units, inner]. */
  terms: number;
  units: number;
  inner: number;
}

interface Sums extends View, Pick<Shader, 'key' | 'head' | 'main'>, Pick<Run, 'inputs'> {
  /** Sums of each kind for one unit. `main` adds the terms of element i, of unit u, to `sums`: one kind, then the other. */
  levels: number;
  /** Shapes of the two results, one of each kind. */
  shapes: number[][];
}

/**
 * Two tensors of sums over all but the units. A program of tfjs has one output: so one program reads the inputs once and
 * writes sums of both kinds for chunks of the terms to one tensor, and two small ones add up each.
 */
export function sumPair(backend: WebGPUBackend, sums: Sums): TensorInfo[] {
  const units = sums.units * sums.levels;
  const partial = sumChunks(backend, sums, 2 * sums.levels);
  const terms = sizeOf(partial) / (2 * units);
  const results = sums.shapes.map((shape, kind) =>
    sumUnits(backend, partial, kind * terms * units, {terms, units, inner: 1}, shape),
  );
  backend.disposeData(partial.dataId);
  return results;
}

/** The sum for each unit of a view that begins at `start`. */
export function sumUnits(
  backend: WebGPUBackend,
  x: TensorInfo,
  start: number,
  view: View,
  shape: number[],
): TensorInfo {
  const sums = {...view, key: 'sum', inputs: {x}, main: () => 'sums[0] += x[start + i];', levels: 1};
  const partial = sumChunks(backend, sums, 1, start);
  const terms = sizeOf(partial) / view.units;
  if (terms === 1) return {...partial, shape};
  const total = sumUnits(backend, partial, 0, {...view, terms, inner: 1}, shape);
  backend.disposeData(partial.dataId);
  return total;
}

/** Sums by threads, then by a tree over the threads of a workgroup: [kinds, chunks, units, levels]. */
function sumChunks(backend: WebGPUBackend, sums: Omit<Sums, 'shapes'>, count: number, start = 0): TensorInfo {
  const {key, head = '', main, inputs, terms, units, inner, levels} = sums;
  const narrow = powerOfTwo(Math.min(units, Math.max(1, MAX_WIDTH / inner)));
  const slices = Math.min(THREADS / narrow, powerOfTwo(terms / MAX_TERMS));
  const width = THREADS / slices;
  const chunks = Math.ceil(terms / (slices * MAX_TERMS));
  const shader = {
    key: `${key} ${width} ${count}`,
    threads: THREADS,
    head: `${head}var<workgroup> tree : array<f32, ${THREADS}>;
`,
    main: () => `let blocks = (units + ${width - 1}u) / ${width}u;
let u = group % blocks * ${width}u + localIndex % ${width}u;
let chunk = group / blocks;
let begin = chunk * ${slices * MAX_TERMS}u;
let end = min(terms, begin + ${slices * MAX_TERMS}u);
var sums : array<f32, ${count}>;
for (var m = begin + localIndex / ${width}u; m < end; m += ${slices}u) {
  let i = (m / inner * units + u) * inner + m % inner;
  ${main()}
}
for (var k = 0u; k < ${count}u; k++) {
  var sum = sums[k];
  ${slices > 1 ? tree(width) : ''}
  if (localIndex < ${width}u && u < units && chunk < chunks) {
    result[((k / ${levels}u * chunks + chunk) * units + u) * ${levels}u + k % ${levels}u] = sum;
  }
}`,
  };
  return run(backend, shader, {
    inputs,
    uniforms: {start, terms, units, inner, chunks},
    groups: chunks * Math.ceil(units / width),
    shape: [chunks, units, count],
  });
}

/** Adds up the sums of all slices of a unit, for the first of them. */
const tree = (width: number) => `tree[localIndex] = sum;
  for (var h = ${THREADS / 2}u; h >= ${width}u; h /= 2u) {
    workgroupBarrier();
    if (localIndex < h) { sum += tree[localIndex + h]; tree[localIndex] = sum; }
  }
  workgroupBarrier();`;

const powerOfTwo = (least: number) => 2 ** Math.max(0, Math.ceil(Math.log2(least)));
