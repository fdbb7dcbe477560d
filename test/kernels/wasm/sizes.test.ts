import type {TensorInfo} from '@tensorflow/tfjs';
import {instantiate} from '../../../src/kernels/simd/instance';
import {projection} from '../../../src/kernels/simd/projection';
import {waves} from '../../../src/kernels/simd/waves';

const memory = new WebAssembly.Memory({initial: 1, maximum: 65536});
const wavesModule = instantiate(waves, memory)!;
const projectionModule = instantiate(projection, memory)!;
const tensor = (...shape: number[]): TensorInfo => ({dataId: {}, shape, dtype: 'float32'});

const bytesOf = (name: string, channels: number, depth: number) => {
  const inputs = {x: tensor(1, channels), dy: tensor(1, channels), peaks: tensor(channels, depth), scales: tensor()};
  return waves.planners[name](wavesModule, inputs, {}).scratch!;
};

/** Records of some columns, of 16 bytes for each and level, and what stands after them. */
const kernelsOfWaves = [
  {name: 'TriangleWave', records: 1, vectors: (_: number) => 1},
  {name: 'TriangleWaveGradient', records: 2, vectors: (depth: number) => depth + 3},
];

describe.each(kernelsOfWaves)('scratch of $name', ({name, records, vectors}) => {
  it.each([1, 8, 11, 16, 1024])('of few channels, depth %i, has records for four of each', (depth) => {
    for (const channels of [1, 2, 3, 4, 5, 30, 31]) {
      expect(bytesOf(name, channels, depth)).toBe(records * 4 * channels * 16 * depth + 16 * vectors(depth));
    }
  });

  it.each([1, 8, 11, 16, 1024])('of any number of channels, depth %i, has records that fit into a cache', (depth) => {
    for (const channels of [32, 33, 257, 2 ** 20, 2 ** 21 - 1, 2 ** 22 + 2, 2 ** 24 + 1]) {
      const bytes = bytesOf(name, channels, depth) - 16 * vectors(depth);
      expect(bytes).toBeLessThanOrEqual(records * Math.max(16384, 64 * depth));
      expect(bytes % (records * 64 * depth)).toBe(0);
    }
  });

  it('does not wrap round where numbers of 32 bits do', () => {
    const depth = 2 ** 26;
    expect(bytesOf(name, 3, depth)).toBe(records * 12 * 16 * depth + 16 * vectors(depth));
  });
});

it.each([
  [1, 2 ** 26, 1],
  [1, 2 ** 27, 1],
  [9, 2 ** 26, 1],
  [3, 2 ** 26, 2],
  [2 ** 16, 2 ** 12, 1],
])('scratch for a block of [%p, %p, %p] is what it needs', (outer, n, inner) => {
  const vector = tensor(n);
  const x = tensor(outer, n, inner);
  const inputs = {z: x, dy: x, signs: vector, negative: vector, positive: vector};
  const {scratch} = projection.planners.WHTReLUPairBackward(projectionModule, inputs, {axis: 1, scale: 1});
  // Sums in doubles are for many rows.
  expect(scratch).toBe(outer > 8 || inner > 1 ? 16 * n : 0);
});
