import type {Shader} from './backend';
import type {Tile} from './tile';

/**
 * WGSL of the fast Walsh-Hadamard transform of a tile. The variables v0, v1, ... of a thread hold elements `e + (k << w)`
 * of the tile, w the place of the window; they lie in memory at `a + k * d`, and on the axis at `p + k * q`.
 */

/** Code for each variable of a thread: its name, its place in memory, its place on the axis, and its number. */
export function forEach(tile: Tile, line: (v: string, at: string, on: string, k: number) => string): string {
  const lines = Array.from({length: tile.registers}, (_, k) => line(`v${k}`, `[a + ${k}u * d]`, `[p + ${k}u * q]`, k));
  return lines.join('\n');
}

/** A shader for a tile with the uniforms total, mask, stride and inner; its name tells what it does besides. */
export function tileShader(name: string, tile: Tile, main: () => string, functions = ''): Shader {
  const {n, strided, lanes, threads, registers} = tile;
  return {
    key: `${name} ${n} ${strided}`,
    threads,
    // Exchanges between windows at multiples of 4 would meet in one bank of memory: the exclusive or spreads them.
    head: `var<workgroup> cells : array<f32, ${n * lanes}>;
fn cell(e : u32) -> u32 { return e ^ ((e >> 5u) & 31u); }
fn first(w : u32) -> u32 {
  return ((localIndex >> w) << (w + ${Math.log2(registers)}u)) | (localIndex & ((1u << w) - 1u));
}
${functions}`,
    main: () => `var e = 0u; var base = 0u; var a = 0u; var d = 0u; var p = 0u; var q = 0u; var t = 0.0;
${forEach(tile, (v) => `var ${v} = 0.0;`)}
${main()}`,
  };
}

/** Reads x, or what `read` makes of it, times the scale and perhaps a diagonal, and transforms it. `number` is that of the tile. */
export function forward(
  tile: Tile,
  number: string,
  diagonal?: string,
  read: (at: string, on: string) => string = (at) => `x${at}`,
): string {
  const {n, lanes, strided, windows} = tile;
  return `base = ${number} * ${lanes}u${strided ? ` + localIndex % ${lanes}u` : ''};
base = base / stride * stride * ${n}u + base % stride;
${locate(tile, windows[0])}
${forEach(tile, (v, at, on) => `${v} = ${read(at, on)} * scale${diagonal ? ` * ${diagonal}${on}` : ''};`)}
${transform(tile, windows)}
${locate(tile, windows[windows.length - 1])}`;
}

/** Transforms back, from the last window to the first. */
export function backward(tile: Tile): string {
  return `${transform(tile, [...tile.windows].reverse())}
${locate(tile, tile.windows[0])}`;
}

export function store(tile: Tile, value: (v: string, on: string) => string): string {
  return `if (a < total) { ${forEach(tile, (v, at, on) => `result${at} = ${value(v, on)};`)} }`;
}

/** Where bit 0 of a position on the axis is in the number of an element. */
export function lowest({strided, lanes}: Tile): number {
  return strided ? Math.log2(lanes) : 0;
}

/** Sets a, d, p and q for a window; `a` is past the end of memory for vectors that are not there. */
function locate(tile: Tile, window: number): string {
  const low = lowest(tile);
  return `e = first(${window + low}u); a = base + (e >> ${low}u) * stride; d = stride << ${window}u;
p = (a / inner) & mask; q = d / inner;`;
}

function transform(tile: Tile, windows: number[]): string {
  const done = new Set<number>();
  let code = '';
  for (const [i, window] of windows.entries()) {
    if (i > 0) code += exchange(tile, windows[i - 1], window);
    for (let h = 1, bit = window; h < tile.registers; h *= 2, bit++) {
      if (!done.has(bit)) code += butterflies(tile, h);
      done.add(bit);
    }
  }
  return code;
}

function butterflies(tile: Tile, h: number): string {
  return forEach(tile, (v, _at, _on, k) => (k & h ? '' : `t = ${v}; ${v} += v${k + h}; v${k + h} = t - v${k + h};`));
}

/** One barrier is enough: a thread writes to the cells that it alone has read last. */
function exchange(tile: Tile, from: number, to: number): string {
  return `${cells(tile, from, (cell, v) => `${cell} = ${v};`)}
workgroupBarrier();
${cells(tile, to, (cell, v) => `${v} = ${cell};`)}
`;
}

function cells(tile: Tile, window: number, line: (cell: string, v: string) => string): string {
  const low = window + lowest(tile);
  return `e = first(${low}u);
${forEach(tile, (v, _at, _on, k) => line(`cells[cell(e + ${k << low}u)]`, v))}`;
}
