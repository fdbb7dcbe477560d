import * as tf from '@tensorflow/tfjs';
import {reluPair, triangleWave, walshHadamard} from 'tfjs-piecewise';
import {useBackend, values} from '../../support/backend';
import {expectClose} from '../../support/close';
import {normal, uniform} from '../../support/random';

useBackend();

const OURS = /^(Signed)?WalshHadamard$|^ReLUPair|^TriangleWave|^TakeUnits$/;

describe('a backend that this library has never heard of', () => {
  beforeAll(async () => {
    const Backend = tf.findBackend('cpu').constructor as new () => tf.KernelBackend;
    tf.registerBackend('custom', () => new Backend());
    for (const kernel of tf.getKernelsForBackend('cpu')) {
      if (!OURS.test(kernel.kernelName)) tf.registerKernel({...kernel, backendName: 'custom'});
    }
    await tf.setBackend('custom');
  });
  afterAll(async () => {
    await tf.setBackend('cpu');
    tf.removeBackend('custom');
  });

  const x = uniform(64, 1);
  const slopes = normal(16, 2);
  const ops: [string, (t: tf.Tensor) => tf.Tensor][] = [
    ['walshHadamard', (t) => walshHadamard(t, {signs: tf.tensor1d(slopes)})],
    ['reluPair', (t) => reluPair(tf.sub(t, 0.5), tf.tensor1d(slopes), 1)],
    ['triangleWave', (t) => triangleWave(t, [0.3, 0.6, 0.5], [1, 0.5, 0.25])],
  ];

  it.each(ops)('runs %s and its gradient as cpu does', async (_, op) => {
    const results: Float32Array[][] = [];
    for (const backend of ['custom', 'cpu']) {
      await tf.setBackend(backend);
      const tensors = tf.tidy(() => {
        const t = tf.tensor2d(x, [4, 16]);
        return [op(t), tf.grad(op)(t)];
      });
      results.push(await Promise.all(tensors.map(values)));
      tf.dispose(tensors);
    }
    await tf.setBackend('custom');
    const [custom, cpu] = results;
    for (const [i, expected] of cpu.entries()) expectClose(custom[i], expected);
    expect(custom.length).toBe(2);
  });

  it('has no kernels of ours but the portable ones, registered on first use', () => {
    const names = tf.getKernelsForBackend('custom').map(({kernelName}) => kernelName);
    expect(names.filter((name) => OURS.test(name)).sort()).toEqual([
      'ReLUPair',
      'ReLUPairGradient',
      'SignedWalshHadamard',
      'TriangleWave',
      'TriangleWaveGradient',
    ]);
  });
});
