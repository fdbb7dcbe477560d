import {each} from './backend';
import type {Tile} from './tile';

/**
 * WGSL of the fast Walsh-Hadamard transform of a tile. The variables v0, v1, ... of a thread hold elements `e + (k << w)`
 * of the tile, w the place of the window; they lie in memory at `a + k * d`, and on the axis at `p + k * q`.
 */

const size = ({n, lanes}: Tile) => n * lanes;
/** Where bit 0 of i is in the number of an element. */
const lowest = ({strided, lanes}: Tile) => (strided ? Math.log2(lanes) : 0);

/** Module scope. */
export function declarations(tile: Tile): string {
  // Exchanges between windows at multiples of 4 would meet in one bank of memory: the exclusive or spreads them.
  return `
var<workgroup> cells : array<f32, ${size(tile)}>;
fn cell(e : u32) -> u32 { return e ^ ((e >> 5u) & 31u); }
fn first(w : u32) -> u32 {
  return ((localIndex >> w) << (w + ${Math.log2(tile.registers)}u)) | (localIndex & ((1u << w) - 1u));
}
`;
}

/** Variables of `main`. */
export function variables({registers, strided}: Tile): string {
  return `
  let stride = ${strided ? 'uniforms.stride' : '1u'};
  let inner = ${strided ? 'uniforms.inner' : '1u'};
  var e = 0u; var base = 0u; var a = 0u; var d = 0u; var p = 0u; var q = 0u; var t = 0.0;
${each(registers, (k) => `var v${k} = 0.0;`)}
`;
}

/** Goes to a tile, whose number is an expression. */
export function open(tile: Tile, number: string): string {
  const {n, lanes, strided} = tile;
  if (!strided) return `base = (${number}) * ${size(tile)}u;`;
  return `base = (${number}) * ${lanes}u + (localIndex & ${lanes - 1}u);
  base = base / stride * (stride * ${n}u) + base % stride;`;
}

/** Sets a, d, p and q for a window; `a` is past the end of memory for vectors that are not there. */
export function locate(tile: Tile, window: number): string {
  const low = lowest(tile);
  return `e = first(${window + low}u); a = base + (e >> ${low}u) * stride; d = stride << ${window}u;
  p = (a / inner) & uniforms.mask; q = d / inner;
`;
}

/** A line for each variable: its number, its name, its place in memory and its place on the axis. */
export function registers(tile: Tile, line: (v: string, at: string, on: string, k: number) => string): string {
  return each(tile.registers, (k) => line(`v${k}`, `[a + ${k}u * d]`, `[p + ${k}u * q]`, k));
}

/** The transform, from window to window. */
export function transform(tile: Tile, windows: number[]): string {
  const done = new Set<number>();
  return windows
    .map((window, i) => {
      let code = i === 0 ? '' : exchange(tile, windows[i - 1], window);
      for (let h = 1, bit = window; h < tile.registers; h *= 2, bit++) {
        if (!done.has(bit)) code += butterflies(tile.registers, h);
        done.add(bit);
      }
      return code;
    })
    .join('\n');
}

function butterflies(count: number, h: number): string {
  return each(count, (k) => (k & h ? '' : `t = v${k}; v${k} += v${k + h}; v${k + h} = t - v${k + h};`));
}

/** One barrier is enough: a thread writes to the cells that it alone has read last. */
function exchange(tile: Tile, from: number, to: number): string {
  const low = lowest(tile);
  const cells = (window: number, line: (cell: string, v: string) => string) =>
    `e = first(${window + low}u);
${each(tile.registers, (k) => line(`cells[cell(e + ${k << (window + low)}u)]`, `v${k}`))}`;
  return `${cells(from, (cell, v) => `${cell} = ${v};`)}
workgroupBarrier();
${cells(to, (cell, v) => `${v} = ${cell};`)}
`;
}
