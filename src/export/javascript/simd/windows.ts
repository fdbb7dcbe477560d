import type {Operation} from '../../lower/operations';
import {stridesOf} from '../../program/code';
import {paddingBefore, spanOf} from '../../program/windows';
import {type Address, type Body, I32} from './assembler';
import type {Context} from './context';
import {accumulated, FLOAT, hoisted, LANES, loopsOver, moved, plus, VECTOR} from './loops';

type Windowed = 'conv' | 'depthwiseConv2d' | 'maxPool' | 'averagePool';

/** Runs `each` for the values of a window that are not padding, with where their channels begin, and their tap in a kernel. */
type Inside = (each: (from: Address, tap: (stride: number) => Address) => void) => void;

/** Loops over the places of windows; `each` gets where the channels of the output begin. */
export function windows(
  {inputs: [x], output, attributes}: Operation<Windowed>,
  spans: readonly number[],
  body: Body,
  {sizesOf, addressOf}: Context,
  each: (to: Address, inside: Inside) => void,
): void {
  const [own, all] = [x, output].map(sizesOf);
  const space = own.slice(1, -1);
  const [[fromSample, ...from], to] = [own, all].map((sizes) => stridesOf(sizes).slice(0, -1));
  const {strides} = attributes;
  const dilations = 'dilations' in attributes ? attributes.dilations : space.map(() => 1);
  const alone = (axis: number, step: number) => space.map((_, i) => (i === axis ? step : 0));

  loopsOver(body, all.slice(0, -1), (place) =>
    hoisted(body, [plus(addressOf(output), place(to))], ([target]) =>
      each(target, (value) =>
        loopsOver(body, spans, (tap) =>
          body.with(space.length, I32, (...coordinates) => {
            let checks = 0;
            for (const [axis, n] of space.entries()) {
              const places = all[axis + 1];
              const span = spanOf(spans[axis], dilations[axis]);
              const before = paddingBefore(n, places, span, strides[axis], attributes);
              const last = (places - 1) * strides[axis] + span - 1 - before;
              body.address(plus(place([0, ...alone(axis, strides[axis])], 1), tap(alone(axis, dilations[axis]), 1)));
              body.integer(-before);
              body.op('i32.add');
              body.set(coordinates[axis]);
              // What only padding would make leave the image is checked.
              const check = (name: 'i32.ge_s' | 'i32.lt_s', limit: number) => {
                body.get(coordinates[axis]);
                body.integer(limit);
                body.op(name);
                if (checks++ > 0) body.op('i32.and');
              };
              if (before > 0) check('i32.ge_s', 0);
              if (last >= n) check('i32.lt_s', n);
            }
            const run = () => {
              const inSample = coordinates.map((coordinate, axis) => [coordinate, from[axis] * FLOAT] as const);
              const start = plus(addressOf(x), plus(place([fromSample, ...alone(-1, 0)]), {at: 0, terms: inSample}));
              hoisted(body, [start], ([address]) =>
                value(address, (stride) => tap(stridesOf(spans).map((one) => one * stride))),
              );
            };
            if (checks > 0) body.when(run);
            else run();
          }),
        ),
      ),
    ),
  );
}

/** Padding counts for nothing. */
export function pool(operation: Operation<'maxPool' | 'averagePool'>, body: Body, context: Context): boolean {
  const {kind, inputs, attributes} = operation;
  const isMax = kind === 'maxPool';
  const channels = context.sizesOf(inputs[0]).at(-1)!;
  windows(operation, attributes.size, body, context, (to, inside) =>
    body.with(1, I32, (values) =>
      accumulated(body, channels, LANES, isMax ? -Infinity : 0, to, (all, channel) => {
        body.integer(0);
        body.set(values);
        inside((from) =>
          hoisted(body, [plus(from, channel)], ([x]) => {
            for (const [i, one] of all.entries()) {
              body.get(one);
              body.load('v128.load', moved(x, i * VECTOR));
              body.op(isMax ? 'f32x4.max' : 'f32x4.add');
              body.set(one);
            }
            body.get(values);
            body.integer(1);
            body.op('i32.add');
            body.set(values);
          }),
        );
        if (isMax) return;
        for (const one of all) {
          body.get(one, values);
          body.op('f32.convert_i32_s', 'f32x4.splat', 'f32x4.div');
          body.set(one);
        }
      }),
    ),
  );
  return true;
}
