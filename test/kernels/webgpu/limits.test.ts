/** @slow */

import * as tf from '@tensorflow/tfjs';
import {walshHadamard} from 'tfjs-piecewise';
import {runKernel} from '../../../src/engine';
import {capacity, factorsOf, tileOf} from '../../../src/kernels/webgpu/tile';
import {useBackend, values} from '../../support/backend';
import {expectClose} from '../../support/close';
import {type Row, TABLE} from '../table';
import {backend, useLimits} from './programs';

useBackend();

async function check({kernel, inputs, attrs, outputs, relative}: Row) {
  const results = tf.tidy(() => {
    const tensors = Object.entries(inputs).map(([name, {shape, values}]) => [name, tf.tensor(values, shape)]);
    return [runKernel(kernel, Object.fromEntries(tensors), attrs)].flat();
  });
  for (const [i, result] of results.entries()) {
    expectClose(await values(result), outputs[i].values, {relative, absolute: relative});
  }
  tf.dispose(results);
}

const transforms = TABLE.filter(([name]) => /WalshHadamard|WHT/.test(name));

describe('vectors of 64 elements at most fit a workgroup:', () => {
  useLimits({maxComputeWorkgroupStorageSize: 256, maxComputeInvocationsPerWorkgroup: 64});

  it('longer ones take several passes', () => {
    expect(capacity(backend())).toBe(64);
    expect(factorsOf(8192, 64)).toEqual([16, 8, 64]);
  });

  it.each(transforms)('%s', async (_, rows) => {
    for (const row of rows) await check(row);
  });
});

describe('a dimension of a dispatch has 7 workgroups at most:', () => {
  useLimits({maxComputeWorkgroupsPerDimension: 7});

  /** Products of matrices are those of tfjs, which dispatches them in its own way. */
  const OURS = TABLE.filter(([name]) => !['DenseUnits', 'DenseUnitsGradient', 'TransposedMatMul'].includes(name));

  it.each(OURS)('%s', async (_, rows) => {
    for (const row of rows.slice(0, 4)) await check(row);
    await check(rows[rows.length - 1]);
  });
});

describe('a tensor has 1024 bytes at most:', () => {
  useLimits({maxStorageBufferBindingSize: 1024});

  it('a larger one is refused, where WebGPU would give zeros', async () => {
    const shapes = [
      [1, 256],
      [1, 512],
    ].map((shape) => tf.zeros(shape));
    tf.dispose(walshHadamard(shapes[0]));
    expect(() => tf.tidy(() => walshHadamard(shapes[1]))).toThrow(
      'webgpu backend: a tensor must have at most 1024 bytes on this device, but received shape [1,512] of 2048 bytes.',
    );
    tf.dispose(shapes);
  });
});

it('a tensor of 4 GiB and more, whose indices may pass 2^31, is refused on any device', () => {
  const {kernelFunc} = tf.getKernel('ReLUPair', 'webgpu')!;
  const x = {dataId: {}, shape: [2 ** 15, 2 ** 15 + 1], dtype: 'float32' as const};
  const device = {limits: {...backend().device.limits, maxStorageBufferBindingSize: 2 ** 40}};
  const inputs = {x, negative: x, positive: x};
  const attrs = {units: 2 ** 15 + 1, inner: 1};
  expect(() => kernelFunc({inputs, attrs, backend: {device}})).toThrow('at most 4294967296 bytes');
});

describe('the least limits that a device may have', () => {
  useLimits({maxComputeWorkgroupStorageSize: 16384, maxComputeInvocationsPerWorkgroup: 256});

  it('let one workgroup transform 4096 elements', () => expect(capacity(backend())).toBe(4096));

  it.each([false, true])('are kept by every tile, side by side: %s', (strided) => {
    for (let n = 1; n <= 4096; n *= 2) {
      const {threads, registers, lanes} = tileOf(n, strided, 4096);
      expect(threads).toBeLessThanOrEqual(256);
      expect(threads * registers).toBe(n * lanes);
      expect(n * lanes).toBeLessThanOrEqual(4096);
    }
  });

  it('lengths up to 2^24 are products of two factors', () => {
    for (let n = 2 ** 13; n <= 2 ** 24; n *= 2) {
      const factors = factorsOf(n, 4096);
      expect(factors.length).toBe(2);
      expect(factors[0] * factors[1]).toBe(n);
    }
  });
});
