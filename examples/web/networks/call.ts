/** Networks as the calls that make them: the worker makes the calls, and the page prints them as code. */

/** A call of a factory of TensorFlow.js or of this package, by its public name. */
export interface Call {
  call: `${'tf' | 'pw'}.${'layers' | 'initializers'}.${string}`;
  args: {readonly [name: string]: Argument};
}

export type Argument = string | number | boolean | Call | readonly Argument[] | {readonly [name: string]: Argument};

export interface Plan {
  name: string;
  layers: readonly Call[];
  learningRate: number;
}

const WIDTH = 120;

/** The code of a `tf.sequential`. */
export function printModel({layers}: Plan): string {
  const lines = layers.map((layer) => `    ${printed(layer)},`);
  return `tf.sequential({\n  layers: [\n${lines.join('\n')}\n  ],\n})`;
}

function printed(value: Argument): string {
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value === 'number') return String(Number(value.toPrecision(9)));
  if (Array.isArray(value)) return `[${value.map(printed).join(', ')}]`;
  if (typeof value !== 'object') return String(value);
  if (!isCall(value)) return object(value as {readonly [name: string]: Argument});
  return `${value.call}(${object(value.args)})`;
}

const object = (pairs: {readonly [name: string]: Argument}) =>
  `{${Object.entries(pairs)
    .map(([name, argument]) => `${name}: ${printed(argument)}`)
    .join(', ')}}`;

export const isCall = (value: Argument): value is Call => typeof (value as Call).call === 'string';

/** Numbers as code, in lines that one can scroll past. */
export function printNumbers(values: readonly number[], digits = 8): string {
  const lines = [''];
  for (const value of values) {
    const next = `${Number(value.toPrecision(digits))}, `;
    if (lines[lines.length - 1].length + next.length > WIDTH - 2) lines.push('');
    lines[lines.length - 1] += next;
  }
  return `[\n${lines.map((line) => `  ${line.trimEnd()}`).join('\n')}\n]`;
}
