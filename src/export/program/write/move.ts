import type {Constant, Kind, Operation, Value} from '../../lower/operations';
import {joinedAxes, stridesOf, sum} from '../code';
import {count} from '../sizes';
import type {Writer} from '../writer';

/** A run of elements by strides, from a place on. */
interface Run {
  readonly value: Value;
  readonly at?: number;
  readonly strides: readonly number[];
}

function copy({code, read, target}: Writer, sizes: readonly number[], from: Run, to: Run): void {
  const all = joinedAxes(sizes, [from.strides, to.strides]);
  code.loopsOver(all.sizes, (variables) => {
    const index = ({at = 0}: Run, strides: number[]) =>
      sum(
        at,
        variables.map((variable, axis) => [variable, strides[axis]] as const),
      );
    code.line(`${target(to.value, index(to, all.strides[1]))} = ${read(from.value, index(from, all.strides[0]))};`);
  });
}

/** All numbers as they are, in the same order. */
export function copyAll({inputs: [x], output}: Operation<Kind>, writer: Writer): void {
  const size = count(writer.sizesOf(output));
  copy(writer, [size], {value: x, strides: [1]}, {value: output, strides: [1]});
}

export function transpose({inputs: [x], output, attributes: {perm}}: Operation<'transpose'>, writer: Writer): void {
  const strides = stridesOf(writer.sizesOf(x));
  const sizes = writer.sizesOf(output);
  const from = {value: x, strides: perm.map((axis) => strides[axis])};
  copy(writer, sizes, from, {value: output, strides: stridesOf(sizes)});
}

export function slice({inputs: [x], output, attributes: {starts}}: Operation<'slice'>, writer: Writer): void {
  const strides = stridesOf(writer.sizesOf(x));
  const sizes = writer.sizesOf(output);
  copy(writer, sizes, {value: x, at: dot(starts, strides), strides}, {value: output, strides: stridesOf(sizes)});
}

export function pad({inputs: [x], output, attributes: {before}}: Operation<'pad'>, writer: Writer): void {
  const {code, sizesOf, placeOf} = writer;
  code.language.zeros(code, placeOf(output).array, count(sizesOf(output)));
  const strides = stridesOf(sizesOf(output));
  const from = {value: x, strides: stridesOf(sizesOf(x))};
  copy(writer, sizesOf(x), from, {value: output, at: dot(before, strides), strides});
}

export function tile({inputs: [x], output, attributes: {times}}: Operation<'tile'>, writer: Writer): void {
  const own = stridesOf(writer.sizesOf(x));
  const all = stridesOf(writer.sizesOf(output));
  // Every axis as two: the copies, and the elements of each.
  const sizes = writer.sizesOf(x).flatMap((size, axis) => [times[axis], size]);
  const from = {value: x, strides: own.flatMap((stride) => [0, stride])};
  const to = all.flatMap((stride, axis) => [stride * writer.sizesOf(x)[axis], stride]);
  copy(writer, sizes, from, {value: output, strides: to});
}

export function concat({inputs, output, attributes: {axis}}: Operation<'concat'>, writer: Writer): void {
  const strides = stridesOf(writer.sizesOf(output));
  let start = 0;
  for (const x of inputs) {
    const sizes = writer.sizesOf(x);
    const to = {value: output, at: start * strides[axis], strides};
    copy(writer, sizes, {value: x, strides: stridesOf(sizes)}, to);
    start += sizes[axis];
  }
}

export function gather({inputs: [x, indices], output, attributes: {axis}}: Operation<'gather'>, writer: Writer): void {
  const {code, sizesOf, read, target} = writer;
  const sizes = sizesOf(x);
  const outer = count(sizes.slice(0, axis));
  const inner = count(sizes.slice(axis + 1));
  const kept = (indices as Constant).data.length;
  code.loopsOver([outer, kept, inner], ([i, j, k]) => {
    const place =
      kept === 1 ? String((indices as Constant).data[0]) : code.language.element(indices as Constant, j, '0');
    const from =
      kept === 1
        ? sum(Number(place) * inner, [
            [i, sizes[axis] * inner],
            [k, 1],
          ])
        : sum(0, [
            [i, sizes[axis] * inner],
            [place, inner],
            [k, 1],
          ]);
    code.line(
      `${target(
        output,
        sum(0, [
          [i, kept * inner],
          [j, inner],
          [k, 1],
        ]),
      )} = ${read(x, from)};`,
    );
  });
}

/** To a multiple of the size: each number repeated, or numbers on the line to the next; past the last one there is none. */
export function resize({inputs: [x], output, attributes}: Operation<'resize'>, writer: Writer): void {
  const {code, sizesOf, read, target} = writer;
  const {method, factors} = attributes;
  const [batch, height, width, channels] = sizesOf(x);
  const [tall, wide] = factors;
  const sizes = [batch, height, tall, width, wide, channels];
  const out = stridesOf([batch, height * tall, width * wide, channels]);
  const own = stridesOf(sizesOf(x));
  const to = {value: output, strides: [out[0], out[1] * tall, out[1], out[2] * wide, out[2], 1]};
  if (method === 'nearest') {
    copy(writer, sizes, {value: x, strides: [own[0], own[1], 0, own[2], 0, 1]}, to);
    return;
  }
  const {number} = code.language;
  code.loopsOver(sizes, ([b, row, down, column, across, c]) => {
    const next = (place: string, size: number) =>
      size === 1 ? '0' : `(${place} + 1 < ${size} ? ${place} + 1 : ${place})`;
    const at = (r: string, k: string) =>
      read(
        x,
        sum(0, [
          [b, own[0]],
          [r, own[1]],
          [k, own[2]],
          [c, 1],
        ]),
      );
    const between = (low: string, high: string, share: string, factor: number) =>
      factor === 1 ? low : `${low} + (${high} - ${low}) * (${share} * ${number(1 / factor)})`;
    for (const [name, k] of [
      ['left', column],
      ['right', next(column, width)],
    ]) {
      code.variables({[`${name}0`]: at(row, k)}, 'number');
      code.variables({[`${name}1`]: at(next(row, height), k)}, 'number');
    }
    code.variables({high: between('left0', 'right0', across, wide)}, 'number');
    code.variables({low: between('left1', 'right1', across, wide)}, 'number');
    const index = sum(
      0,
      [b, row, down, column, across, c].map((v, axis) => [v, to.strides[axis]] as const),
    );
    code.line(`${target(output, index)} = ${between('high', 'low', down, tall)};`);
  });
}

const dot = (a: readonly number[], b: readonly number[]) => a.reduce((all, value, i) => all + value * b[i], 0);
