import type {About} from '../about';
import {quoted} from '../program/literals';
import type {Port, Program} from '../program/program';

/** What TypeScript is to know of a module: the text of a .d.ts file. */
export function typesText({inputs, outputs}: Program, {name, labels, metadata}: About): string {
  const tuple = (all: readonly Port[]) =>
    `readonly [${all
      .map(
        ({name, shape, size}) =>
          `{readonly name: ${quoted(name)}; readonly shape: readonly [${shape.join(', ')}]; readonly size: ${size}}`,
      )
      .join(', ')}]`;
  const one = (all: readonly Port[], type: string) =>
    all.length === 1 ? type : `{${all.map(({name}) => `readonly ${quoted(name)}: ${type}`).join('; ')}}`;
  return `/** The network ${name}. */

/** One sample, several one after the other, or rows: an array with one for each. */
export type Numbers =
  | readonly number[]
  | readonly (readonly number[] | Float32Array)[]
  | Float32Array
  | Float64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | Uint8Array
  | Uint8ClampedArray
  | Uint16Array
  | Uint32Array;

export declare const inputs: ${tuple(inputs)};
export declare const outputs: ${tuple(outputs)};
${labels ? `export declare const labels: readonly [${labels.map(quoted).join(', ')}];\n` : ''}${
  metadata ? 'export declare const metadata: {readonly [key: string]: unknown};\n' : ''
}
/** Samples one after the other. Throws if a length or type is wrong; NaN stays NaN. */
export declare function predict(input: ${one(inputs, 'Numbers')}): ${one(outputs, 'Float32Array')};
`;
}
