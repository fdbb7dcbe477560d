import type {TensorInfo} from '@tensorflow/tfjs';
import {type Run, run, type Shader, sizeOf, type WebGPUBackend} from './backend';
import {MAX_TERMS, sumUnits, THREADS} from './sum';

/** Few terms a thread make many partial sums to write; many leave a small batch to few threads. */
const MIN_TERMS = 16;
/** Partial sums of a unit that need no more threads. */
const ENOUGH = 1024;

/** How many terms a thread should add up. */
export function termsPerThread(terms: number): number {
  return Math.min(MAX_TERMS, Math.max(MIN_TERMS, Math.ceil(terms / ENOUGH)));
}

interface PairOfSums extends Pick<Shader, 'key' | 'head' | 'main'>, Pick<Run, 'inputs'> {
  /** The input x is seen as [terms / inner, units, inner]. */
  units: number;
  inner: number;
  /** Sums of each kind for one unit. `main` adds the terms of element i, of unit u, to `sums`: one kind, then the other. */
  levels: number;
  /** Of the two results. */
  shapes: number[][];
}

/**
 * Two tensors of sums over all but the units. A program of tfjs has one output: so one program reads the inputs once and
 * writes partial sums of both kinds to one tensor, and two small ones add up each.
 */
export function sumPair(backend: WebGPUBackend, pair: PairOfSums): TensorInfo[] {
  const {inputs, units, inner, levels, shapes} = pair;
  const terms = sizeOf(inputs.x) / units;
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

function shader({key, head, main, inner, levels}: PairOfSums): Shader {
  // Neighbouring threads read neighbours in memory.
  const [u, slice] = inner === 1 ? ['t % units', 't / units'] : ['t / slices', 't % slices'];
  return {
    key: `${key} ${levels} ${inner === 1}`,
    threads: THREADS,
    head,
    main: () => `let t = u32(index);
let u = ${u};
let slice = ${slice};
if (t >= units * slices) { return; }
var sums : array<f32, ${2 * levels}>;
for (var m = slice; m < terms; m += slices) {
  let i = (m / inner * units + u) * inner + m % inner;
  ${main()}
}
for (var k = 0u; k < ${2 * levels}u; k++) {
  result[((k / ${levels}u * slices + slice) * units + u) * ${levels}u + k % ${levels}u] = sums[k];
}`,
  };
}
