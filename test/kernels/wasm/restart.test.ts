import * as tf from '@tensorflow/tfjs';
import {reluPair, walshHadamard} from 'tfjs-piecewise';
import {projection} from '../../../src/kernels/simd/projection';
import type {WasmBackend} from '../../../src/kernels/wasm/backend';
import {instanceIn} from '../../../src/kernels/wasm/execute';
import {useBackend} from '../../support/backend';

useBackend();

function run(): number[] {
  return tf.tidy(() => [...walshHadamard(reluPair(tf.tensor1d([-2, 3]), 0.5, 2), {normalize: false}).dataSync()]);
}

it('a backend that is disposed and made again has its own memory, and our kernels in it', async () => {
  expect(run()).toEqual([5, -7]);
  const first = instanceIn(tf.backend() as unknown as WasmBackend, projection);
  const factory = tf.engine().registryFactory.wasm.factory;
  tf.removeBackend('wasm');
  tf.registerBackend('wasm', factory);
  await tf.setBackend('wasm');
  expect(run()).toEqual([5, -7]);
  const second = instanceIn(tf.backend() as unknown as WasmBackend, projection);
  expect(second).not.toBeNull();
  expect(second).not.toBe(first);
});
