/**
 * AssemblyScript: what the module of the products exports. `npm run build:wasm` writes it to ../products_bytes.ts. Sizes are in
 * bytes, numbers of rows and columns are not.
 */

import {add, mul, splat} from './lanes';

/** c [rows, columns] = a b, where the numbers of a are `rowStride` and `stepStride` apart, with b [steps, columns] of one row and more. */
export function product(
  a: usize,
  rowStride: usize,
  stepStride: usize,
  b: usize,
  c: usize,
  rows: usize,
  columns: usize,
  steps: usize,
): void {
  const row: usize = 4 * columns;
  for (; rows >= 2; rows -= 2, a += 2 * rowStride, c += 2 * row) twoRows(a, rowStride, stepStride, b, c, row, steps);
  if (rows) twoRows(a, 0, stepStride, b, c, row, steps, false);
}

/** Two rows of c, or the first one alone, which stay in the nearest cache: four rows of b at a time are added to both. */
function twoRows(
  a: usize,
  rowStride: usize,
  stepStride: usize,
  b: usize,
  c: usize,
  row: usize,
  steps: usize,
  both: bool = true,
): void {
  let isFirst = true;
  for (; steps >= 4; steps -= 4, a += 4 * stepStride, b += 4 * row, isFirst = false) {
    if (both) addFour(true, a, rowStride, stepStride, b, c, row, isFirst);
    else addFour(false, a, 0, stepStride, b, c, row, isFirst);
  }
  for (; steps; steps--, a += stepStride, b += row, isFirst = false) {
    addOne(load<f32>(a), b, c, row, isFirst);
    if (both) addOne(load<f32>(a + rowStride), b, c + row, row, isFirst);
  }
}

/** Rows of c grow by four rows of b, or, if they are the first, become their sum. */
// @ts-ignore: TypeScript has no decorators of functions, AssemblyScript does.
@inline
function addFour(both: bool, a: usize, rowStride: usize, stepStride: usize, b: usize, c: usize, row: usize, isFirst: bool): void {
  const a0 = load<f32>(a);
  const a1 = load<f32>(a + stepStride);
  const a2 = load<f32>(a + 2 * stepStride);
  const a3 = load<f32>(a + 3 * stepStride);
  a += rowStride;
  const d0 = load<f32>(a);
  const d1 = load<f32>(a + stepStride);
  const d2 = load<f32>(a + 2 * stepStride);
  const d3 = load<f32>(a + 3 * stepStride);
  let i: usize = 0;
  for (const end = row & ~15; i < end; i += 16) {
    four<v128>(both, a0, a1, a2, a3, d0, d1, d2, d3, b + i, row, c + i, isFirst);
  }
  for (; i < row; i += 4) four<f32>(both, a0, a1, a2, a3, d0, d1, d2, d3, b + i, row, c + i, isFirst);
}

// @ts-ignore: TypeScript has no decorators of functions, AssemblyScript does.
@inline
function four<T>(
  both: bool,
  a0: f32,
  a1: f32,
  a2: f32,
  a3: f32,
  d0: f32,
  d1: f32,
  d2: f32,
  d3: f32,
  b: usize,
  row: usize,
  c: usize,
  isFirst: bool,
): void {
  const b0 = load<T>(b);
  const b1 = load<T>(b + row);
  const b2 = load<T>(b + 2 * row);
  const b3 = load<T>(b + 3 * row);
  grow<T>(c, sumOfFour<T>(a0, a1, a2, a3, b0, b1, b2, b3), isFirst);
  if (both) grow<T>(c + row, sumOfFour<T>(d0, d1, d2, d3, b0, b1, b2, b3), isFirst);
}

// @ts-ignore: TypeScript has no decorators of functions, AssemblyScript does.
@inline
function sumOfFour<T>(a0: f32, a1: f32, a2: f32, a3: f32, b0: T, b1: T, b2: T, b3: T): T {
  const low = add<T>(mul<T>(splat<T>(a0), b0), mul<T>(splat<T>(a1), b1));
  return add<T>(low, add<T>(mul<T>(splat<T>(a2), b2), mul<T>(splat<T>(a3), b3)));
}

// @ts-ignore: TypeScript has no decorators of functions, AssemblyScript does.
@inline
function grow<T>(c: usize, by: T, isFirst: bool): void {
  store<T>(c, isFirst ? by : add<T>(load<T>(c), by));
}

/** The same of one row of b. */
function addOne(a: f32, b: usize, c: usize, row: usize, isFirst: bool): void {
  let i: usize = 0;
  for (const end = row & ~15; i < end; i += 16) grow<v128>(c + i, mul<v128>(splat<v128>(a), v128.load(b + i)), isFirst);
  for (; i < row; i += 4) grow<f32>(c + i, a * load<f32>(b + i), isFirst);
}

/** to [columns, rows] = from [rows, columns], the other way round. */
export function transpose(from: usize, to: usize, rows: usize, columns: usize): void {
  for (let j: usize = 0; j < columns; j++) {
    for (let i: usize = 0, at = from + 4 * j; i < rows; i++, at += 4 * columns, to += 4) store<f32>(to, load<f32>(at));
  }
}
