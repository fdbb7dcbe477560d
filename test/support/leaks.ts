import * as tf from '@tensorflow/tfjs';

let collecting = false;

/**
 * Lets the current test leave tensors behind: they are disposed after it, as tfjs's own test scopes do. Call it first
 * thing in a test, or for a whole group as `beforeEach(collectTensors)`. Variables and kept tensors still count as leaks.
 *
 * It also hides tensors that the code under test forgets, so prove freedom from leaks in a test without it.
 */
export function collectTensors(): void {
  if (collecting) return;
  tf.engine().startScope('collectTensors');
  collecting = true;
}

/** Fails each test that ends with more tensors or more data than it started with, and each kernel that leaves data. */
export function forbidLeaks(): void {
  let before: tf.MemoryInfo;
  beforeAll(checkKernels);
  beforeEach(() => {
    before = tf.memory();
  });
  afterEach(() => {
    if (collecting) {
      tf.engine().endScope();
      collecting = false;
    }
    const after = tf.memory();
    const tensors = after.numTensors - before.numTensors;
    const buffers = after.numDataBuffers - before.numDataBuffers;
    if (tensors !== 0 || buffers !== 0) {
      throw new Error(
        `The test changed the number of tensors by ${tensors} and of data buffers by ${buffers}; both should be 0. ` +
          'Dispose what the test makes, or call collectTensors() first if it is not about memory.',
      );
    }
  });
}

/**
 * Turns on the engine's own check after each kernel. It also runs after the function of every `tf.customGrad`, where
 * saving a tensor is taken for a leak if the backend clones by copying, as wasm and tensorflow do: no dense layer could be
 * trained. So only kernels are checked.
 */
export function checkKernels(): void {
  tf.env().set('IS_TEST', true);
  const engine = tf.engine() as unknown as {checkKernelForMemLeak(name: string, ...rest: unknown[]): void};
  const check = engine.checkKernelForMemLeak;
  engine.checkKernelForMemLeak = function (name, ...rest) {
    if (tf.getKernel(name, tf.getBackend())) check.call(this, name, ...rest);
  };
}

/** What tensors take, once nothing is read from a GPU any more: a layer that looks at its first inputs holds them as long. */
export async function settledMemory(): Promise<tf.MemoryInfo> {
  let memory = tf.memory();
  for (let same = 0; same < 3; ) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    const now = tf.memory();
    same = now.numTensors === memory.numTensors ? same + 1 : 0;
    memory = now;
  }
  return memory;
}
