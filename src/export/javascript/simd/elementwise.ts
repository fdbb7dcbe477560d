import type {Kind, Operation, Value} from '../../lower/operations';
import {broadcastStrides, joinedAxes} from '../../program/code';
import {isConstant, type Step} from '../../program/steps';
import {type Body, type Local, type Plain, V128} from './assembler';
import type {Context} from './context';
import {hoisted, lanesOf, loopsOver, overVectors, plus} from './loops';

/** Operations that are an instruction. */
const INSTRUCTIONS: {readonly [kind in Kind]?: Plain} = {
  abs: 'f32x4.abs',
  add: 'f32x4.add',
  div: 'f32x4.div',
  floor: 'f32x4.floor',
  less: 'f32x4.lt',
  maximum: 'f32x4.max',
  minimum: 'f32x4.min',
  mul: 'f32x4.mul',
  neg: 'f32x4.neg',
  sqrt: 'f32x4.sqrt',
  sub: 'f32x4.sub',
};

/** Those that are a few. */
const FEW: {readonly [kind in Kind]?: true} = {identity: true, relu: true, select: true};

/** Operations on the same elements in one loop; false where one takes more than instructions, or elements lie apart. */
export function elementwise({operations, stored}: Step, body: Body, {sizesOf, addressOf}: Context): boolean {
  if (operations.some(({kind}) => !(kind in INSTRUCTIONS || kind in FEW))) return false;
  const inside = new Set(operations.map(({output}) => output));
  const isTruth = ({dtype}: Value) => dtype === 'bool';
  const outside = [...new Set(operations.flatMap(({inputs}) => inputs))].filter((x) => !inside.has(x));
  if ([...outside, ...stored].some(isTruth)) return false;

  const sizes = sizesOf(operations[0].output);
  const own = broadcastStrides(sizes, sizes);
  const all = joinedAxes(sizes, [own, ...outside.map((x) => broadcastStrides(sizesOf(x), sizes))]);
  const n = all.sizes.at(-1) ?? 1;
  if (all.strides.some((strides) => (strides.at(-1) ?? 0) > 1)) return false;
  const isSame = (value: Value) => isConstant(value) && value.data.length === 1;

  loopsOver(body, all.sizes.slice(0, -1), (by) => {
    const start = (value: Value, i: number) =>
      isSame(value) ? {at: 0, terms: []} : plus(addressOf(value), by(all.strides[i]));
    const starts = [...outside.map((x, i) => start(x, i + 1)), ...stored.map((value) => start(value, 0))];
    hoisted(body, starts, (addresses) =>
      overVectors(body, n, 1, (from, count) =>
        body.with(outside.length + operations.length, V128, (...locals) => {
          const places = new Map<Value, Local>(
            [...outside, ...operations.map(({output}) => output)].map((value, i) => [value, locals[i]]),
          );
          for (const [i, value] of outside.entries()) {
            const stride = all.strides[i + 1].at(-1) ?? 0;
            if (isSame(value)) {
              const [one] = (value as {data: Float32Array} & Value).data;
              body.vector(one, one, one, one);
            } else if (stride === 0) body.load('v128.load32_splat', addresses[i]);
            else body.load('v128.load', plus(addresses[i], from));
            body.set(places.get(value)!);
          }
          for (const operation of operations) compute(operation, body, (value) => places.get(value)!);
          for (const [i, value] of stored.entries()) {
            body.store(plus(addresses[outside.length + i], from), places.get(value)!, lanesOf(count)[0]);
          }
        }),
      ),
    );
  });
  return true;
}

function compute({kind, inputs, output}: Operation<Kind>, body: Body, place: (value: Value) => Local): void {
  const args = inputs.map(place);
  if (kind === 'relu') {
    body.get(...args);
    body.vector(0, 0, 0, 0);
    body.op('f32x4.max'); // NaN stays NaN
  } else if (kind === 'select') {
    const [condition, yes, no] = args;
    body.get(yes, no, condition);
    body.op('v128.bitselect');
  } else {
    body.get(...args);
    if (kind !== 'identity') body.op(INSTRUCTIONS[kind]!);
  }
  body.set(place(output));
}
