import type {Operation, Value} from '../../lower/operations';
import {broadcastStrides, joinedAxes, sum} from '../code';
import {count} from '../sizes';
import {paddingBefore, spanOf} from '../windows';
import type {Writer} from '../writer';

/** So many sums run side by side: a processor adds to one while it waits for another. */
const blockOf = (outputs: number) => [4, 3, 2].find((size) => outputs % size === 0) ?? 1;

/** With fewer products there is nothing to gain. */
const MIN_PRODUCTS = 1024;

/**
 * Sums of products for `outputs` neighbours in the last axis, from the bias on, if there is one. `terms` runs the loops around a line for every output, and
 * gives it the factor that they share and the place in the kernel, which goes on by 1 from output to output.
 */
function sums(
  {code, read, target}: Writer,
  outputs: number,
  products: number,
  [, kernel, bias]: readonly Value[],
  to: {value: Value; at: (output: string) => string},
  terms: (line: (factor: string, at: (output: string) => string) => void) => void,
): void {
  const {number} = code.language;
  const block = products < MIN_PRODUCTS ? 1 : blockOf(outputs);
  code.loop(outputs / block, (group) => {
    const lanes = Array.from({length: block}, (_, lane) => lane);
    const output = (lane: number) => sum(lane, [[group, block]]);
    const first = (lane: number) => (bias ? read(bias, output(lane)) : number(0));
    code.variables(Object.fromEntries(lanes.map((lane) => [`sum${lane}`, first(lane)])), 'number');
    terms((factor, at) => {
      // One place serves all: arithmetic on indices would take as long as that on numbers.
      const [first, start] = block > 1 ? ['at', at(output(0))] : [at(output(0)), ''];
      if (block > 1) {
        code.variables({at: start}, 'index');
        code.variables({a: factor}, 'number');
      }
      for (const lane of lanes) {
        const weight = read(kernel, lane === 0 ? first : `at + ${lane}`, output(lane));
        code.line(`sum${lane} += ${block > 1 ? 'a' : factor} * ${weight};`);
      }
    });
    for (const lane of lanes) code.line(`${target(to.value, to.at(output(lane)))} = sum${lane};`);
  });
}

export function matMul({inputs, output}: Operation<'matMul'>, writer: Writer): void {
  const [a, b] = inputs;
  const {code, sizesOf, read} = writer;
  const [left, right, all] = [a, b, output].map(sizesOf);
  const [rows, inner] = left.slice(-2);
  const columns = right.at(-1)!;
  const batch = all.slice(0, -2);
  const strides = (sizes: readonly number[]) => {
    const own = broadcastStrides(sizes.slice(0, -2), batch);
    const matrix = sizes.at(-1)! * sizes.at(-2)!;
    return own.map((stride) => stride * matrix);
  };
  // Rows are one more axis of the batch to all but the right side.
  const axes = joinedAxes(
    [...batch, rows],
    [
      [...strides(left), inner],
      [...strides(right), 0],
      [...strides(all), columns],
    ],
  );
  code.loopsOver(axes.sizes, (variables) => {
    const terms = (i: number) => variables.map((variable, axis) => [variable, axes.strides[i][axis]] as const);
    const to = {value: output, at: (j: string) => sum(0, [...terms(2), [j, 1]])};
    sums(writer, columns, count(all) * inner, inputs, to, (line) =>
      code.loop(inner, (k) =>
        line(read(a, sum(0, [...terms(0), [k, 1]])), (j) => sum(0, [...terms(1), [k, columns], [j, 1]])),
      ),
    );
  });
}

type Windowed = 'conv' | 'depthwiseConv2d' | 'maxPool' | 'averagePool';

/** Loops over the places of windows; `inside` runs loops over the values of one that are not padding. */
function windows(
  {inputs: [x], output, attributes}: Operation<Windowed>,
  spans: readonly number[],
  {code, sizesOf}: Writer,
  body: (
    start: (channel: string) => string,
    inside: (
      each: (at: (channel: string) => string, tap: (stride: number) => (readonly [string, number])[]) => void,
    ) => void,
  ) => void,
): void {
  const sizes = sizesOf(x);
  const all = sizesOf(output);
  const space = sizes.slice(1, -1);
  const {strides} = attributes;
  const dilations = 'dilations' in attributes ? attributes.dilations : space.map(() => 1);
  const before = space.map((n, axis) =>
    paddingBefore(n, all[axis + 1], spanOf(spans[axis], dilations[axis]), strides[axis], attributes),
  );
  code.loopsOver(all.slice(0, -1), ([sample, ...places]) => {
    const outer = [sample, ...places].map((name, axis) => [name, count(all.slice(axis + 1))] as const);
    const inside: Parameters<typeof body>[1] = (each) =>
      code.loopsOver(spans, (taps) => {
        // What only padding would make leave the image is checked.
        const checks: string[] = [];
        const computed: {[name: string]: string} = {};
        const coordinates = space.map((n, axis) => {
          const last = (all[axis + 1] - 1) * strides[axis] + spanOf(spans[axis], dilations[axis]) - 1 - before[axis];
          const text = sum(-before[axis], [
            [places[axis], strides[axis]],
            [taps[axis], dilations[axis]],
          ]);
          if (/^\w+$/.test(text) && last < n) return text; // as it is, and always inside
          const name = `at${axis}`;
          computed[name] = text;
          if (before[axis] > 0) checks.push(`${name} >= 0`);
          if (last >= n) checks.push(`${name} < ${n}`);
          return name;
        });
        if (Object.keys(computed).length > 0) code.variables(computed, 'index');
        const at = (channel: string) =>
          sum(0, [
            [sample, count(sizes.slice(1))],
            ...coordinates.map((name, axis) => [name, count(sizes.slice(axis + 2))] as const),
            [channel, 1],
          ]);
        const tap = (stride: number) =>
          taps.map((name, axis) => [name, count(spans.slice(axis + 1)) * stride] as const);
        if (checks.length > 0) code.block(`if (${checks.join(' && ')})`, () => each(at, tap));
        else each(at, tap);
      });
    body((channel) => sum(0, [...outer, [channel, 1]]), inside);
  });
}

export function conv(operation: Operation<'conv'>, writer: Writer): void {
  const {inputs, output} = operation;
  const [x, kernel] = inputs;
  const sizes = writer.sizesOf(kernel);
  const [channels, filters] = sizes.slice(-2);
  windows(operation, sizes.slice(0, -2), writer, (at, inside) =>
    sums(
      writer,
      filters,
      (count(writer.sizesOf(output)) * count(sizes)) / filters,
      inputs,
      {value: output, at},
      (line) =>
        inside((place, tap) =>
          writer.code.loop(channels, (c) =>
            line(writer.read(x, place(c)), (f) => sum(0, [...tap(channels * filters), [c, filters], [f, 1]])),
          ),
        ),
    ),
  );
}

export function depthwiseConv2d(operation: Operation<'depthwiseConv2d'>, writer: Writer): void {
  const {inputs, output} = operation;
  const [x, kernel, bias] = inputs;
  const {code, read, sizesOf} = writer;
  const sizes = sizesOf(kernel);
  const [channels, multiplier] = sizes.slice(-2);
  const channel = ([c, m]: readonly string[]) =>
    sum(0, [
      [c, multiplier],
      [m, 1],
    ]);
  const each = (run: (variables: readonly string[]) => void) => code.loopsOver([channels, multiplier], run);
  // Sums stand in the output: what is padding is found once for all channels.
  windows(operation, sizes.slice(0, -2), writer, (at, inside) => {
    const target = (variables: readonly string[]) => writer.target(output, at(channel(variables)));
    each((variables) =>
      code.line(`${target(variables)} = ${bias ? read(bias, channel(variables)) : code.language.number(0)};`),
    );
    inside((place, tap) =>
      each((variables) => {
        const [c, m] = variables;
        const weight = read(
          kernel,
          sum(0, [...tap(channels * multiplier), [c, multiplier], [m, 1]]),
          channel(variables),
        );
        code.line(`${target(variables)} += ${read(x, place(c))} * ${weight};`);
      }),
    );
  });
}

/** Padding counts for nothing. */
export function pool(operation: Operation<'maxPool' | 'averagePool'>, isMax: boolean, writer: Writer): void {
  const {inputs, output, attributes} = operation;
  const {code, read, sizesOf, target} = writer;
  const {call, number} = code.language;
  const [x] = inputs;
  windows(operation, attributes.size, writer, (at, inside) =>
    code.loop(sizesOf(x).at(-1)!, (c) => {
      code.variables({all: number(isMax ? -Infinity : 0)}, 'number');
      if (!isMax) code.variables({values: '0'}, 'index');
      inside((place) => {
        const value = read(x, place(c));
        code.line(isMax ? `all = ${call('maximum', ['all', value])};` : `all += ${value};`);
        if (!isMax) code.line('values += 1;');
      });
      code.line(`${target(output, at(c))} = ${isMax ? 'all' : 'all / values'};`);
    }),
  );
}
