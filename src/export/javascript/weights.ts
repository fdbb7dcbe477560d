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
  let layer = '';
  const titleOf = ({type, constant}: Stored): string => {
    if (type === 'drawn') return '';
    const [, owner, own] = /^(.*?)([^/]*)$/.exec(constant.name)!;
    const title = ` // ${owner === layer ? own : constant.name}`;
    layer = owner;
    return title;
  };
  const value = (stored: Stored): string => {
    const n = stored.constant.data.length;
    switch (stored.type) {
      case 'drawn': {
        const {drawn} = stored;
        const key = `0x${randomKey(drawn.seed, drawn.round).toString(16)}`;
        if (drawn.what === 'subsample') return use('subsample', n, drawn.from, key);
        // Signs are scaled in float32, as the constant is; uniform numbers before they become one.
        return use(drawn.what, n, key, drawn.what === 'signs' ? shortest(drawn.scale) : drawn.scale);
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
        return use('bytes', blob.add(data), n, list(scales), list(shifts));
      }
    }
  };
  // Wide numbers first: arrays must start at a multiple of the width of their numbers.
  const width = (stored: Stored) => ({drawn: 0, index: 0, float32: 4, float16: 2, uint8: 1})[stored.type];
  for (const stored of all) {
    if (stored.type !== 'uint8' || stored.scales.length === 1) continue;
    blob.add(stored.scales);
    blob.add(stored.shifts);
  }
  const lines = [...all]
    .sort((a, b) => width(b) - width(a))
    .map((stored) => `const ${names.get(stored.constant)} = ${value(stored)};${titleOf(stored)}`);
  const text = blob.base64();
  const data = `const data = Uint8Array.from(atob('${text}'), (c) => c.charCodeAt(0)).buffer;`;
  return [...(text === '' ? [] : [data]), ...[...used].flatMap((code) => code.split('\n')), ...lines];
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

const READERS: {
  readonly [name in 'random' | 'signs' | 'uniform' | 'subsample' | 'floats' | 'halves' | 'bytes']: Reader;
} = {
  random: {
    code: `/** 32 random bits by a place and a key: the murmur3 finalizer. */
const random = (i, key) => {
  let h = Math.imul(i + 1, 0x9e3779b1) ^ key;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
};`,
  },
  signs: {
    code: 'const signs = (n, key, scale) => Float32Array.from({length: n}, (_, i) => (random(i, key) >>> 31 ? -scale : scale));',
    needs: ['random'],
  },
  uniform: {
    code: `/** Between -limit and limit. */
const uniform = (n, key, limit) => Float32Array.from({length: n}, (_, i) => limit * ((random(i, key) + 0.5) / 2 ** 31 - 1));`,
    needs: ['random'],
  },
  subsample: {
    code: `/** n of m places, drawn at random, ascending. */
const subsample = (n, m, key) => {
  const order = [...Array(m).keys()].sort((i, j) => random(i, key) - random(j, key) || i - j);
  return Int32Array.from(order.slice(0, n)).sort();
};`,
    needs: ['random'],
  },
  floats: {code: 'const floats = (at, n) => new Float32Array(data, at, n);'},
  halves: {
    code: `/** Numbers of 16 bits: a sign, 5 bits of exponent, 10 of fraction. */
const halves = (at, n) =>
  Float32Array.from(new Uint16Array(data, at, n), (bits) => {
    const exponent = (bits >> 10) & 31;
    const size = exponent ? (1024 + (bits & 1023)) * 2 ** (exponent - 25) : (bits & 1023) * 2 ** -24;
    return bits >> 15 ? -size : size;
  });`,
  },
  bytes: {
    code: `/** Numbers of 8 bits, scaled by their place in the last axis. */
const bytes = (at, n, scales, shifts) =>
  Float32Array.from(new Uint8Array(data, at, n), (q, i) => (q + shifts[(i %= scales.length)]) * scales[i]);`,
  },
};
