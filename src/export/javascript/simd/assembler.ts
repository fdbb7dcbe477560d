/** The binary format of WebAssembly, as far as loops over floats need it. */

export const I32 = 0x7f;
export const V128 = 0x7b;

/** Instructions without arguments of their own. */
const PLAIN = {
  'i32.lt_s': [0x48],
  'i32.ge_s': [0x4e],
  'i32.ne': [0x47],
  'i32.add': [0x6a],
  'i32.mul': [0x6c],
  'i32.and': [0x71],
  'f32.convert_i32_s': [0xb2],
  'f32x4.splat': [0xfd, 0x13],
  'f32x4.lt': [0xfd, 0x43],
  'v128.bitselect': [0xfd, 0x52],
  'f32x4.floor': [0xfd, 0x68],
  'f32x4.abs': [0xfd, 0xe0, 0x01],
  'f32x4.neg': [0xfd, 0xe1, 0x01],
  'f32x4.sqrt': [0xfd, 0xe3, 0x01],
  'f32x4.add': [0xfd, 0xe4, 0x01],
  'f32x4.sub': [0xfd, 0xe5, 0x01],
  'f32x4.mul': [0xfd, 0xe6, 0x01],
  'f32x4.div': [0xfd, 0xe7, 0x01],
  'f32x4.min': [0xfd, 0xe8, 0x01],
  'f32x4.max': [0xfd, 0xe9, 0x01],
} as const;

export type Plain = keyof typeof PLAIN;

/** Loads and stores, with the logarithm of the alignment that they may rely on: floats lie at multiples of 4 bytes. */
const MEMORY = {
  'i32.load': [0x28],
  'f32.load': [0x2a],
  'f32.store': [0x38],
  'v128.load': [0xfd, 0x00],
  'v128.load32_splat': [0xfd, 0x09],
  'v128.store': [0xfd, 0x0b],
} as const;
const ALIGNMENT = 2;

/** A variable of a function. */
export type Local = number;

/** Bytes from the start of the memory: a fixed number, and variables times so many bytes. */
export interface Address {
  readonly at: number;
  readonly terms: readonly (readonly [Local, number])[];
}

export const unsigned = (value: number): number[] => {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) + 128);
  }
};

const signed = (value: number): number[] => {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7) {
    const low = rest & 127;
    if (rest >> 6 === 0 || rest >> 6 === -1) return [...bytes, low];
    bytes.push(low + 128);
  }
};

const floatBytes = (values: readonly number[]) => [...new Uint8Array(Float32Array.from(values).buffer)];

/** The code of a function whose parameters, if any, are addresses. */
export class Body {
  private readonly code: number[] = [];
  private readonly locals: number[] = [];
  private readonly free: {[type: number]: Local[]} = {[I32]: [], [V128]: []};

  constructor(readonly params = 0) {}

  /** Its variables and instructions, as the section of the code has them. */
  bytes(): number[] {
    const groups: [count: number, type: number][] = [];
    for (const type of this.locals) {
      const last = groups.at(-1);
      if (last?.[1] === type) last[0]++;
      else groups.push([1, type]);
    }
    const declared = groups.flatMap(([count, type]) => [...unsigned(count), type]);
    const all = [...unsigned(groups.length), ...declared, ...this.code, 0x0b];
    return [...unsigned(all.length), ...all];
  }

  /** Gives `inside` new variables, which others may use after it. */
  with(count: number, type: typeof I32 | typeof V128, inside: (...locals: Local[]) => void): void {
    const locals = Array.from({length: count}, () => this.free[type].pop() ?? this.params + this.locals.push(type) - 1);
    inside(...locals);
    this.free[type].push(...locals.reverse());
  }

  op(...names: readonly Plain[]): void {
    for (const name of names) this.code.push(...PLAIN[name]);
  }

  get(...locals: readonly Local[]): void {
    for (const local of locals) this.code.push(0x20, ...unsigned(local));
  }

  set(local: Local): void {
    this.code.push(0x21, ...unsigned(local));
  }

  integer(value: number): void {
    this.code.push(0x41, ...signed(value));
  }

  /** A vector of four numbers. */
  vector(...values: readonly [number, number, number, number]): void {
    this.code.push(0xfd, 0x0c, ...floatBytes(values));
  }

  /** The vector whose number i is number `places[i]` of another. */
  shuffled(vector: Local, places: readonly number[]): void {
    this.get(vector, vector);
    this.code.push(0xfd, 0x0d, ...places.flatMap((place) => [0, 1, 2, 3].map((byte) => 4 * place + byte)));
  }

  /** The variable part of an address, to be followed by its load or, after a value, its store. */
  address({terms}: Address): void {
    if (terms.length === 0) this.integer(0);
    for (const [i, [local, bytes]] of terms.entries()) {
      this.get(local);
      if (bytes !== 1) {
        this.integer(bytes);
        this.op('i32.mul');
      }
      if (i > 0) this.op('i32.add');
    }
  }

  /** A load from an address, or the store of a value on the stack, which lies above the address. */
  memory(name: keyof typeof MEMORY, {at}: Pick<Address, 'at'>): void {
    this.code.push(...MEMORY[name], ALIGNMENT, ...unsigned(at));
  }

  load(name: Exclude<keyof typeof MEMORY, 'f32.store' | 'v128.store'>, address: Address): void {
    this.address(address);
    this.memory(name, address);
  }

  /** The first `lanes` numbers of a vector. */
  store(address: Address, vector: Local, lanes: number): void {
    if (lanes === 4) {
      this.address(address);
      this.get(vector);
      this.memory('v128.store', address);
      return;
    }
    const STORE_32 = 0x5a;
    const STORE_64 = 0x5b;
    const part = (code: number, lane: number, offset: number) => {
      this.address(address);
      this.get(vector);
      this.code.push(0xfd, code, ALIGNMENT, ...unsigned(address.at + offset), lane);
    };
    if (lanes >= 2) part(STORE_64, 0, 0);
    if (lanes % 2 === 1) part(STORE_32, lanes - 1, 4 * (lanes - 1));
  }

  /** Runs `inside` some times, after each of which variables go on by their steps. */
  repeat(times: number, moving: readonly (readonly [Local, step: number])[], inside: () => void): void {
    if (times === 1) {
      inside();
      return;
    }
    this.with(1, I32, (end) => {
      const [[first, step]] = moving;
      this.get(first);
      this.integer(times * step);
      this.op('i32.add');
      this.set(end);
      this.code.push(0x03, 0x40);
      inside();
      for (const [local, by] of moving) {
        this.get(local);
        this.integer(by);
        this.op('i32.add');
        this.set(local);
      }
      this.get(first, end);
      this.op('i32.ne');
      this.code.push(0x0d, 0, 0x0b);
    });
  }

  /** Runs `inside` if the number on the stack is not 0. */
  when(inside: () => void): void {
    this.code.push(0x04, 0x40);
    inside();
    this.code.push(0x0b);
  }

  call(function_: number): void {
    this.code.push(0x10, ...unsigned(function_));
  }
}

const section = (id: number, entries: readonly (readonly number[])[]): number[] => {
  const content = [...unsigned(entries.length), ...entries.flat()];
  return [id, ...unsigned(content.length), ...content];
};

const text = (value: string) => [...unsigned(value.length), ...Array.from(value, (letter) => letter.charCodeAt(0))];

const PAGE = 65536;

/** A module with a memory of its own, which it exports as `memory`, and some of its functions by their names. */
export function moduleBytes(
  functions: readonly Body[],
  exported: {readonly [name: string]: Body},
  memoryBytes: number,
): Uint8Array {
  const params = [...new Set(functions.map((one) => one.params))];
  const all = [
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(
      1,
      params.map((count) => [0x60, ...unsigned(count), ...new Array<number>(count).fill(I32), 0]),
    ),
    ...section(
      3,
      functions.map((one) => [params.indexOf(one.params)]),
    ),
    ...section(5, [[0, ...unsigned(Math.ceil(memoryBytes / PAGE))]]),
    ...section(7, [
      [...text('memory'), 2, 0],
      ...Object.entries(exported).map(([name, one]) => [...text(name), 0, ...unsigned(functions.indexOf(one))]),
    ]),
    ...section(
      10,
      functions.map((one) => one.bytes()),
    ),
  ];
  return Uint8Array.from(all);
}
