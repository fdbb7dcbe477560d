import type {Constant} from '../lower/operations';
import {assigned, type Language, type Name} from '../program/language';
import {shortest} from '../program/literals';

/** Functions that JavaScript has by itself. */
const OWN: {readonly [name in Name]?: string} = {
  abs: 'Math.abs',
  exp: 'Math.exp',
  floor: 'Math.floor',
  log: 'Math.log',
  maximum: 'Math.max',
  minimum: 'Math.min',
  sqrt: 'Math.sqrt',
  tanh: 'Math.tanh',
};

/** The others, in one line each. */
const DEFINITIONS: {readonly [name in Name]?: string} = {
  elu: 'const elu = (x) => (x >= 0 ? x : Math.exp(x) - 1);',
  // Abramowitz and Stegun 7.1.26, as TensorFlow.js.
  erf: `const erf = (x) => {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const rest = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  return Math.sign(x) * (1 - rest * Math.exp(-x * x));
};`,
  relu: 'const relu = (x) => (x < 0 ? 0 : x);',
  selu: 'const selu = (x) => 1.0507009873554805 * (x >= 0 ? x : 1.6732632423543772 * (Math.exp(x) - 1));',
  sigmoid: 'const sigmoid = (x) => 1 / (1 + Math.exp(-x));',
  softplus: 'const softplus = (x) => (x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x)));',
};

/** The names of those. */
export const DEFINED: readonly string[] = Object.keys(DEFINITIONS);

/** A number of single precision. */
export const numberText = (value: number): string => (Number.isFinite(value) ? shortest(value) : String(value));

/** JavaScript; `used` collects the definitions of the functions that were called. */
export function javascript(names: Map<Constant, string>, used: Set<string>): Language {
  return {
    loop: (variable, times) => `for (let ${variable} = 0; ${variable} < ${times}; ${variable}++)`,
    variables: (values) => `let ${assigned(values)};`,
    number: numberText,
    call: (name, args) => {
      const definition = DEFINITIONS[name];
      if (definition) used.add(definition);
      return `${OWN[name] ?? name}(${args.join(', ')})`;
    },
    element: (constant, index) => `${names.get(constant)}[${index}]`,
    zeros: (code, array) => code.line(`${array}.fill(0);`),
    transforms: (code, array, _, n) => {
      if (hasOddLevels(n)) used.delete(transform(false));
      if (!used.has(transform(true))) used.add(transform(hasOddLevels(n)));
      code.line(`transform(${array}, ${n});`);
    },
  };
}

/** Two levels at a time: half the memory accesses of one at a time. One level comes first where their number may be odd. */
const transform = (isOdd: boolean) => `/** The fast Walsh-Hadamard transform of every n numbers of v, in place. */
const transform = (v, n) => {
${isOdd ? ODD : '  for (let h = 1; h < n; h *= 4)'}
    for (let start = 0; start < v.length; start += 4 * h)
      for (let i = start; i < start + h; i++) {
        const j = i + h, k = j + h, l = k + h;
        const a = v[i] + v[j], b = v[i] - v[j], c = v[k] + v[l], d = v[k] - v[l];
        v[i] = a + c;
        v[j] = b + d;
        v[k] = a - c;
        v[l] = b - d;
      }
};`;

const ODD = `  let h = n & 0x2aaaaaaa ? 2 : 1; // where the number of levels is odd, one goes first
  for (let i = 0; h === 2 && i < v.length; i += 2) {
    const a = v[i], b = v[i + 1];
    v[i] = a + b;
    v[i + 1] = a - b;
  }
  for (; h < n; h *= 4)`;

const hasOddLevels = (n: number) => Math.log2(n) % 2 === 1;
