import {type TensorInfo, util} from '@tensorflow/tfjs';
import {run, type WebGPUBackend} from './backend';
import {MAX_TERMS, sumUnits, THREADS} from './sum';

/** Few terms a thread make many partial sums to write; many leave a small batch to few threads. */
const MIN_TERMS = 16;
/** Partial sums of a unit that need no more threads. */
const ENOUGH = 1024;

/** How many terms a thread should add up. */
export function termsPerThread(terms: number): number {
  return Math.min(MAX_TERMS, Math.max(MIN_TERMS, Math.ceil(terms / ENOUGH)));
}

export interface PairOfSums {
  key: string;
  /** The first is seen as [terms / inner, units, inner]. */
  inputs: {[name: string]: TensorInfo};
  units: number;
  inner: number;
  /** Sums of each kind for one unit. */
  levels: number;
  /** Adds the terms of element i, of unit u, to `sums`: `levels` of the first kind, then as many of the second. */
  add: string;
  /** WGSL of module scope. */
  functions?: string;
  /** Of the two results. */
  shapes: number[][];
}

/**
 * Two tensors of sums over all but the units. A program of tfjs has one output: so one program reads the inputs once and
 * writes partial sums of both kinds to one tensor, and two small ones add up each.
 */
export function sumPair(backend: WebGPUBackend, pair: PairOfSums): TensorInfo[] {
  const {inputs, units, inner, levels, shapes} = pair;
  const terms = util.sizeFromShape(Object.values(inputs)[0].shape) / units;
  const slices = Math.ceil(terms / termsPerThread(terms));
  const partial = run(backend, shader(pair), {
    inputs,
    uniforms: {terms, units, inner, slices},
    groups: Math.ceil((slices * units) / THREADS),
    shape: [2, slices, units, levels],
  });
  const width = units * levels;
  const results = shapes.map((shape, which) =>
    sumUnits(backend, partial, {start: which * slices * width, terms: slices, units: width, inner: 1, shape}),
  );
  backend.disposeData(partial.dataId);
  return results;
}

function shader({key, inner, levels, add, functions = ''}: PairOfSums) {
  // Neighbouring threads read neighbours in memory.
  const [u, slice] = inner === 1 ? ['t % units', 't / units'] : ['t / slices', 't % slices'];
  return {
    key: `${key} ${levels} ${inner === 1}`,
    threads: THREADS,
    code: () => `${functions}
fn main(index : i32) {
  let t = u32(index);
  let units = uniforms.units;
  let slices = uniforms.slices;
  let u = ${u};
  let slice = ${slice};
  if (t >= units * slices) { return; }
  var sums : array<f32, ${2 * levels}>;
  for (var m = slice; m < uniforms.terms; m += slices) {
    let i = (m / uniforms.inner * units + u) * uniforms.inner + m % uniforms.inner;
    ${add}
  }
  for (var k = 0u; k < ${2 * levels}u; k++) {
    result[((k / ${levels}u * slices + slice) * units + u) * ${levels}u + k % ${levels}u] = sums[k];
  }
}`,
  };
}
