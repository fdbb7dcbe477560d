import {type TensorInfo, util} from '@tensorflow/tfjs';
import type {KernelFunction} from '../../kernel';
import {each, run, type Shader, type WebGPUBackend, zeros} from './backend';
import {declarations, locate, open, registers, transform, variables} from './butterflies';
import {termsPerThread} from './partial_sums';
import {reluPairGradient} from './relu_pair';
import {sumUnits} from './sum';
import {capacity, type Tile, tileOf} from './tile';
import {load, slope, transformAxis} from './walsh_hadamard';

type Attrs = {axis: number; scale: number};
type Inputs = {[name: string]: TensorInfo};

export const whtReLUPair: KernelFunction = ({inputs, attrs, backend}) => {
  const {x, signs, negative, positive} = inputs as Inputs;
  const {axis, scale} = attrs as unknown as Attrs;
  return transformAxis(backend as WebGPUBackend, x, axis, {scale, before: signs, slopes: {negative, positive}});
};

/**
 * One program for dx and one for the sums of the slopes, for tfjs programs have one output. Both transform x, which costs
 * no more memory traffic than one program with all in one tensor, from which dx would have to be copied, and needs less
 * memory.
 */
export const whtReLUPairGradient: KernelFunction = (call) => {
  const {x, signs, negative, positive, dy} = call.inputs as Inputs;
  const backend = call.backend as WebGPUBackend;
  const {axis, scale} = call.attrs as unknown as Attrs;
  const total = util.sizeFromShape(x.shape);
  if (total === 0) return [x, negative, positive].map(({shape}) => zeros(backend, shape));
  const n = x.shape[axis];
  if (n > capacity(backend)) return inSteps(call);
  const inner = util.sizeFromShape(x.shape.slice(axis + 1));
  const tile = tileOf(n, inner > 1, capacity(backend));
  const uniforms = {total, mask: n - 1, stride: inner, inner};
  const dx = run(backend, inputGradient(tile), {
    inputs: {x, signs, negative, positive, dy},
    uniforms,
    scale,
    groups: Math.ceil(total / (n * tile.lanes)),
    shape: x.shape,
  });
  return [dx, ...slopeGradients(backend, tile, {x, signs, dy}, uniforms, scale)];
};

/** A vector that fits no workgroup: the transform, the gradient of the pair, and the transform back. */
function inSteps(call: Parameters<KernelFunction>[0]): TensorInfo[] {
  const {x, signs, negative, positive, dy} = call.inputs as Inputs;
  const backend = call.backend as WebGPUBackend;
  const {axis, scale} = call.attrs as unknown as Attrs;
  const z = transformAxis(backend, x, axis, {scale, before: signs});
  const attrs = {units: x.shape[axis], inner: util.sizeFromShape(x.shape.slice(axis + 1))};
  const inputs = {x: z, negative, positive, dy};
  const [dz, ...dslopes] = reluPairGradient({inputs, attrs, backend}) as TensorInfo[];
  const dx = transformAxis(backend, dz, axis, {scale, after: signs});
  for (const {dataId} of [z, dz]) backend.disposeData(dataId);
  return [dx, ...dslopes];
}

/** Transforms x, multiplies dy by the slopes, and transforms that back from where the first transform ended. */
function inputGradient(tile: Tile): Shader {
  const {n, strided, threads, windows} = tile;
  const back = [...windows].reverse();
  return {
    key: `block by x ${n} ${strided}`,
    threads,
    code: () => `${declarations(tile)}
fn main(index : i32) {
  ${variables(tile)}
  ${open(tile, 'group()')}
  ${load(tile, windows[0], 'signs')}
  ${transform(tile, windows)}
  ${locate(tile, back[0])}
  ${registers(tile, (v, at, on) => `${v} = dy${at} * uniforms.scale * ${slope(v, on)};`)}
  ${transform(tile, back)}
  ${locate(tile, windows[0])}
  if (a < uniforms.total) {
    ${registers(tile, (v, at, on) => `result${at} = ${v} * signs${on};`)}
  }
}`,
  };
}

/** Each workgroup transforms some tiles and adds up what is at the same place in all of them. */
function slopeGradients(
  backend: WebGPUBackend,
  tile: Tile,
  inputs: Inputs,
  uniforms: {total: number; mask: number; stride: number; inner: number},
  scale: number,
): TensorInfo[] {
  const {n, lanes, strided} = tile;
  const all = Math.ceil(uniforms.total / (n * lanes));
  const tiles = termsPerThread(all);
  const groups = Math.ceil(all / tiles);
  const partial = run(backend, slopeSums(tile), {
    inputs,
    uniforms: {...uniforms, tiles, groups},
    scale,
    groups,
    shape: [2, groups, n, lanes],
  });
  const terms = groups * lanes;
  const sums = [0, 1].map((which) =>
    sumUnits(backend, partial, {start: which * terms * n, terms, units: n, inner: strided ? lanes : 1, shape: [n]}),
  );
  backend.disposeData(partial.dataId);
  return sums;
}

function slopeSums(tile: Tile): Shader {
  const {n, lanes, strided, threads, windows} = tile;
  const last = windows[windows.length - 1];
  return {
    key: `block by slopes ${n} ${strided}`,
    threads,
    code: () => `${declarations(tile)}
fn main(index : i32) {
  ${variables(tile)}
  ${each(tile.registers, (k) => `var negative${k} = 0.0; var positive${k} = 0.0;`)}
  for (var i = 0u; i < uniforms.tiles; i++) {
    ${open(tile, 'group() * uniforms.tiles + i')}
    ${load(tile, windows[0], 'signs')}
    ${transform(tile, windows)}
    ${locate(tile, last)}
    if (a < uniforms.total) {
      ${registers(tile, (v, at, _, k) => `t = ${v} * dy${at}; if (${v} < 0.0) { negative${k} += t; } else { positive${k} += t; }`)}
    }
    workgroupBarrier();
  }
  if (group() < uniforms.groups) {
    a = group() * ${n * lanes}u + e;
    p = a + uniforms.groups * ${n * lanes}u;
    ${each(tile.registers, (k) => {
      const place = k << (strided ? last + Math.log2(lanes) : last);
      return `result[a + ${place}u] = negative${k}; result[p + ${place}u] = positive${k};`;
    })}
  }
}`,
  };
}
