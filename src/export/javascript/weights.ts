import {randomKey} from '../../math/random';
import type {Constant} from '../lower/operations';
import {shortest} from '../program/literals';
import type {Stored} from '../program/weights';

/** The lines that give the constants their names. Stored numbers are bytes of one text in base64, drawn ones come from their seed. */
export function weightLines(all: readonly Stored[], names: Map<Constant, string>): string[] {
  const blob = new Blob();
  const used = new Set<string>();
  const use = (name: keyof typeof READERS, ...args: (string | number)[]) => {
    for (const needed of READERS[name].needs ?? []) used.add(READERS[needed].code);
    used.add(READERS[name].code);
    return `${name}(${args.join(', ')})`;
  };
  const value = (stored: Stored): string => {
    const {constant} = stored;
    const n = constant.data.length;
    switch (stored.type) {
      case 'drawn': {
        const {drawn} = stored;
        const key = `0x${randomKey(drawn.seed, drawn.round).toString(16)}`;
        if (drawn.what === 'signs') return use('signs', n, key, shortest(drawn.scale));
        return use('subsample', n, drawn.from, key);
      }
      case 'index':
        return `[${stored.data.join(', ')}]`;
      case 'float32':
        return use('floats', blob.add(stored.data), n);
      case 'float16':
        return use('halves', blob.add(stored.data), n);
      case 'uint8': {
        const {data, scales, shifts} = stored;
        const list = (values: Float32Array) =>
          values.length === 1 ? `[${shortest(values[0])}]` : use('floats', blob.add(values), values.length);
        const [scale, shift] = [list(scales), list(shifts)];
        return use('dequantized', blob.add(data), n, scale, shift);
      }
    }
  };
  // Wide numbers first: arrays must start at a multiple of the width of their numbers.
  const width = (stored: Stored) => ({drawn: 0, index: 0, float32: 4, float16: 2, uint8: 1})[stored.type];
  const lists = all.flatMap((one) => (one.type === 'uint8' ? [one] : []));
  for (const {scales, shifts} of lists) for (const own of [scales, shifts]) if (own.length > 1) blob.add(own);
  const lines = [...all]
    .sort((a, b) => width(b) - width(a))
    .map(
      (stored) =>
        `const ${names.get(stored.constant)} = ${value(stored)}; // ${stored.constant.name} [${stored.constant.shape}]`,
    );
  const bytes = blob.base64();
  const text =
    bytes === ''
      ? []
      : [
          '/** All stored weights. */',
          `const bytes = Uint8Array.from(atob('${bytes}'), (c) => c.charCodeAt(0)).buffer;`,
        ];
  return [...text, ...[...used].flatMap((code) => code.split('\n')), ...lines];
}

/** Arrays one after the other; each is there once. */
class Blob {
  private readonly parts: Uint8Array[] = [];
  private readonly places = new Map<object, number>();
  private length = 0;

  /** Where the array begins. */
  add(values: Float32Array | Uint16Array | Uint8Array): number {
    if (!this.places.has(values)) {
      this.places.set(values, this.length);
      this.parts.push(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
      this.length += values.byteLength;
    }
    return this.places.get(values)!;
  }

  base64(): string {
    const characters = this.parts.flatMap((part) => Array.from(part, (byte) => String.fromCharCode(byte)));
    return btoa(characters.join(''));
  }
}

interface Reader {
  readonly code: string;
  readonly needs?: readonly (keyof typeof READERS)[];
}

const HASH: Reader = {
  code: `/** The murmur3 finalizer: 32 bits that look random. */
const hash = (h) => {
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
};
const random = (i, key) => hash(Math.imul(i + 1, 0x9e3779b1) ^ key);`,
};

const READERS: {readonly [name in 'random' | 'signs' | 'subsample' | 'floats' | 'halves' | 'dequantized']: Reader} = {
  random: HASH,
  signs: {
    code: `/** n random signs, each times a scale. */
const signs = (n, key, scale) => Float32Array.from({length: n}, (_, i) => (random(i, key) >>> 31 ? -scale : scale));`,
    needs: ['random'],
  },
  subsample: {
    code: `/** The n places of m that come first in a random order, ascending. */
const subsample = (n, m, key) => {
  const order = Array.from({length: m}, (_, i) => i).sort((i, j) => random(i, key) - random(j, key) || i - j);
  return Int32Array.from(order.slice(0, n)).sort();
};`,
    needs: ['random'],
  },
  floats: {code: 'const floats = (at, n) => new Float32Array(bytes, at, n);'},
  halves: {
    code: `/** n numbers of 16 bits: a sign, 5 bits of exponent, 10 of fraction. */
const halves = (at, n) =>
  Float32Array.from(new Uint16Array(bytes, at, n), (bits) => {
    const exponent = (bits >> 10) & 31;
    const size = exponent ? (1024 + (bits & 1023)) * 2 ** (exponent - 25) : (bits & 1023) * 2 ** -24;
    return bits >> 15 ? -size : size;
  });`,
  },
  dequantized: {
    code: `/** n numbers of 8 bits: (q + shift) * scale, by the place in the last axis where there are several of these. */
const dequantized = (at, n, scales, shifts) =>
  Float32Array.from(new Uint8Array(bytes, at, n), (q, i) => (q + shifts[i % shifts.length]) * scales[i % scales.length]);`,
  },
};
