import type {TensorInfo} from '@tensorflow/tfjs';
import type {KernelFunction} from '../../engine';
import {type Expansion, expansionOf} from '../../math/expansion';
import {axisOf, type Inputs, run, type Shader, type WebGPUBackend, zerosLike} from './backend';
import {forward, store, tileShader} from './butterflies';
import {capacity, factorsOf, type Tile, tileOf} from './tile';

/** WalshHadamard, and SignedWalshHadamard, which has the further input `signs`. */
export const walshHadamard: KernelFunction = ({inputs, attrs, backend}) => {
  const {axis, scale, transposed} = attrs as unknown as {axis: number; scale: number; transposed?: boolean};
  const {x, signs} = inputs as Inputs;
  const fusion = signs && (transposed ? {last: {after: signs}} : {first: {before: signs}});
  const expand = expansionOf(inputs as Inputs, attrs as unknown as Expansion<TensorInfo>);
  return transformAxis(backend as WebGPUBackend, x, axis, {scale, expand, ...fusion});
};

/** What happens to the elements on their way, besides the transform. */
interface Fusion {
  scale: number;
  expand?: Expansion<TensorInfo>;
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
  const {expand} = fusion;
  const shape = x.shape.map((size, i) => (i === axis && expand ? expand.size : size));
  const {total, n, inner} = axisOf({...x, shape}, axis);
  if (total === 0) return zerosLike(backend, [{...x, shape}])[0];
  const most = capacity(backend);
  const factors = factorsOf(n, most);
  let y = x;
  let stride = n * inner;
  for (const [i, factor] of factors.entries()) {
    stride /= factor;
    const tile = tileOf(factor, stride > 1, most);
    const fused = {...(i === 0 && fusion.first), ...(i === factors.length - 1 && fusion.last)};
    const expanding = i === 0 ? expand : undefined;
    const z = run(backend, pass(tile, Object.keys(fused), expanding), {
      inputs: {x: y, ...fused, ...(expanding?.offset && {offset: expanding.offset})},
      uniforms: {
        ...{total, mask: n - 1, stride, inner},
        ...(expanding && {units: expanding.units, moved: expanding.offset?.shape[0] ?? 0}),
      },
      scale: i === 0 ? fusion.scale : 1, // before the sums, which might be infinite
      groups: Math.ceil(total / (factor * tile.lanes)),
      shape,
    });
    if (i > 0) backend.disposeData(y.dataId);
    y = z;
  }
  return y;
}

function pass(tile: Tile, fused: string[], expand?: Expansion<TensorInfo>): Shader {
  const [before, after, negative] = ['before', 'after', 'negative'].map((name) => fused.includes(name));
  const read = expand && ((at: string, on: string) => `expanded(${at.slice(1, -1)}, ${on.slice(1, -1)})`);
  const key = expand ? ` of ${expand.tiled ? 'tiled' : 'padded'}${expand.offset ? ' moved' : ''}` : '';
  return tileShader(
    `transform ${fused}${key}`,
    tile,
    () => `${forward(tile, 'group', before ? 'before' : undefined, read)}
${store(tile, (v, on) => `${v}${after ? ` * after${on}` : negative ? ` * ${slope(v, on)}` : ''}`)}`,
    expand && expandedValue(expand),
  );
}

/** WGSL: what is at a place of the expanded tensor, and on its axis. */
function expandedValue({tiled, offset}: Expansion<TensorInfo>): string {
  const value = 'x[(at / (inner * (uniforms.mask + 1u)) * uniforms.units + on % uniforms.units) * inner + at % inner]';
  return `fn expanded(at : u32, on : u32) -> f32 {
let inner = uniforms.inner;
var value = 0.0;
${tiled ? `value = ${value};` : `if (on < uniforms.units) { value = ${value}; }`}
${offset ? 'if (on < uniforms.moved) { value += offset[on]; }' : ''}
return value;
}
`;
}

/** The slope of a ReLU pair. */
export const slope = (v: string, on: string) => `select(positive${on}, negative${on}, ${v} < 0.0)`;
