import type {Constant, Kind, Operation, Value} from '../../lower/operations';
import {joinedAxes, stridesOf} from '../../program/code';
import {count} from '../../program/sizes';
import {type Address, type Body, I32} from './assembler';
import type {Context} from './context';
import {accumulated, counting, FLOAT, hoisted, loopsOver, plus} from './loops';

/** Elements by strides, from an address on. */
interface Run {
  readonly from: Address;
  readonly strides: readonly number[];
}

function copy(body: Body, sizes: readonly number[], from: Run, to: Run): void {
  const all = joinedAxes(sizes, [from.strides, to.strides]);
  const [n, read, written] = [all.sizes, ...all.strides].map((list) => list.at(-1) ?? 1);
  loopsOver(body, all.sizes.slice(0, -1), (by) =>
    hoisted(body, [plus(from.from, by(all.strides[0])), plus(to.from, by(all.strides[1]))], ([x, y]) => {
      if (read <= 1 && written === 1) {
        accumulated(body, n, 1, read === 1 ? x : 0, y, ([vector]) => {
          if (read === 1) return;
          body.load('v128.load32_splat', x);
          body.set(vector);
        });
        return;
      }
      counting(body, n, 1, (i) => {
        const to = plus(y, {at: 0, terms: [[i, FLOAT * written]]});
        body.address(to);
        body.load('f32.load', plus(x, read === 0 ? {at: 0, terms: []} : {at: 0, terms: [[i, FLOAT * read]]}));
        body.memory('f32.store', to);
      });
    }),
  );
}

/** All numbers as they are, in the same order. */
export function copyAll({inputs: [x], output}: Operation<Kind>, body: Body, {sizesOf, addressOf}: Context): boolean {
  copy(body, [count(sizesOf(output))], {from: addressOf(x), strides: [1]}, {from: addressOf(output), strides: [1]});
  return true;
}

export function transpose(operation: Operation<'transpose'>, body: Body, {sizesOf, addressOf}: Context): boolean {
  const {inputs, output, attributes} = operation;
  const [x] = inputs;
  const strides = stridesOf(sizesOf(x));
  const from = {from: addressOf(x), strides: attributes.perm.map((axis) => strides[axis])};
  copy(body, sizesOf(output), from, {from: addressOf(output), strides: stridesOf(sizesOf(output))});
  return true;
}

export function slice(operation: Operation<'slice'>, body: Body, {sizesOf, addressOf}: Context): boolean {
  const {inputs, output, attributes} = operation;
  const [x] = inputs;
  const strides = stridesOf(sizesOf(x));
  const from = {from: plus(addressOf(x), fixed(attributes.starts, strides)), strides};
  copy(body, sizesOf(output), from, {from: addressOf(output), strides: stridesOf(sizesOf(output))});
  return true;
}

export function pad(operation: Operation<'pad'>, body: Body, {sizesOf, addressOf}: Context): boolean {
  const {inputs, output, attributes} = operation;
  const [x] = inputs;
  const strides = stridesOf(sizesOf(output));
  const start = addressOf(output);
  accumulated(body, count(sizesOf(output)), 1, 0, start, () => {});
  const to = {from: plus(start, fixed(attributes.before, strides)), strides};
  copy(body, sizesOf(x), {from: addressOf(x), strides: stridesOf(sizesOf(x))}, to);
  return true;
}

export function tile(operation: Operation<'tile'>, body: Body, {sizesOf, addressOf}: Context): boolean {
  const {inputs, output, attributes} = operation;
  const [x] = inputs;
  const own = stridesOf(sizesOf(x));
  const all = stridesOf(sizesOf(output));
  // Every axis as two: the copies, and the elements of each.
  const sizes = sizesOf(x).flatMap((size, axis) => [attributes.times[axis], size]);
  const from = {from: addressOf(x), strides: own.flatMap((stride) => [0, stride])};
  const strides = all.flatMap((stride, axis) => [stride * sizesOf(x)[axis], stride]);
  copy(body, sizes, from, {from: addressOf(output), strides});
  return true;
}

export function concat(operation: Operation<'concat'>, body: Body, {sizesOf, addressOf}: Context): boolean {
  const {inputs, output, attributes} = operation;
  const strides = stridesOf(sizesOf(output));
  let start = 0;
  for (const x of inputs) {
    const sizes = sizesOf(x);
    const to = {from: plus(addressOf(output), fixed([start], [strides[attributes.axis]])), strides};
    copy(body, sizes, {from: addressOf(x), strides: stridesOf(sizes)}, to);
    start += sizes[attributes.axis];
  }
  return true;
}

export function gather(operation: Operation<'gather'>, body: Body, {sizesOf, addressOf}: Context): boolean {
  const {inputs, output, attributes} = operation;
  const [x, indices] = inputs as readonly [Value, Constant];
  const sizes = sizesOf(x);
  const outer = count(sizes.slice(0, attributes.axis));
  const inner = count(sizes.slice(attributes.axis + 1));
  const kept = indices.data.length;
  loopsOver(body, [outer, kept, inner], (by) => {
    const from = plus(addressOf(x), by([sizes[attributes.axis] * inner, 0, 1]));
    const to = plus(addressOf(output), by([kept * inner, inner, 1]));
    body.with(1, I32, (index) => {
      body.load('i32.load', plus(addressOf(indices), by([0, 1, 0])));
      body.set(index);
      body.address(to);
      body.load('f32.load', plus(from, {at: 0, terms: [[index, FLOAT * inner]]}));
      body.memory('f32.store', to);
    });
  });
  return true;
}

const fixed = (places: readonly number[], strides: readonly number[]): Address => ({
  at: FLOAT * places.reduce((sum, place, axis) => sum + place * strides[axis], 0),
  terms: [],
});
