import * as tf from '@tensorflow/tfjs';
import {reluPair, walshHadamard, whtReLUPair} from 'tfjs-piecewise/ops';
import {registerKernels} from 'tfjs-piecewise/wasm/projection';
import type {WasmBackend} from '../../../src/kernels/wasm/backend';
import {useBackend, values} from '../../support/backend';
import {expectClose} from '../../support/close';
import {normal} from '../../support/random';
import {reluPair as reluPairOf, walshHadamard as transformOf} from '../definitions';

useBackend();
beforeAll(() => registerKernels());

const SHAPE: [number, number] = [3, 32];
const x = normal(3 * 32, 1);
const [signs, below, above] = [2, 3, 4].map((seed) => normal(32, seed));
const z = transformOf(x, [3, 32, 1], {scale: 1 / Math.sqrt(32), before: signs});

async function checkAll(): Promise<void> {
  const tensors = tf.tidy(() => {
    const t = tf.tensor2d(x, SHAPE);
    const args = {signs: tf.tensor1d(signs)};
    const slopes = [tf.tensor1d(below), tf.tensor1d(above)] as const;
    const pair = (u: tf.Tensor) => whtReLUPair(u, ...slopes, args);
    const apart = (u: tf.Tensor) => reluPair(walshHadamard(u, args), ...slopes);
    return [walshHadamard(t, args), apart(t), pair(t), tf.grad(apart)(t), tf.grad(pair)(t)];
  });
  const [transformed, apart, pair, apartGradient, pairGradient] = await Promise.all(tensors.map(values));
  tf.dispose(tensors);
  const expected = reluPairOf(z, below, above, [3, 32, 1]);
  expectClose(transformed, z, {relative: 1e-6});
  expectClose(apart, expected, {relative: 1e-6});
  expectClose(pair, expected, {relative: 1e-6});
  expectClose(pairGradient, Float64Array.from(apartGradient), {relative: 1e-6});
}

it('the kernels of the projection alone run in the SIMD module', checkAll);

it('ops of tfjs serve where the memory cannot be reached', async () => {
  const backend = tf.backend() as unknown as WasmBackend;
  const {wasm} = backend;
  backend.wasm = Object.assign(Object.create(wasm), {asm: undefined});
  const products = jest.spyOn(tf.engine(), 'runKernel');
  await checkAll();
  expect(products.mock.calls.map(([name]) => name)).toContain('BatchMatMul');
  products.mockRestore();
  backend.wasm = wasm;
});
