import {randomKey} from '../../math/random';
import {sum} from '../program/code';
import {assigned, type Language, type Name} from '../program/language';
import {shortest} from '../program/literals';
import type {Stored} from '../program/weights';

/** A number of type float. */
export function literal(value: number): string {
  if (Number.isNaN(value)) return 'NAN';
  if (!Number.isFinite(value)) return value < 0 ? '-INFINITY' : 'INFINITY';
  const text = shortest(value);
  return `${/[.e]/.test(text) ? text : `${text}.0`}f`;
}

/** Those of math.h. */
const OF_MATH: {readonly [name in Name]?: string} = {
  abs: 'fabsf',
  erf: 'erff',
  exp: 'expf',
  floor: 'floorf',
  log: 'logf',
  sqrt: 'sqrtf',
  tanh: 'tanhf',
};

/** The others, and what reads weights; NAME stands for the name of the network. */
const DEFINITIONS = {
  elu: 'static float NAME_elu(float x) { return x >= 0.0f ? x : expf(x) - 1.0f; }',
  // NaN stays NaN, which fmaxf and fminf would lose.
  maximum: 'static float NAME_maximum(float a, float b) { return a > b || a != a ? a : b; }',
  minimum: 'static float NAME_minimum(float a, float b) { return a < b || a != a ? a : b; }',
  relu: 'static float NAME_relu(float x) { return x < 0.0f ? 0.0f : x; }',
  selu: `static float NAME_selu(float x) {
  return 1.05070099f * (x >= 0.0f ? x : 1.67326324f * (expf(x) - 1.0f));
}`,
  sigmoid: 'static float NAME_sigmoid(float x) { return 1.0f / (1.0f + expf(-x)); }',
  softplus: `static float NAME_softplus(float x) {
  return x > 0.0f ? x + log1pf(expf(-x)) : log1pf(expf(x));
}`,
  half: `/* A number of 16 bits: a sign, 5 bits of exponent, 10 of fraction. */
static float NAME_half(uint16_t bits) {
  union { uint32_t bits; float value; } half;
  half.bits = (uint32_t)(bits & 0x7fffu) << 13;
  half.value *= 5.19229686e+33f; /* 2^112: the exponents are counted from other places */
  half.bits |= (uint32_t)(bits & 0x8000u) << 16;
  return half.value;
}`,
  random: `/* 32 random bits by a place and a key: the murmur3 finalizer. */
static uint32_t NAME_random(int32_t i, uint32_t key) {
  uint32_t h = (((uint32_t)i + 1u) * 0x9e3779b1u) ^ key;
  h = (h ^ (h >> 16)) * 0x85ebca6bu;
  h = (h ^ (h >> 13)) * 0xc2b2ae35u;
  return h ^ (h >> 16);
}`,
  signed: `/* A random sign times a scale. */
static float NAME_signed(int32_t i, uint32_t key, float scale) {
  return NAME_random(i, key) >> 31 ? -scale : scale;
}`,
  uniform: `/* A random number between -limit and limit. */
static float NAME_uniform(int32_t i, uint32_t key, float limit) {
  return limit * ((float)NAME_random(i, key) * 4.65661287e-10f - 1.0f); /* 2^-31 */
}`,
  // Two levels at a time: half the memory accesses of one at a time.
  transform: `/* The fast Walsh-Hadamard transform of n numbers in place. */
static void NAME_transform(float *v, int32_t n) {
  int32_t h = 1;
  for (; h * 4 <= n; h *= 4) {
    for (int32_t base = 0; base < n; base += 4 * h) {
      for (int32_t i = base; i < base + h; i++) {
        const float a = v[i] + v[i + h];
        const float b = v[i] - v[i + h];
        const float c = v[i + 2 * h] + v[i + 3 * h];
        const float d = v[i + 2 * h] - v[i + 3 * h];
        v[i] = a + c;
        v[i + h] = b + d;
        v[i + 2 * h] = a - c;
        v[i + 3 * h] = b - d;
      }
    }
  }
  if (h == n) return;
  for (int32_t i = 0; i < h; i++) {
    const float a = v[i];
    v[i] = a + v[i + h];
    v[i + h] = a - v[i + h];
  }
}`,
} as const;

const TYPES = {number: 'float', truth: 'int', index: 'int32_t'} as const;

/** C99. The names of what is not local begin with that of the network; `used` collects definitions. */
export function c99(network: string, weights: readonly Stored[], used: Set<string>): Language {
  const own = (name: keyof typeof DEFINITIONS) => {
    used.add(DEFINITIONS[name].replaceAll('NAME', network));
    return `${network}_${name}`;
  };
  const known = new Map(weights.map((stored, i) => [stored.constant, {stored, name: `${network}_w${i}`}]));
  return {
    loop: (variable, times) => `for (int32_t ${variable} = 0; ${variable} < ${times}; ${variable}++)`,
    variables: (values, type) => `${TYPES[type]} ${assigned(values)};`,
    number: literal,
    call: (name, args) => `${OF_MATH[name] ?? own(name as keyof typeof DEFINITIONS)}(${args.join(', ')})`,
    element: (constant, index, channel) => {
      const {stored, name} = known.get(constant)!;
      const {type} = stored;
      if (type === 'drawn' && stored.drawn.what !== 'subsample') {
        const {what, seed, round, scale} = stored.drawn;
        own('random');
        const name = own(what === 'signs' ? 'signed' : 'uniform');
        return `${name}(${index}, 0x${randomKey(seed, round).toString(16)}u, ${literal(scale)})`;
      }
      if (type === 'float16') return `${own('half')}(${name}[${index}])`;
      if (type !== 'uint8') return `${name}[${index}]`;
      const {scales, shifts} = stored;
      const [scale, shift] =
        scales.length === 1
          ? [literal(scales[0]), literal(shifts[0])]
          : [`${name}_scales[${channel}]`, `${name}_shifts[${channel}]`];
      return `(((float)${name}[${index}] + ${shift}) * ${scale})`;
    },
    zeros: (code, array, n) => code.loop(n, (i) => code.line(`${array}[${i}] = 0.0f;`)),
    transforms: (code, array, rows, n) =>
      code.loop(rows, (row) => {
        const place = sum(0, [[row, n]]);
        code.line(`${own('transform')}(${place === '0' ? array : `${array} + ${place}`}, ${n});`);
      }),
  };
}
