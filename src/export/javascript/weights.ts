import {randomKey} from '../../math/random';
import type {Constant, Drawn} from '../lower/operations';
import {shortest} from '../program/literals';
import type {Stored} from '../program/weights';

/** Lines are about this long. */
const LONG = 110;

/**
 * The lines that give the constants their names, and the tables of the loops theirs. Stored numbers are bytes of one text in
 * base64, in the order in which the lines read them; drawn ones come from their seed.
 */
export function weightLines(
  all: readonly Stored[],
  names: ReadonlyMap<Constant, string>,
  tables: readonly (readonly (readonly string[])[])[],
  code: string,
): string[] {
  const texts = new Texts();
  const named = new Map(all.map((stored) => [names.get(stored.constant)!, stored]));
  const inTables = tables.flat(2);
  const isNamed = (name: string) =>
    new RegExp(`\\b${name}\\b`).test(code) || inTables.indexOf(name) !== inTables.lastIndexOf(name);
  const ownerOf = ({constant}: Stored) => constant.name.replace(/\/?[^/]*$/, '');
  const lines: string[] = [];
  let line = {owner: '', text: ''};
  const end = () => {
    if (line.text) lines.push(`const ${line.text};${line.owner && ` // ${line.owner}`}`);
  };
  for (const [name, stored] of named) {
    if (!isNamed(name)) continue;
    const owner = ownerOf(stored);
    const text = `${name} = ${texts.of(stored)}`;
    const joins = owner === line.owner && line.text.length + text.length < LONG;
    if (!joins) end();
    line = {owner, text: joins ? `${line.text}, ${text}` : text};
  }
  end();
  for (const [i, rows] of tables.entries()) {
    const values = rows.map((row) => row.map((name) => (isNamed(name) ? name : texts.of(named.get(name)!))));
    lines.push(`const ${tableName(i)} = ${tableText(values)}; // from ${ownerOf(named.get(rows[0][0])!)} on`);
  }
  return [...texts.head(), ...lines];
}

/** Rows of expressions: what differs from row to row, and what is made of it. */
function tableText(rows: readonly (readonly string[])[]): string {
  const split = rows.map((row) => row.join(', ').split(/(\b\d[\w.]*)/));
  const [first, ...others] = split;
  const isAlike = others.every(
    (own) => own.length === first.length && own.every((text, i) => i % 2 || text === first[i]),
  );
  if (!isAlike) return `[${rows.map((row) => `\n  [${row.join(', ')}],`).join('')}\n]`;
  const places = [...first.keys()].filter((i) => others.some((own) => own[i] !== first[i]));
  const keys = places.map((_, i) => `k${i}`);
  const row = first.map((text, i) => keys[places.indexOf(i)] ?? text).join('');
  if (keys.length === 0) return `Array.from({length: ${rows.length}}, () => [${row}])`;
  const isOne = keys.length === 1;
  const listed = (texts: readonly string[]) => (isOne ? texts[0] : `[${texts.join(', ')}]`);
  const all = split.map((own) => listed(places.map((i) => own[i])));
  return `[${all.join(', ')}].map((${listed(keys)}) => [${row}])`;
}

/** The table of a loop. */
export const tableName = (i: number): string => `layers${i || ''}`;

type Numbers = Exclude<Stored, {type: 'drawn' | 'index'}>;

/** Expressions that read or draw constants, and what they need. */
class Texts {
  private readonly used = new Set<string>();
  private readonly parts: Uint8Array[] = [];

  of(stored: Stored): string {
    const {data, own} = stored.constant;
    if (stored.type === 'drawn') return this.drawn(stored.drawn, data.length);
    if (stored.type === 'index') return `[${stored.data.join(', ')}]`;
    if (!own) return this.numbers(stored, stored.data);
    const {places, drawn} = own;
    const rest = shortest(data.find((_, i) => !places.includes(i))!);
    const given = stored.data.filter((_, i) => places.includes(i)) as typeof stored.data;
    return this.use('spread', data.length, rest, this.drawn(drawn, places.length), this.numbers(stored, given));
  }

  private numbers(stored: Numbers, data: Numbers['data']): string {
    if (stored.type !== 'uint8') {
      this.add(data);
      return this.use(stored.type === 'float32' ? 'floats' : 'halves', data.length);
    }
    const {scales, shifts} = stored;
    for (const values of [scales, shifts, data]) this.add(values);
    return this.use('bytes', data.length, ...(scales.length > 1 ? [scales.length] : []));
  }

  /** The text of the stored numbers, and the functions that were used. */
  head(): string[] {
    const characters = this.parts.flatMap((part) => Array.from(part, (byte) => String.fromCharCode(byte)));
    const text = btoa(characters.join(''));
    const data = `const data = Uint8Array.from(atob('${text}'), (c) => c.charCodeAt(0)).buffer;`;
    return [...(text === '' ? [] : [data]), ...[...this.used].flatMap((code) => code.split('\n'))];
  }

  private drawn(drawn: Drawn, n: number): string {
    const key = `0x${randomKey(drawn.seed, drawn.round).toString(16)}`;
    if (drawn.what === 'subsample') return this.use('subsample', n, drawn.from, key);
    // Signs are scaled in float32, as the constant is; uniform numbers before they become one.
    if (drawn.what === 'uniform') return this.use('uniform', n, key, drawn.scale);
    const isUsual = drawn.scale === Math.fround(1 / Math.sqrt(n));
    return this.use('signs', n, key, ...(isUsual ? [] : [shortest(drawn.scale)]));
  }

  private use(name: keyof typeof READERS, ...args: readonly (string | number)[]): string {
    const add = (reader: keyof typeof READERS): void => {
      for (const needed of READERS[reader].needs ?? []) add(needed);
      this.used.add(READERS[reader].code);
    };
    add(name);
    return `${name}(${args.join(', ')})`;
  }

  private add(values: Float32Array | Int16Array | Uint16Array | Uint8Array): void {
    this.parts.push(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
}

interface Reader {
  readonly code: string;
  readonly needs?: readonly (keyof typeof READERS)[];
}

const READERS: {
  readonly [name in
    | 'random'
    | 'signs'
    | 'uniform'
    | 'subsample'
    | 'next'
    | 'floats'
    | 'halves'
    | 'bytes'
    | 'spread']: Reader;
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
    code: 'const signs = (n, key, scale = 1 / Math.sqrt(n)) => Float32Array.from({length: n}, (_, i) => (random(i, key) >>> 31 ? -scale : scale));',
    needs: ['random'],
  },
  uniform: {
    code: `/** Between -limit and limit. */
const uniform = (n, key, limit) => Float32Array.from({length: n}, (_, i) => limit * ((random(i, key) + 0.5) / 2 ** 31 - 1));`,
    needs: ['random'],
  },
  subsample: {
    code: `/** n of m places, drawn at random, ascending. */
const subsample = (n, m, key) =>
  [...Array(m).keys()].sort((i, j) => random(i, key) - random(j, key) || i - j).slice(0, n).sort((i, j) => i - j);`,
    needs: ['random'],
  },
  next: {
    code: `/** The next n numbers of the data. */
let place = 0;
const next = (List, n) => new List(data.slice(place, (place += n * List.BYTES_PER_ELEMENT)));`,
  },
  floats: {code: 'const floats = (n) => next(Float32Array, n);', needs: ['next']},
  halves: {
    code: `/** Numbers of 16 bits: a sign, 5 bits of exponent, 10 of fraction. */
const halves = (n) =>
  Float32Array.from(next(Uint16Array, n), (bits) => {
    const exponent = (bits >> 10) & 31;
    const size = exponent ? (1024 + (bits & 1023)) * 2 ** (exponent - 25) : (bits & 1023) * 2 ** -24;
    return bits >> 15 ? -size : size;
  });`,
    needs: ['next'],
  },
  bytes: {
    code: `/** n numbers of 8 bits: a scale and a shift for each of m channels. */
const bytes = (n, m = 1) => {
  const scales = floats(m), shifts = next(Int16Array, m);
  return Float32Array.from(next(Uint8Array, n), (q, i) => (q + shifts[(i %= m)]) * scales[i]);
};`,
    needs: ['floats'],
  },
  spread: {
    code: `/** n numbers: those that are given in their places, the rest alike. */
const spread = (n, rest, places, given) => {
  const all = new Float32Array(n).fill(rest);
  places.forEach((place, i) => (all[place] = given[i]));
  return all;
};`,
  },
};
