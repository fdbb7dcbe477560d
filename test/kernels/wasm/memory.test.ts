import * as tf from '@tensorflow/tfjs';
import {reluPair, triangleWave, walshHadamard} from 'tfjs-piecewise';
import {useBackend, values} from '../../support/backend';
import {expectClose} from '../../support/close';
import {normal} from '../../support/random';
import * as definitions from '../definitions';

useBackend();

const heapBytes = () => (tf.backend() as unknown as {wasm: {HEAPU8: Uint8Array}}).wasm.HEAPU8.buffer.byteLength;

it('the memory may grow during a call', async () => {
  const x = tf.tensor2d(normal(1024, 1), [1, 1024]);
  const before = heapBytes();
  const outputs: tf.Tensor[] = [];
  const big = tf.tile(x, [4096, 1]); // 16 MiB
  while (heapBytes() === before || outputs.length < 2) outputs.push(walshHadamard(big));
  // The last call made the memory grow, for its output.
  const last = outputs[outputs.length - 1];
  const row = tf.slice(last, [4095, 0], [1, 1024]);
  const expected = definitions.walshHadamard(x.dataSync(), [1, 1024, 1], {scale: 1 / 32});
  expectClose(await values(row), expected, {relative: 1e-6});
  tf.dispose([x, big, row, ...outputs]);
});

it('1000 calls of each op and its gradient leave no byte behind', () => {
  const x = tf.tensor2d(normal(64 * 256, 2), [64, 256]);
  const slopes = tf.tensor1d(normal(256, 3));
  const ops: ((t: tf.Tensor) => tf.Tensor)[] = [
    (t) => walshHadamard(t, {signs: slopes}),
    (t) => reluPair(t, slopes, 1),
    (t) => triangleWave(t, [0.3, 0.6, 0.5], [1, 0.5, 0.25]),
  ];
  const run = () => {
    for (const op of ops) tf.tidy(() => void tf.grad(op)(x));
  };
  for (let i = 0; i < 10; i++) run();
  const before = heapBytes();
  const tensors = tf.memory().numTensors;
  for (let i = 0; i < 1000; i++) run();
  expect(heapBytes()).toBe(before);
  expect(tf.memory().numTensors).toBe(tensors);
  tf.dispose([x, slopes]);
});

describe('too large for the memory', () => {
  const run = (name: string, shape: number[], attrs: {[name: string]: number}) => {
    const x = {dataId: {}, shape, dtype: 'float32' as const};
    const {kernelFunc} = tf.getKernel(name, 'wasm')!;
    return () => kernelFunc({inputs: {x, negative: x, positive: x}, attrs, backend: tf.backend()});
  };

  it('is a tensor of 2 GiB', () => {
    expect(run('WalshHadamard', [2 ** 19, 1024], {axis: 1, scale: 1})).toThrow(
      'wasm backend: the memory of tfjs, 4 GiB in all and less than 2 GiB a tensor, must have room for a tensor of shape ' +
        '[524288,1024], but received a need of 2.00 GiB more. Dispose tensors, or use smaller batches.',
    );
    expect(run('ReLUPair', [2 ** 20, 1024], {units: 1024, inner: 1})).toThrow('must have room for');
  });

  it('is a bank of waves whose scratch, counted in 32 bits, would seem small', () => {
    const [channels, depth] = [3, 2 ** 26]; // 12 columns of 2^26 records of 16 bytes: 3 * 2^32
    const [x, peaks] = [
      [1, channels],
      [channels, depth],
    ].map((shape) => ({dataId: {}, shape, dtype: 'float32' as const}));
    for (const name of ['TriangleWave', 'TriangleWaveGradient']) {
      const {kernelFunc} = tf.getKernel(name, 'wasm')!;
      const inputs = {x, dy: x, peaks, scales: peaks};
      expect(() => kernelFunc({inputs, attrs: {}, backend: tf.backend()})).toThrow(
        /must have room for the scratch of a kernel, but received a need of (12|26|25)\.\d\d GiB more/,
      );
    }
  });

  it('is what its allocator refuses', () => {
    const {wasm} = tf.backend() as unknown as {wasm: {_malloc(bytes: number): number}};
    const before = tf.backend().numDataIds();
    const malloc = jest.spyOn(wasm, '_malloc').mockReturnValue(0);
    try {
      expect(run('WalshHadamard', [4, 8], {axis: 1, scale: 1})).toThrow('must have room for a tensor of shape [4,8]');
    } finally {
      malloc.mockRestore();
    }
    expect(tf.backend().numDataIds()).toBe(before);
  });
});
