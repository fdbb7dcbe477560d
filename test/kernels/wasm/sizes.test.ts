import type {TensorInfo} from '@tensorflow/tfjs';
import {instantiate} from '../../../src/kernels/simd/instance';
import {projection} from '../../../src/kernels/simd/projection';
import {waves} from '../../../src/kernels/simd/waves';

const memory = new WebAssembly.Memory({initial: 1, maximum: 65536});
const wavesModule = instantiate(waves, memory)!;
const projectionModule = instantiate(projection, memory)!;
const tensor = (...shape: number[]): TensorInfo => ({dataId: {}, shape, dtype: 'float32'});

/** In exact integers. */
function waveScratch(channels: bigint, depth: bigint, gradient: boolean): bigint {
  let columns = channels;
  while (columns % 4n !== 0n) columns += channels;
  const records = (columns / 4n) * depth * 64n;
  return gradient ? 2n * records + (depth + 3n) * 16n : records + 16n;
}

// Around the sizes at which a signed, and an unsigned, number of 32 bits ends.
const BANKS = [1, 2, 3, 4, 5, 6, 257, 2 ** 20, 2 ** 21 - 1, 2 ** 21 + 1, 2 ** 22 + 2, 2 ** 23, 2 ** 24 + 1].flatMap(
  (channels) => [1, 8, 11, 16].map((depth) => [channels, depth] as const),
);

it.each(BANKS)('scratch for %p channels of depth %p is what they need', (channels, depth) => {
  const inputs = {x: tensor(1, channels), dy: tensor(1, channels), peaks: tensor(channels, depth), scales: tensor()};
  for (const name of ['TriangleWave', 'TriangleWaveGradient']) {
    const {scratch} = waves.planners[name](wavesModule, inputs, {});
    expect(BigInt(scratch!)).toBe(waveScratch(BigInt(channels), BigInt(depth), name.endsWith('Gradient')));
  }
});

it.each([
  [1, 2 ** 26, 1],
  [1, 2 ** 27, 1],
  [3, 2 ** 26, 2],
  [2 ** 16, 2 ** 12, 1],
])('scratch for a block of [%p, %p, %p] is what it needs', (outer, n, inner) => {
  const vector = tensor(n);
  const x = tensor(outer, n, inner);
  const inputs = {x, dy: x, signs: vector, negative: vector, positive: vector};
  const {scratch} = projection.planners.WHTReLUPairGradient(projectionModule, inputs, {axis: 1, scale: 1});
  const rows = Math.max(1, Math.floor(4096 / (n * inner)));
  expect(scratch).toBe(16 * n + 4 * rows * n * inner);
});
