import * as tf from '@tensorflow/tfjs';
import {batchOf, leastModel} from './models';

export interface Sample {
  step: number;
  tensors: number;
  /** Data that the backend holds. */
  handles: number;
  /** Megabytes of the WebAssembly module, or on the GPU. */
  heapMB: number;
  processMB: number;
  loss: number;
}

/** Trains and looks at the memory now and then. */
export async function soak(steps: number, samples: number): Promise<Sample[]> {
  const model = leastModel(1);
  const taken: Sample[] = [];
  const every = Math.max(1, Math.floor(steps / samples));
  for (let step = 1; step <= steps; step++) {
    const [x, y] = batchOf(step);
    const loss = (await model.trainOnBatch(x, y)) as number;
    tf.dispose([x, y]);
    if (!Number.isFinite(loss)) throw new Error(`the loss became ${loss} in step ${step}`);
    if (step % every === 0) {
      globalThis.gc?.();
      taken.push(sampleOf(step, loss));
    }
  }
  model.optimizer.dispose();
  model.dispose();
  return taken;
}

function sampleOf(step: number, loss: number): Sample {
  const {wasm} = tf.backend() as unknown as {wasm?: {HEAPU8: Uint8Array}};
  const memory = tf.memory() as tf.MemoryInfo & {numBytesInGPU?: number};
  return {
    step,
    loss,
    tensors: memory.numTensors,
    handles: tf.backend().numDataIds(),
    heapMB: (wasm?.HEAPU8.length ?? memory.numBytesInGPU ?? 0) / 2 ** 20,
    processMB: process.memoryUsage().rss / 2 ** 20,
  };
}
