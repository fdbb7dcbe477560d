import type {Operation, Value} from '../../lower/operations';
import {broadcastStrides, joinedAxes} from '../../program/code';
import {type Address, type Body, I32, type Local, V128} from './assembler';
import type {Context} from './context';
import {accumulated, FLOAT, hoisted, LANES, loopsOver, moved, plus, VECTOR} from './loops';
import {windows} from './windows';

/** Sums of so many vectors run side by side; more would not fit into the registers. */
const MAX_SUMS = 8;

/** Terms of a sum that are joined before they are added to it: fewer roundings, and shorter waits. */
const JOINED = 4;

/**
 * Sums of products for `columns` neighbours in the last axis, from the bias on, if there is one. `terms` runs the loops around
 * `add`, which adds `inner` products: factors one after the other, each times a row of the kernel.
 */
function sums(
  body: Body,
  columns: number,
  [, , bias]: readonly Value[],
  to: Address,
  {addressOf}: Context,
  terms: (add: (inner: number, factors: Address, rows: Address) => void, column: Address) => void,
): void {
  const vectors = Math.ceil(columns / LANES);
  const block = Math.ceil(vectors / Math.ceil(vectors / MAX_SUMS));
  accumulated(body, columns, block, bias ? addressOf(bias) : 0, to, (all, column) =>
    terms((inner, factors, rows) => addProducts(body, all, inner, columns, factors, rows), column),
  );
}

function addProducts(
  body: Body,
  all: readonly Local[],
  inner: number,
  columns: number,
  factors: Address,
  rows: Address,
): void {
  const joined = [JOINED, 2].find((size) => inner % size === 0 && size * all.length <= 2 * MAX_SUMS) ?? 1;
  body.with(2, I32, (factor, row) => {
    for (const [local, address] of [
      [factor, factors],
      [row, rows],
    ] as const) {
      body.address(address);
      body.set(local);
    }
    const moving = [
      [factor, FLOAT * joined],
      [row, FLOAT * columns * joined],
    ] as const;
    body.repeat(inner / joined, moving, () =>
      body.with(joined, V128, (...own) => {
        for (const [k, one] of own.entries()) {
          body.load('v128.load32_splat', {at: factors.at + FLOAT * k, terms: [[factor, 1]]});
          body.set(one);
        }
        for (const [i, sum] of all.entries()) {
          body.get(sum);
          for (const [k, one] of own.entries()) {
            body.get(one);
            body.load('v128.load', {at: rows.at + FLOAT * (columns * k + LANES * i), terms: [[row, 1]]});
            body.op('f32x4.mul');
            // Pairs, then pairs of these.
            for (let done = k + 1; done % 2 === 0; done /= 2) body.op('f32x4.add');
          }
          body.op('f32x4.add');
          body.set(sum);
        }
      }),
    );
  });
}

export function matMul({inputs, output}: Operation<'matMul'>, body: Body, context: Context): boolean {
  const {sizesOf, addressOf} = context;
  const [a, b] = inputs;
  const [left, right, all] = [a, b, output].map(sizesOf);
  const [rows, inner] = left.slice(-2);
  const columns = right.at(-1)!;
  const batch = all.slice(0, -2);
  const strides = (sizes: readonly number[]) =>
    broadcastStrides(sizes.slice(0, -2), batch).map((stride) => stride * sizes.at(-1)! * sizes.at(-2)!);
  const axes = joinedAxes(
    [...batch, rows],
    [
      [...strides(left), inner],
      [...strides(right), 0],
      [...strides(all), columns],
    ],
  );
  loopsOver(body, axes.sizes, (by) => {
    const starts = [a, b, output].map((value, i) => plus(addressOf(value), by(axes.strides[i])));
    hoisted(body, starts, ([factors, matrix, to]) =>
      sums(body, columns, inputs, to, context, (add, column) => add(inner, factors, plus(matrix, column))),
    );
  });
  return true;
}

export function conv(operation: Operation<'conv'>, body: Body, context: Context): boolean {
  const {inputs} = operation;
  const sizes = context.sizesOf(inputs[1]);
  const [channels, filters] = sizes.slice(-2);
  windows(operation, sizes.slice(0, -2), body, context, (to, inside) =>
    sums(body, filters, inputs, to, context, (add, column) =>
      inside((from, tap) => {
        const rows = plus(context.addressOf(inputs[1]), tap(channels * filters));
        hoisted(body, [plus(rows, column)], ([start]) => add(channels, from, start));
      }),
    ),
  );
  return true;
}

/** One filter a channel. */
export function depthwiseConv2d(operation: Operation<'depthwiseConv2d'>, body: Body, context: Context): boolean {
  const {sizesOf, addressOf} = context;
  const {inputs} = operation;
  const [, kernel, bias] = inputs;
  const sizes = sizesOf(kernel);
  const [channels, multiplier] = sizes.slice(-2);
  if (multiplier > 1) return false;
  windows(operation, sizes.slice(0, -2), body, context, (to, inside) =>
    accumulated(body, channels, MAX_SUMS / 2, bias ? addressOf(bias) : 0, to, (all, channel) =>
      inside((from, tap) =>
        hoisted(body, [plus(from, channel), plus(plus(addressOf(kernel), tap(channels)), channel)], ([x, w]) => {
          for (const [i, sum] of all.entries()) {
            body.get(sum);
            body.load('v128.load', moved(x, i * VECTOR));
            body.load('v128.load', moved(w, i * VECTOR));
            body.op('f32x4.mul', 'f32x4.add');
            body.set(sum);
          }
        }),
      ),
    ),
  );
  return true;
}
