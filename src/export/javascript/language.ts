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

/** JavaScript; `used` collects the definitions of the functions that were called. */
export function javascript(names: Map<Constant, string>, used: Set<string>): Language {
  return {
    loop: (variable, times) => `for (let ${variable} = 0; ${variable} < ${times}; ${variable}++)`,
    variables: (values) => `let ${assigned(values)};`,
    number: (value) => (Number.isFinite(value) ? shortest(value) : String(value)),
    call: (name, args) => {
      const definition = DEFINITIONS[name];
      if (definition) used.add(definition);
      return `${OWN[name] ?? name}(${args.join(', ')})`;
    },
    element: (constant, index) => `${names.get(constant)}[${index}]`,
    transforms: (code, array, at, rows, n) => {
      used.add(TRANSFORM);
      code.line(`transform(${array}, ${at}, ${at + rows * n}, ${n});`);
    },
  };
}

/** Two levels at a time: half the memory accesses of one at a time. */
const TRANSFORM = `/** The fast Walsh-Hadamard transform of every n numbers from v[start] to v[end - 1], in place. */
const transform = (v, start, end, n) => {
  let h = 1;
  for (; h * 4 <= n; h *= 4)
    for (let base = start; base < end; base += 4 * h)
      for (let i = base; i < base + h; i++) {
        const j = i + h, k = j + h, l = k + h;
        const a = v[i] + v[j], b = v[i] - v[j], c = v[k] + v[l], d = v[k] - v[l];
        v[i] = a + c;
        v[j] = b + d;
        v[k] = a - c;
        v[l] = b - d;
      }
  if (h < n)
    for (let base = start; base < end; base += n)
      for (let i = base; i < base + h; i++) {
        const a = v[i], b = v[i + h];
        v[i] = a + b;
        v[i + h] = a - b;
      }
};`;
