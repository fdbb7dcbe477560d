import type {Constant} from '../../lower/operations';
import {arrayOf} from '../../program/buffers';
import type {Port, Program, StepCode} from '../../program/program';
import {numberText} from '../language';
import type {Simd} from './kernels';

/** The steps of a module that has them compiled: calls, and between them what JavaScript does on the same memory. */
export function simdSteps({parts}: Simd, steps: readonly StepCode[]): StepCode[] {
  return parts.map((part) => (typeof part === 'number' ? steps[part] : {kind: 'identity', lines: [`simd.${part}();`]}));
}

/** The lines around these: the memory, and the function that runs them. */
export function simdLines(
  {inputs, outputs, work}: Program,
  {bytes, memory}: Simd,
  names: ReadonlyMap<Constant, string>,
  lines: readonly string[],
): {memory: string[]; run: string[]} {
  const ports = [...portsOf('x', inputs), ...portsOf('y', outputs)];
  const views = [...ports.map(({name, size}) => ({name, at: memory.arrays.get(name)!, size}))];
  if (work > 0) views.push({name: 'work', at: memory.work, size: work});
  const weights = [...memory.used].map(([constant, at]) => `[${at}, ${weightOf(constant, names)}]`);
  const given = ports.map(({name}) => `given${name.toUpperCase()}`);
  const isInput = (name: string) => name.startsWith('x');
  return {
    memory: [
      '/** The same steps in WebAssembly, four numbers at once: null where it is missing, or may not be compiled. */',
      'const simd = (() => {',
      '  try {',
      `    const code = Uint8Array.from(atob('${base64(bytes)}'), (c) => c.charCodeAt(0));`,
      '    const {memory: {buffer}, ...parts} = new WebAssembly.Instance(new WebAssembly.Module(code)).exports;',
      '    const numbers = (at, n) => new Float32Array(buffer, at, n);',
      ...(weights.length > 0
        ? [
            `    for (const [at, w] of [${weights.join(', ')}])`,
            '      (w instanceof Float32Array ? numbers(at, w.length) : new Int32Array(buffer, at)).set(w);',
          ]
        : []),
      `    return {...parts, ${views.map(({name, at, size}) => `${name}: numbers(${at}, ${size})`).join(', ')}};`,
      '  } catch {',
      '    return null;',
      '  }',
      '})();',
    ],
    run: [
      `function runSimd(${given.join(', ')}) {`,
      `  const {${ports.map(({name}) => name).join(', ')}} = simd;`,
      ...ports.flatMap(({name}, i) => (isInput(name) ? [`  ${name}.set(${given[i]});`] : [])),
      ...lines.map((line) => `  ${line}`),
      ...ports.flatMap(({name}, i) => (isInput(name) ? [] : [`  ${given[i]}.set(${name});`])),
      '}',
    ],
  };
}

const portsOf = (letter: 'x' | 'y', ports: readonly Port[]) =>
  ports.map(({size}, i) => ({name: arrayOf(letter, i, ports), size}));

/** One number stands in the code elsewhere, and has no name. */
function weightOf(constant: Constant, names: ReadonlyMap<Constant, string>): string {
  const {data} = constant;
  return names.get(constant) ?? (data instanceof Int32Array ? `[${data}]` : `Float32Array.of(${numberText(data[0])})`);
}

const base64 = (bytes: Uint8Array) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
