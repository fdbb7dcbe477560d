import type {Operation} from '../../lower/operations';
import {reducedAxes, sum} from '../code';
import {count} from '../sizes';
import type {Writer} from '../writer';

/** The mean or the largest along some axes. */
export function reduce(operation: Operation<'mean' | 'max'>, {code, sizesOf, read, target}: Writer): void {
  const {kind, inputs, output, attributes} = operation;
  const {number} = code.language;
  const [x] = inputs;
  const {outer, inner, terms: termCount} = reducedAxes(sizesOf(x), attributes.axes);
  code.loopsOver(outer.sizes, (places) => {
    const terms = (variables: string[], own: number[]) => variables.map((name, axis) => [name, own[axis]] as const);
    const start = terms(places, outer.strides[0]);
    // Along no axis but those of size 1 there is one number.
    const first = read(x, sum(0, start));
    code.variables({all: kind === 'mean' ? number(0) : first}, 'number');
    code.loopsOver(inner.sizes, (variables) => {
      const one = read(x, sum(0, [...start, ...terms(variables, inner.strides[0])]));
      code.line(kind === 'mean' ? `all += ${one};` : `all = ${code.language.call('maximum', ['all', one])};`);
    });
    const value = kind === 'mean' ? `all * ${number(1 / termCount)}` : 'all';
    code.line(`${target(output, sum(0, terms(places, outer.strides[1])))} = ${value};`);
  });
}

/** Along the last axis; the largest number is taken off first, so that no power overflows. */
export function softmax(operation: Operation<'softmax' | 'logSoftmax'>, writer: Writer): void {
  const {code, sizesOf, read, target} = writer;
  const {kind, inputs, output} = operation;
  const [x] = inputs;
  const {call, number} = code.language;
  const n = sizesOf(x).at(-1)!;
  code.loop(count(sizesOf(x)) / n, (row) => {
    const at = (i: string) =>
      sum(0, [
        [row, n],
        [i, 1],
      ]);
    code.variables({most: read(x, at('0'))}, 'number');
    code.loop(n, (i) => code.line(`most = ${call('maximum', ['most', read(x, at(i))])};`));
    code.variables({all: number(0)}, 'number');
    code.loop(n, (i) => {
      const power = call('exp', [`${read(x, at(i))} - most`]);
      if (kind === 'softmax') code.line(`${target(output, at(i))} = ${power};`);
      code.line(`all += ${kind === 'softmax' ? read(output, at(i)) : power};`);
    });
    if (kind === 'softmax') {
      code.loop(n, (i) => code.line(`${target(output, at(i))} /= all;`));
      return;
    }
    code.line(`most += ${call('log', ['all'])};`);
    code.loop(n, (i) => code.line(`${target(output, at(i))} = ${read(x, at(i))} - most;`));
  });
}
