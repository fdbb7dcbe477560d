import type {TensorInfo} from '@tensorflow/tfjs';
import type {KernelFunction} from '../../engine';
import {axisOf, type Inputs, run, type Shader, type WebGPUBackend, zerosLike} from './backend';
import {forward, store, tileShader} from './butterflies';
import {capacity, factorsOf, type Tile, tileOf} from './tile';

/** WalshHadamard, and SignedWalshHadamard, which has the further input `signs`. */
export const walshHadamard: KernelFunction = ({inputs, attrs, backend}) => {
  const {axis, scale, transposed} = attrs as unknown as {axis: number; scale: number; transposed?: boolean};
  const {x, signs} = inputs as Inputs;
  const fusion = signs && (transposed ? {last: {after: signs}} : {first: {before: signs}});
  return transformAxis(backend as WebGPUBackend, x, axis, {scale, ...fusion});
};

/** What happens to the elements on their way, besides the transform. */
interface Fusion {
  scale: number;
  /** In the first pass: a diagonal multiplied into the input. */
  first?: {before: TensorInfo};
  /** In the last pass: a diagonal multiplied into the output, or slopes that are chosen by its sign. */
  last?: {after: TensorInfo} | {negative: TensorInfo; positive: TensorInfo};
}

/**
 * The transform of one axis. Each pass reads all elements once and writes them once: one pass if a vector fits a workgroup,
 * two for the product of two such lengths.
 */
export function transformAxis(backend: WebGPUBackend, x: TensorInfo, axis: number, fusion: Fusion): TensorInfo {
  const {total, n, inner} = axisOf(x, axis);
  if (total === 0) return zerosLike(backend, [x])[0];
  const most = capacity(backend);
  const factors = factorsOf(n, most);
  let y = x;
  let stride = n * inner;
  for (const [i, factor] of factors.entries()) {
    stride /= factor;
    const tile = tileOf(factor, stride > 1, most);
    const fused = {...(i === 0 && fusion.first), ...(i === factors.length - 1 && fusion.last)};
    const z = run(backend, pass(tile, Object.keys(fused)), {
      inputs: {x: y, ...fused},
      uniforms: {total, mask: n - 1, stride, inner},
      scale: i === 0 ? fusion.scale : 1, // before the sums, which might be infinite
      groups: Math.ceil(total / (factor * tile.lanes)),
      shape: x.shape,
    });
    if (i > 0) backend.disposeData(y.dataId);
    y = z;
  }
  return y;
}

function pass(tile: Tile, fused: string[]): Shader {
  const [before, after, negative] = ['before', 'after', 'negative'].map((name) => fused.includes(name));
  return tileShader(
    `transform ${fused}`,
    tile,
    () => `${forward(tile, 'group', before ? 'before' : undefined)}
${store(tile, (v, on) => `${v}${after ? ` * after${on}` : negative ? ` * ${slope(v, on)}` : ''}`)}`,
  );
}

/** The slope of a ReLU pair. */
export const slope = (v: string, on: string) => `select(positive${on}, negative${on}, ${v} < 0.0)`;
