import {util} from '@tensorflow/tfjs';
import type {HostKernel} from '../host/memory';
import {walshHadamardHost} from '../host/walsh_hadamard';
import {type Instance, instantiate} from '../wasm/instance';

const PAGE = 2 ** 16;
/** Beyond 64 MB the loops of src/math do without: memory of WebAssembly is never given back. */
const MAX_BYTES = 2 ** 26;

/** A memory of our own with the SIMD module in it: the tensors of the cpu backend live elsewhere, and are copied. */
interface Workspace {
  memory: WebAssembly.Memory;
  instance: Instance;
}

let workspace: Workspace | null | undefined;

/**
 * WalshHadamard and SignedWalshHadamard in the SIMD module of the wasm backend: with both copies 3 to 4 times as fast as
 * the loops of src/math, which take over where there is no SIMD or the tensors are too large.
 */
export const walshHadamard: HostKernel = (memory) => {
  const loops = walshHadamardHost(memory);
  return (call) => {
    const {inputs, attrs, backend} = call;
    const x = inputs.x!;
    const {axis, scale, transposed} = attrs as unknown as {axis: number; scale: number; transposed?: boolean};
    const values = memory.read(backend, x);
    const signs = inputs.signs && memory.read(backend, inputs.signs);
    const size = values.length;
    const n = x.shape[axis];
    const space = size > 0 && 4 * (2 * size + n) <= MAX_BYTES ? workspaceOf(4 * (2 * size + n)) : null;
    if (!space) return loops(call);
    const heap = new Float32Array(space.memory.buffer);
    heap.set(values);
    if (signs) heap.set(signs, 2 * size);
    const inner = util.sizeFromShape(x.shape.slice(axis + 1));
    const diagonal = signs ? 4 * 2 * size : 0;
    const [before, after] = transposed ? [0, diagonal] : [diagonal, 0];
    space.instance.walshHadamard(0, 4 * size, size / (n * inner), n, inner, scale, before, after, after);
    return memory.write(backend, x.shape, heap.slice(size, 2 * size));
  };
};

/** The workspace with room for so many bytes; null where the module cannot be. */
export function workspaceOf(bytes: number): Workspace | null {
  if (workspace === undefined) {
    // The module was built for a memory that may grow to 65536 pages.
    const memory = new WebAssembly.Memory({initial: 1, maximum: PAGE});
    const instance = instantiate(memory);
    workspace = instance && {memory, instance};
  }
  if (!workspace) return null;
  const missing = Math.ceil((bytes - workspace.memory.buffer.byteLength) / PAGE);
  if (missing > 0) workspace.memory.grow(missing);
  return workspace;
}
