import * as tf from '@tensorflow/tfjs';
import {walshHadamard} from 'tfjs-piecewise';
import {workspaceOf} from '../../../src/kernels/cpu/workspace';
import {projection} from '../../../src/kernels/simd/projection';
import {useBackend, values} from '../../support/backend';
import {expectClose} from '../../support/close';
import {normal} from '../../support/random';

useBackend();

it('transforms 2^23 values in the SIMD module, and gives its memory back', async () => {
  const n = 2 ** 23;
  const x = normal(n, 1);
  const small = workspaceOf(projection);
  const y = tf.tidy(() => walshHadamard(walshHadamard(tf.tensor1d(x))));
  expectClose(await values(y), x, {relative: 1e-6});
  expect(small!.memory.buffer.byteLength).toBeGreaterThan(2 * 4 * n);
  expect(workspaceOf(projection)).not.toBe(small);
  y.dispose();
});

it('does it by loops in JavaScript where the memory is refused', async () => {
  const grow = jest.spyOn(WebAssembly.Memory.prototype, 'grow').mockImplementation(() => {
    throw new RangeError('out of memory');
  });
  const x = normal(2 ** 16, 2);
  const y = tf.tidy(() => walshHadamard(walshHadamard(tf.tensor1d(x))));
  expectClose(await values(y), x, {relative: 1e-6});
  expect(grow).toHaveBeenCalled();
  grow.mockRestore();
  y.dispose();
});
