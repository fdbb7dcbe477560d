import {CONVOLUTION} from '../../../src/kernels/simd/convolution_bytes';
import {bytesOf} from '../../../src/kernels/simd/instance';
import type {ProjectionModule} from '../../../src/kernels/simd/modules';
import {OPTIMIZERS} from '../../../src/kernels/simd/optimizers_bytes';
import {PRODUCTS} from '../../../src/kernels/simd/products_bytes';
import {PROJECTION} from '../../../src/kernels/simd/projection_bytes';
import {WAVES} from '../../../src/kernels/simd/waves_bytes';
import {expectClose} from '../../support/close';
import {normal} from '../../support/random';
import {reluPair, walshHadamard} from '../definitions';

const bytes = bytesOf(PROJECTION);

it.each([
  ['projection', PROJECTION, 11700],
  ['waves', WAVES, 2000],
  ['optimizers', OPTIMIZERS, 600],
  ['convolution', CONVOLUTION, 2100],
  ['products', PRODUCTS, 1400],
])('the module of the %s has its size and imports a memory, nothing else', (_, text, size) => {
  expect(bytesOf(text).length).toBeLessThan(size);
  const module = new WebAssembly.Module(bytesOf(text));
  expect(WebAssembly.Module.imports(module)).toEqual([{kind: 'memory', module: 'env', name: 'memory'}]);
  expect(WebAssembly.Module.exports(module).every(({kind}) => kind === 'function')).toBe(true);
});

it.each([PROJECTION, WAVES, OPTIMIZERS, CONVOLUTION, PRODUCTS])(
  'leaves the memory that it starts in as it was',
  (text) => {
    const memory = new WebAssembly.Memory({initial: 1, maximum: 65536});
    new Uint8Array(memory.buffer).fill(77);
    new WebAssembly.Instance(new WebAssembly.Module(bytesOf(text)), {env: {memory}});
    expect(new Uint8Array(memory.buffer).every((byte) => byte === 77)).toBe(true);
  },
);

it('takes a shared memory after one byte is changed, and only then', () => {
  const memory = new WebAssembly.Memory({initial: 1, maximum: 65536, shared: true});
  const start = (code: Uint8Array<ArrayBuffer>) =>
    new WebAssembly.Instance(new WebAssembly.Module(code), {env: {memory}});
  expect(() => start(bytes)).toThrow(/shared/);
  const shared = bytes.slice();
  shared[PROJECTION.memoryFlags] = 3;
  const {walshHadamard} = start(shared).exports as {walshHadamard(...args: number[]): void};
  const values = new Float32Array(memory.buffer);
  values.set([1, 2, 3, 4]);
  walshHadamard(0, 16, 16, 1, 4, 1, 1, 0, 0, 0);
  expect([...values.slice(4, 8)]).toEqual([10, -2, -4, 0]);
});

describe('walshHadamard of the module with two slopes in its last pass', () => {
  const memory = new WebAssembly.Memory({initial: 8, maximum: 65536});
  const {exports} = new WebAssembly.Instance(new WebAssembly.Module(bytes), {env: {memory}});
  const native = exports as unknown as ProjectionModule;

  it.each([
    [3, 1, 1],
    [3, 2, 1],
    [5, 4, 1],
    [3, 16, 1],
    [3, 32, 1],
    [2, 64, 1],
    [2, 1024, 1],
    [1, 8192, 1],
    [2, 1, 3],
    [3, 8, 4],
    [2, 64, 5],
  ])('[%i, %i, %i]', (outer, n, inner) => {
    const size = outer * n * inner;
    const [x, before, below, above] = [normal(size, 1), normal(n, 2), normal(n, 3), normal(n, 4)];
    const heap = new Float32Array(memory.buffer);
    const at = [x, before, below, above].map((values, i) => {
      heap.set(values, i << 14);
      return i << 16;
    });
    const [z, y] = [4 << 16, 5 << 16];
    const expectedZ = walshHadamard(x, [outer, n, inner], {scale: 0.5, before});
    const expectedY = reluPair(expectedZ, below, above, [outer, n, inner]);
    const expectAt = (address: number, expected: Float64Array) =>
      expectClose(heap.slice(address / 4, address / 4 + size), expected, {relative: 1e-6});
    native.walshHadamard(at[0], z, y, outer, n, inner, 0.5, at[1], at[2], at[3]);
    expectAt(z, expectedZ);
    expectAt(y, expectedY);
    // In place.
    native.walshHadamard(at[0], at[0], at[0], outer, n, inner, 0.5, at[1], at[2], at[3]);
    expectAt(at[0], expectedY);
  });
});

it('reaches memory above 2 GiB, where addresses are negative numbers to JavaScript', () => {
  const memory = new WebAssembly.Memory({initial: 34_000, maximum: 65536}); // pages that nobody touches cost nothing
  const {exports} = new WebAssembly.Instance(new WebAssembly.Module(bytes), {env: {memory}});
  const native = exports as unknown as ProjectionModule;
  const [n, from, to] = [8192, 2 ** 31 - 16384, 2 ** 31 + 2 ** 20]; // x begins below and ends above
  const x = normal(n, 5);
  new Float32Array(memory.buffer, from, n).set(x);
  native.walshHadamard(from, to, to, 1, n, 1, 1, 0, 0, 0);
  expectClose(new Float32Array(memory.buffer, to, n), walshHadamard(x, [1, n, 1]), {relative: 1e-6});
});
