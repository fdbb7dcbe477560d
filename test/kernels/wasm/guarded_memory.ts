import {type TensorInfo, util} from '@tensorflow/tfjs';
import {instantiate, type SimdKernels} from '../../../src/kernels/simd/instance';
import type {Planner} from '../../../src/kernels/simd/plan';
import {uniform} from '../../support/random';

/** One call of a kernel. */
export interface Case {
  /** Shapes; a kernel takes those that it knows by name. */
  inputs: {[name: string]: number[]};
  attrs: object;
}

/** Calls a kernel on tensors with guards between them; what it did wrong, or null. */
export type NativeCall = (example: Case) => string | null;

const GUARD = 256;
const MEMORY = 2 ** 25;
const VALUES = uniform(2 ** 20 + 8, 1, 0.2, 0.8); // more than any input has
const FILLS = [0x7fc0dead, 0x7f000000]; // a NaN, and a number that would be seen in every sum

interface Place {
  at: number;
  bytes: number;
}

/** Places in a row, each followed by a guard, at multiples of 8 that are none of 16, as tfjs's may be. */
function layOut(sizes: number[]): {places: Place[]; end: number} {
  let end = GUARD + 8;
  const places = sizes.map((bytes) => {
    const at = end;
    end = Math.ceil((at + bytes + GUARD) / 16) * 16 + 8;
    return {at, bytes};
  });
  return {places, end};
}

/** The kernels of a module, in a memory of their own. */
export function guardedMemory<Native>(simd: SimdKernels<Native>): {[kernel: string]: NativeCall} {
  const memory = new WebAssembly.Memory({initial: MEMORY / 65536, maximum: 65536});
  const native = instantiate(simd, memory)!;
  const entries = Object.entries(simd.planners).map(([kernel, planner]) => [
    kernel,
    (example: Case) => call(new Uint8Array(memory.buffer), native, planner, example),
  ]);
  return Object.fromEntries(entries);
}

function call<Native>(memory: Uint8Array, native: Native, planner: Planner<Native>, {inputs, attrs}: Case) {
  const infos = Object.entries(inputs).map(([name, shape]): [string, TensorInfo] => [
    name,
    {dataId: {}, shape, dtype: name === 'indices' ? 'int32' : 'float32'},
  ]);
  const plan = planner(native, Object.fromEntries(infos), attrs as Parameters<Planner<Native>>[2]);
  const bytesOf = (shape: number[]) => 4 * util.sizeFromShape(shape);
  const {places, end} = layOut([
    ...plan.inputs.map(({shape}) => bytesOf(shape)),
    ...plan.outputs.map(bytesOf),
    plan.scratch ?? 0,
  ]);
  const ins = places.slice(0, plan.inputs.length);
  const outs = places.slice(plan.inputs.length, -1);
  const scratch = places[places.length - 1];
  const describe = (what: string) =>
    `${infos.map(([name, {shape}]) => `${name} [${shape}]`).join(', ')}, ${JSON.stringify(attrs)}: ${what}`;
  if (end > memory.length) throw new Error(describe('does not fit into the memory of the spec'));

  const results = FILLS.map((fill) => {
    new Uint32Array(memory.buffer, 0, Math.ceil(end / 4)).fill(fill);
    ins.forEach(({at, bytes}, i) => {
      if (plan.inputs[i].dtype === 'int32') {
        const last = inputs.signs[0] - 1;
        new Int32Array(memory.buffer, at, bytes / 4).forEach((_, j, indices) => {
          indices[j] = last - j;
        });
      } else {
        new Float32Array(memory.buffer, at, bytes / 4).set(VALUES.subarray(i, i + bytes / 4));
      }
    });
    const before = memory.slice(0, end);
    const addresses = (all: Place[]) => all.map(({at}) => at);
    plan.run(addresses(ins), addresses(outs), scratch.at);
    const after = memory.slice(0, end);
    const values = outs.map(({at, bytes}) => Buffer.from(after.slice(at, at + bytes)));
    for (const {at, bytes} of [...outs, scratch]) after.set(before.subarray(at, at + bytes), at);
    return {changed: firstDifference(before, after), values};
  });
  const {changed} = results.find((result) => result.changed >= 0) ?? {changed: -1};
  if (changed >= 0) return describe(`byte ${changed} of the memory around it was changed`);
  const [one, other] = results.map(({values}) => Buffer.concat(values));
  return one.equals(other) ? null : describe('the outputs depend on what lies around the inputs');
}

function firstDifference(a: Uint8Array, b: Uint8Array): number {
  return Buffer.compare(a, b) === 0 ? -1 : a.findIndex((byte, i) => byte !== b[i]);
}
