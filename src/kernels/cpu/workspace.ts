import {type TensorInfo, util} from '@tensorflow/tfjs';
import type {KernelFunction} from '../../engine';
import {instantiate, type ModuleText, type SimdKernels} from '../simd/instance';
import type {Planner} from '../simd/plan';
import {type CpuBackend, read, write} from './backend';

const PAGE = 2 ** 16;
/** Memory of WebAssembly never shrinks, so one of more than 64 MB is given up after its call. */
const KEEP_BYTES = 2 ** 26;
/** No tensor begins at address 0, which means "none". */
const START = 16;

/** A memory of our own with a SIMD module in it: the tensors of the cpu backend live elsewhere, and are copied. */
interface Workspace<Native> {
  memory: WebAssembly.Memory;
  native: Native;
}

const workspaces = new Map<ModuleText, Workspace<unknown> | null>();

/** null where the module cannot be. */
export function workspaceOf<Native>(simd: SimdKernels<Native>): Workspace<Native> | null {
  let workspace = workspaces.get(simd.module);
  if (workspace === undefined) {
    // The module was built for a memory that may grow to 65536 pages.
    const memory = new WebAssembly.Memory({initial: 1, maximum: PAGE});
    const native = instantiate(simd, memory);
    workspace = native && {memory, native};
    workspaces.set(simd.module, workspace);
  }
  return workspace as Workspace<Native> | null;
}

/** A kernel of a SIMD module on copies, or by `otherwise` where there is no SIMD or the tensors are too large. */
export function inWorkspace<Native>(
  simd: SimdKernels<Native>,
  planner: Planner<Native>,
  otherwise: KernelFunction,
): KernelFunction {
  return (call) => {
    const space = workspaceOf(simd);
    if (!space) return otherwise(call);
    const backend = call.backend as CpuBackend;
    const plan = planner(space.native, call.inputs as {[name: string]: TensorInfo}, call.attrs);
    let end = START;
    const place = (bytes: number) => {
      const address = end;
      end += Math.ceil(bytes / 16) * 16;
      return address;
    };
    const bytesOf = (shape: number[]) => 4 * util.sizeFromShape(shape);
    const inputs = plan.inputs.map(({shape}) => place(bytesOf(shape)));
    const outputs = plan.outputs.map((shape) => place(bytesOf(shape)));
    const scratch = place(plan.scratch ?? 0);
    if (!hasRoom(space.memory, end)) return otherwise(call);
    const heap = new Float32Array(space.memory.buffer);
    const indices = new Int32Array(space.memory.buffer);
    for (const [i, tensor] of plan.inputs.entries()) {
      (tensor.dtype === 'int32' ? indices : heap).set(read(backend, tensor), inputs[i] / 4);
    }
    plan.run(inputs, outputs, scratch);
    const results = plan.outputs.map((shape, i) =>
      write(backend, shape, heap.slice(outputs[i] / 4, (outputs[i] + bytesOf(shape)) / 4)),
    );
    if (end > KEEP_BYTES) workspaces.delete(simd.module);
    return results.length === 1 ? results[0] : results;
  };
}

/** Whether the memory has, or now has, so many bytes. */
function hasRoom(memory: WebAssembly.Memory, bytes: number): boolean {
  const missing = Math.ceil((bytes - memory.buffer.byteLength) / PAGE);
  if (missing <= 0) return true;
  try {
    memory.grow(missing);
    return true;
  } catch {
    return false; // more than 4 GiB, or than there is
  }
}
