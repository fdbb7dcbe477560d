import type {Kind, Operation, Value} from '../../lower/operations';
import {broadcastStrides, joinedAxes, sum} from '../code';
import type {Name} from '../language';
import type {Step} from '../steps';
import type {Writer} from '../writer';

const OPERATORS: {readonly [kind in Kind]?: string} = {add: '+', sub: '-', mul: '*', div: '/', less: '<'};

/** Operations on the same elements in one loop. */
export function elementwise({operations, stored}: Step, {code, sizesOf, read, target}: Writer): void {
  const {language} = code;
  const sizes = sizesOf(operations[0].output);
  const inside = new Set(operations.map(({output}) => output));
  const outside = [...new Set(operations.flatMap(({inputs}) => inputs))].filter((x) => !inside.has(x));
  const own = broadcastStrides(sizes, sizes);
  const all = joinedAxes(sizes, [own, ...outside.map((x) => broadcastStrides(sizesOf(x), sizes))]);
  const uses = (value: Value) => operations.flatMap(({inputs}) => inputs).filter((x) => x === value).length;

  code.loopsOver(all.sizes, (variables) => {
    const index = (strides: number[]) =>
      sum(
        0,
        variables.map((variable, axis) => [variable, strides[axis]] as const),
      );
    const known = new Map<Value, string>(outside.map((x, i) => [x, read(x, index(all.strides[i + 1]))]));
    const text = (x: Value) => known.get(x)!;
    for (const operation of operations) {
      const {output, kind, inputs} = operation;
      const value = expression(operation, inputs.map(text), language.call.bind(language));
      // Elements are written at the end: an array may take the place of one that is read.
      const isLast = operation === operations.at(-1) && stored.length === 1;
      if (isLast || (uses(output) <= 1 && !stored.includes(output))) {
        known.set(output, isLast ? value : wrapped(value));
      } else {
        const name = `t${known.size - outside.length}`;
        code.variables({[name]: value}, kind === 'less' ? 'truth' : 'number');
        known.set(output, name);
      }
    }
    for (const value of stored) code.line(`${target(value, index(all.strides[0]))} = ${text(value)};`);
  });
}

function expression(
  {kind}: Operation<Kind>,
  args: readonly string[],
  call: (name: Name, args: readonly string[]) => string,
): string {
  const [a, b, c] = args;
  if (kind in OPERATORS) return `${a} ${OPERATORS[kind]} ${b}`;
  if (kind === 'identity') return a;
  if (kind === 'neg') return `-(${a})`;
  if (kind === 'select') return `${bare(a)} ? ${b} : ${c}`;
  return call(kind as Name, args.map(bare));
}

const wrapped = (text: string) => (/^[\w.]+(\[[^[\]]*\])?$|^[\w.]+\([^()]*\)$/.test(text) ? text : `(${text})`);

/** Without the parentheses around all of it, which an argument does not need. */
function bare(text: string): string {
  if (!/^\(.*\)$/.test(text)) return text;
  let depth = 0;
  for (const [i, character] of [...text].entries()) {
    depth += character === '(' ? 1 : character === ')' ? -1 : 0;
    if (depth === 0 && i < text.length - 1) return text;
  }
  return text.slice(1, -1);
}
