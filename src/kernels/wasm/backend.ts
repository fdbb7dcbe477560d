import {type TensorInfo, util} from '@tensorflow/tfjs';
import {fail} from '../../errors';
import type {OwnMemory} from '../host/memory';

/** What our kernels use of tfjs's wasm backend. */
export interface WasmBackend {
  wasm: {
    /** The threaded build has its memory here, */
    wasmMemory?: WebAssembly.Memory;
    /** the others there. */
    asm?: {memory?: WebAssembly.Memory};
    _malloc(bytes: number): number;
    _free(address: number): void;
  };
  dataIdMap: {get(dataId: object): {memoryOffset: number}};
  makeOutput(shape: number[], dtype: 'float32'): TensorInfo;
  disposeData(dataId: object): boolean;
  typedArrayFromHeap(tensor: TensorInfo): Float32Array;
}

/** Above it, tfjs would pass its allocator a size that wraps round to a small one. */
const MAX_BYTES = 2 ** 31;

export function addressOf(backend: WasmBackend, tensor: TensorInfo): number {
  return backend.dataIdMap.get(tensor.dataId).memoryOffset;
}

/** New tensors, not cleared. May grow the memory: views into it end here, addresses stay. */
export function allocate(backend: WasmBackend, shapes: number[][]): TensorInfo[] {
  const tensors: TensorInfo[] = [];
  for (const shape of shapes) {
    const bytes = 4 * util.sizeFromShape(shape);
    const tensor = bytes < MAX_BYTES ? backend.makeOutput(shape, 'float32') : undefined;
    if (tensor) tensors.push(tensor);
    if (!tensor || (bytes > 0 && addressOf(backend, tensor) === 0)) {
      for (const {dataId} of tensors) backend.disposeData(dataId);
      failToAllocate(`a tensor of shape [${shape}]`, bytes);
    }
  }
  return tensors;
}

/** Lends `bytes` of memory to `use`. */
export function withScratch<T>(backend: WasmBackend, bytes: number, use: (address: number) => T): T {
  if (bytes === 0) return use(0);
  const address = bytes < MAX_BYTES ? backend.wasm._malloc(bytes) >>> 0 : 0;
  if (address === 0) failToAllocate('the scratch of a kernel', bytes);
  try {
    return use(address);
  } finally {
    backend.wasm._free(address);
  }
}

function failToAllocate(what: string, bytes: number): never {
  fail(
    'wasm backend',
    `the memory of tfjs, 4 GiB in all and less than 2 GiB a tensor, must have room for ${what}`,
    `a need of ${(bytes / 2 ** 30).toFixed(2)} GiB more`,
    'Dispose tensors, or use smaller batches.',
  );
}

/** For loops in JavaScript: the tensors of the heap as views. */
export const heap: OwnMemory = {
  read: (backend, tensor) => (backend as WasmBackend).typedArrayFromHeap(tensor),
  write: (backend, shape, values) => heap.make(backend, shape, (all) => all.set(values)),
  make: (backend, shape, fill) => {
    const [tensor] = allocate(backend as WasmBackend, [shape]);
    fill((backend as WasmBackend).typedArrayFromHeap(tensor));
    return tensor;
  },
};
