import {type TensorInfo, util} from '@tensorflow/tfjs';
import type {KernelFunction} from '../../kernel';
import {run, type Shader, type WebGPUBackend, zeros} from './backend';
import {declarations, locate, open, registers, transform, variables} from './butterflies';
import {capacity, factorsOf, type Tile, tileOf} from './tile';

/** What happens to the elements on their way, besides the transform. */
export interface Fusion {
  scale: number;
  /** Diagonals multiplied into the input and the output. */
  before?: TensorInfo;
  after?: TensorInfo;
  /** Slopes that are chosen by the sign of the output. */
  slopes?: {negative: TensorInfo; positive: TensorInfo};
}

/** WalshHadamard, and SignedWalshHadamard, which has the further input `signs`. */
export const walshHadamard: KernelFunction = ({inputs, attrs, backend}) => {
  const {axis, scale, transposed} = attrs as unknown as {axis: number; scale: number; transposed?: boolean};
  const {x, signs} = inputs;
  const fusion = transposed ? {scale, after: signs} : {scale, before: signs};
  return transformAxis(backend as WebGPUBackend, x!, axis, fusion);
};

/**
 * The transform of one axis: each pass reads all elements once and writes them once. There is one pass if a vector fits a
 * workgroup, and two for the product of two such lengths.
 */
export function transformAxis(backend: WebGPUBackend, x: TensorInfo, axis: number, fusion: Fusion): TensorInfo {
  const total = util.sizeFromShape(x.shape);
  if (total === 0) return zeros(backend, x.shape);
  const n = x.shape[axis];
  const inner = util.sizeFromShape(x.shape.slice(axis + 1));
  const most = capacity(backend);
  const factors = factorsOf(n, most);
  const {scale, before, after, slopes} = fusion;
  let y = x;
  let stride = n * inner;
  for (const [i, factor] of factors.entries()) {
    stride /= factor;
    const tile = tileOf(factor, stride > 1, most);
    const fused = {
      ...(i === 0 && before && {before}),
      ...(i === factors.length - 1 && {...(after && {after}), ...slopes}),
    };
    const z = run(backend, pass(tile, Object.keys(fused)), {
      inputs: {x: y, ...fused},
      uniforms: {total, mask: n - 1, stride, inner},
      scale: i === 0 ? scale : 1, // before the sums, which might be infinite
      groups: Math.ceil(total / (factor * tile.lanes)),
      shape: x.shape,
    });
    if (i > 0) backend.disposeData(y.dataId);
    y = z;
  }
  return y;
}

function pass(tile: Tile, fused: string[]): Shader {
  const {n, strided, threads, windows} = tile;
  const first = windows[0];
  const last = windows[windows.length - 1];
  const has = (name: string) => fused.includes(name);
  return {
    key: `transform ${n} ${strided} ${fused}`,
    threads,
    code: () => `${declarations(tile)}
fn main(index : i32) {
  ${variables(tile)}
  ${open(tile, 'group()')}
  ${load(tile, first, has('before') ? 'before' : '')}
  ${transform(tile, windows)}
  ${locate(tile, last)}
  if (a < uniforms.total) {
    ${registers(tile, (v, at, on) => {
      const factor = has('after') ? ` * after${on}` : has('positive') ? ` * ${slope(v, on)}` : '';
      return `result${at} = ${v}${factor};`;
    })}
  }
}`,
  };
}

/** Reads the elements of a window of x, times the scale and a diagonal. */
export function load(tile: Tile, window: number, diagonal: string): string {
  const factor = (on: string) => (diagonal ? ` * ${diagonal}${on}` : '');
  return `${locate(tile, window)}
${registers(tile, (v, at, on) => `${v} = x${at} * uniforms.scale${factor(on)};`)}`;
}

/** The slope of a ReLU pair. */
export const slope = (v: string, on: string) => `select(positive${on}, negative${on}, ${v} < 0.0)`;
