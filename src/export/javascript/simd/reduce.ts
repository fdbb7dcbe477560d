import type {Operation} from '../../lower/operations';
import {reducedAxes} from '../../program/code';
import type {Body} from './assembler';
import type {Context} from './context';
import {accumulated, hoisted, loopsOver, plus} from './loops';

/** The mean or the largest along some axes, for neighbours that are kept; false where there are none. */
export function reduce(operation: Operation<'mean' | 'max'>, body: Body, {sizesOf, addressOf}: Context): boolean {
  const {kind, inputs, output, attributes} = operation;
  const [x] = inputs;
  const {outer, inner, terms} = reducedAxes(sizesOf(x), attributes.axes);
  if (outer.strides.some((own) => own.at(-1) !== 1)) return false;
  const factor = 1 / terms;
  loopsOver(body, outer.sizes.slice(0, -1), (by) =>
    hoisted(
      body,
      [x, output].map((value, i) => plus(addressOf(value), by(outer.strides[i]))),
      ([from, to]) =>
        accumulated(body, outer.sizes.at(-1)!, 1, kind === 'mean' ? 0 : from, to, ([all], at) => {
          loopsOver(body, inner.sizes, (along) => {
            body.get(all);
            body.load('v128.load', plus(plus(from, at), along(inner.strides[0])));
            body.op(kind === 'mean' ? 'f32x4.add' : 'f32x4.max');
            body.set(all);
          });
          if (kind === 'max') return;
          body.get(all);
          body.vector(factor, factor, factor, factor);
          body.op('f32x4.mul');
          body.set(all);
        }),
    ),
  );
  return true;
}
