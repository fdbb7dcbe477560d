import {randomSigns} from '../../src/math/random';
import {walshHadamard} from '../../src/math/walsh_hadamard';
import {type Blocks, walshHadamard as definition} from '../kernels/definitions';
import {expectClose} from '../support/close';
import {normal} from '../support/random';

// All sums are in doubles: one rounding of each output, and of a product with a diagonal.
const ROUNDED = {relative: 2 ** -23, absolute: 0};

const SHAPES: Blocks[] = [
  ...Array.from({length: 14}, (_, k): Blocks => [1, 2 ** k, 1]),
  // Rows.
  [3, 8, 1],
  [200, 32, 1],
  [65, 64, 1],
  [5, 1024, 1],
  [2, 8192, 1],
  // Columns: not a power of two, more than fit at a time, one.
  [2, 1, 3],
  [3, 2, 5],
  [2, 16, 7],
  [1, 64, 100],
  [2, 512, 9],
  [1, 2048, 3],
  [1, 4096, 2],
  [1, 8192, 3],
];

function transform(x: Float32Array, [outer, n, inner]: Blocks, options = {}): Float32Array {
  const y = new Float32Array(x.length);
  walshHadamard(x, y, outer, n, inner, options);
  return y;
}

describe('walshHadamard of plain arrays', () => {
  it.each(SHAPES)('is the product with H along the middle axis of [%d, %d, %d]', (...blocks) => {
    const [outer, n, inner] = blocks;
    const x = normal(outer * n * inner, n + inner);
    expectClose(transform(x, blocks), definition(x, blocks), ROUNDED);
  });

  const SOME: Blocks[] = [
    [3, 4, 1],
    [70, 64, 1],
    [5, 512, 1],
    [2, 8, 3],
    [1, 8192, 1],
    [1, 8192, 2],
  ];
  it.each(SOME)('multiplies by the scale and by diagonals before and after, for [%d, %d, %d]', (...blocks) => {
    const [outer, n, inner] = blocks;
    const x = normal(outer * n * inner, 1);
    const scale = 1 / Math.sqrt(n);
    const [before, after] = [normal(n, 2), normal(n, 3)];
    for (const options of [{scale}, {scale, before}, {scale, after}, {scale, before, after}]) {
      expectClose(transform(x, blocks, options), definition(x, blocks, options), {relative: 2 ** -22, absolute: 0});
    }
  });

  it.each(SOME)('may write its result over its input, for [%d, %d, %d]', (...blocks) => {
    const [outer, n, inner] = blocks;
    const x = normal(outer * n * inner, 4);
    const options = {before: normal(n, 5), after: normal(n, 6)};
    const elsewhere = transform(x, blocks, options);
    walshHadamard(x, x, outer, n, inner, options);
    expect(x).toEqual(elsewhere);
  });

  it('leaves its input and the diagonals as they were', () => {
    const [x, before, after] = [normal(256, 1), randomSigns(128, 1), randomSigns(128, 2)];
    const copies = [x, before, after].map((values) => values.slice());
    transform(x, [2, 128, 1], {before, after});
    expect([x, before, after]).toEqual(copies);
  });

  it('is exact for integers whose sums fit into 24 bits', () => {
    const blocks: Blocks = [1, 4096, 1];
    const x = Float32Array.from(normal(4096, 7), (value) => Math.round(1000 * value));
    expect(Float64Array.from(transform(x, blocks))).toEqual(definition(x, blocks));
  });

  it.each([
    [4, 1],
    [64, 1],
    [8, 3],
  ])('lets a NaN or an infinity spread over its own transform only, n = %d, inner = %d', (n, inner) => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const x = normal(3 * n * inner, 8);
      x[n * inner + inner] = bad; // middle block, column 0
      const y = transform(x, [3, n, inner]);
      const hit = (k: number) => Math.floor(k / (n * inner)) === 1 && k % inner === 0;
      expect(Array.from(y, Number.isFinite)).toEqual(Array.from(y, (_, k) => !hit(k)));
    }
  });

  it('does nothing to no rows', () => {
    expect(transform(new Float32Array(0), [0, 8, 1])).toEqual(new Float32Array(0));
  });
});
