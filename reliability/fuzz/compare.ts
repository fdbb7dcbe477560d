import * as tf from '@tensorflow/tfjs';
import type {Expected} from './reference';

/** Thrown for a result that is wrong; anything else that is thrown is a crash. */
export class Wrong extends Error {}

export function ensure(good: boolean, message: () => string): asserts good {
  if (!good) throw new Wrong(message());
}

/** Compares a float32 tensor with what must come out. Disposes nothing. */
export async function compare(
  what: string,
  actual: tf.Tensor,
  shape: readonly number[],
  expected: Expected,
): Promise<void> {
  ensure(actual.dtype === 'float32', () => `${what}: dtype ${actual.dtype}, expected float32`);
  ensure(
    tf.util.arraysEqual(actual.shape, shape as number[]),
    () => `${what}: shape [${actual.shape}], expected [${shape}]`,
  );
  const found = tf.engine().backendName === 'webgpu' ? await actual.data() : actual.dataSync();
  ensure(
    found.length === expected.values.length,
    () => `${what}: ${found.length} numbers, expected ${expected.values.length}`,
  );
  for (let i = 0; i < found.length; i++) {
    const [got, want, bound] = [found[i], expected.values[i], expected.bound[i]];
    if (Number.isNaN(bound) || got === want || (Number.isNaN(got) && Number.isNaN(want))) continue;
    const error = Math.abs(got - want);
    ensure(error <= bound, () => `${what}[${i}]: ${got}, expected ${want}, error ${error} > ${bound}`);
  }
}

/** Runs `work` inside a count of tensors and data: none may be left. */
export async function withoutLeak(work: () => Promise<void>): Promise<void> {
  const before = [tf.memory().numTensors, tf.memory().numDataBuffers];
  tf.engine().startScope();
  try {
    await work();
  } finally {
    tf.engine().endScope();
  }
  const left = [tf.memory().numTensors - before[0], tf.memory().numDataBuffers - before[1]];
  ensure(left[0] === 0 && left[1] === 0, () => `${left[0]} tensors and ${left[1]} buffers were left`);
}

/** `who: what was expected, but received that. How to fix it.` */
const THREE_PARTS = /^[^:]+: .+, but received .+\. \S.+/s;

/** Calls what must be refused, with an error in three parts. */
export function refused(what: string, call: () => unknown): void {
  let message: string;
  try {
    tf.tidy(() => {
      call();
    });
    message = 'no error';
  } catch (error) {
    message = (error as Error).message;
    if (THREE_PARTS.test(message)) return;
  }
  throw new Wrong(`${what} must be refused by an error in three parts, but: ${message}`);
}
