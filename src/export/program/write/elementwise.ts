import type {Kind, Operation, Value} from '../../lower/operations';
import {broadcastStrides, joinedAxes, sum} from '../code';
import type {Name} from '../language';
import {count} from '../sizes';
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

  const flat = flatIndices(all);
  code.loopsOver(flat ? [count(all.sizes)] : all.sizes, (variables) => {
    const index = (i: number) =>
      flat?.[i](variables[0]) ??
      sum(
        0,
        variables.map((variable, axis) => [variable, all.strides[i][axis]] as const),
      );
    const known = new Map<Value, string>(outside.map((x, i) => [x, read(x, index(i + 1))]));
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
    for (const value of stored) code.line(assignment(target(value, index(0)), text(value)));
  });
}

/** a *= b in the place of a = a * b. */
function assignment(target: string, value: string): string {
  const [operator, rest] = [value.slice(target.length, target.length + 3), value.slice(target.length + 3)];
  const isShort =
    value.startsWith(target) && /^ [-+*/] $/.test(operator) && (wrapped(rest) === rest || bare(rest) !== rest);
  return isShort ? `${target} ${operator.trim()}= ${bare(rest)};` : `${target} = ${value};`;
}

/**
 * Two loops as one, where each value is there for every element, for those of one row again and again, or for whole rows: rows of a
 * power of two tell both apart. The index of an element of each value, null where that does not go.
 */
function flatIndices({sizes, strides}: {sizes: number[]; strides: number[][]}): ((i: string) => string)[] | null {
  const [rows, n] = sizes;
  if (sizes.length !== 2 || !Number.isInteger(Math.log2(n))) return null;
  const indices = strides.map(([outer, inner]) => {
    if (inner === 1 && outer === n) return (i: string) => i;
    if (inner === 1 && outer === 0) return (i: string) => `(${i} & ${n - 1})`;
    if (inner === 0 && outer === 0) return () => '0';
    return inner === 0 && outer === 1 ? (i: string) => `(${i} >> ${Math.log2(n)})` : null;
  });
  return rows > 1 && indices.every((index) => index !== null) ? indices : null;
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
