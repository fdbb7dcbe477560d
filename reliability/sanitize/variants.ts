/** Ways in which the sources of the addon are changed before they are compiled. */

export interface Variant {
  /** What the addon says of itself. */
  readonly instructions: string;
  /** A table of loops.h, for which the processor must have `flags`. */
  readonly table: string;
  readonly flags: readonly string[];
  readonly threads: number;
}

export const VARIANTS: readonly Variant[] = [
  {instructions: '128-bit vectors', table: 'portableLoops', flags: [], threads: 1},
  {instructions: 'AVX2', table: 'avx2Loops', flags: ['avx2', 'fma'], threads: 3},
  {instructions: 'AVX-512', table: 'avx512Loops', flags: ['avx512f', 'avx512vl', 'avx512dq', 'avx512bw'], threads: 1},
];

export interface Change {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** The loops of a variant, whatever the processor would choose; and small work is shared out to threads, too. */
export const changesFor = ({table}: Variant): Change[] => [
  {file: 'loops.cc', from: '& chosen = fastest();', to: `& chosen = ${table};`},
  {file: 'loops.cc', from: 'const Loops& fastest()', to: '[[maybe_unused]] const Loops& fastest()'},
  {file: 'threads.h', from: 'kSmall = size_t{1} << 18;', to: 'kSmall = 64;'},
];

export interface Fault {
  readonly change: Change;
  /** In what the sanitizer says. */
  readonly found: RegExp;
}

/** Mistakes that the sanitizers must find. */
export const FAULTS: {[name: string]: Fault} = {
  /** The last tile of each row of columns goes past its end. */
  overrun: {
    change: {file: 'transform.inc', from: 'c + lanesOf<V> <= end; c', to: 'c < end; c'},
    found: /AddressSanitizer: heap-buffer-overflow/,
  },
  /** A sum that no int can hold. */
  overflow: {
    change: {file: 'transform.inc', from: '(longest - row.inner);', to: '(longest - row.inner) + __INT_MAX__;'},
    found: /runtime error: signed integer overflow/,
  },
};
