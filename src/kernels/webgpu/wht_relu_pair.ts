import type {TensorInfo} from '@tensorflow/tfjs';
import {type KernelFunction, portable} from '../../engine';
import {type Expansion, expansionOf} from '../../math/expansion';
import {axisOf, type Inputs, type Run, run, type Shader, type WebGPUBackend, zerosLike} from './backend';
import {backward, forEach, forward, lowest, store, tileShader} from './butterflies';
import {reluPairGradient} from './relu_pair';
import {MAX_TERMS, sumUnits} from './sum';
import {capacity, type Tile, tileOf} from './tile';
import {slope, transformAxis} from './walsh_hadamard';

type Attrs = {axis: number; scale: number};

/** Fewer tiles to a workgroup make more partial sums to write; */
const MIN_TILES = 4;
/** so many workgroups are enough for any GPU. */
const ENOUGH_GROUPS = 256;

export const whtReLUPair: KernelFunction = ({inputs, attrs, backend}) => {
  const {x, signs, negative, positive} = inputs as Inputs;
  const {axis, scale} = attrs as unknown as Attrs;
  const fusion = {
    scale,
    first: {before: signs},
    last: {negative, positive},
    expand: expansionOf(inputs as Inputs, attrs as unknown as Expansion<TensorInfo>),
  };
  return transformAxis(backend as WebGPUBackend, x, axis, fusion);
};

/**
 * One program for dx and one for the sums of the slopes, for a program of tfjs has one output. Both transform x. That
 * costs no more memory traffic than one program with all in one tensor, from which dx would have to be copied.
 */
export const whtReLUPairGradient: KernelFunction = (call) => {
  const {x, signs, negative, positive, dy} = call.inputs as Inputs;
  const backend = call.backend as WebGPUBackend;
  const {axis, scale} = call.attrs as unknown as Attrs;
  const {total, n, inner} = axisOf(x, axis);
  if (total === 0) return zerosLike(backend, [x, negative, positive]);
  const most = capacity(backend);
  if (n > most) return inSteps(backend, call.inputs as Inputs, axis, scale, {units: n, inner});
  const tile = tileOf(n, inner > 1, most);
  const groups = Math.ceil(total / (n * tile.lanes));
  const common = {uniforms: {total, mask: n - 1, stride: inner, inner}, scale, groups};
  const inputs = {x, signs, negative, positive, dy};
  const dx = run(backend, inputGradient(tile), {...common, inputs, shape: x.shape});
  const dslopes = slopeGradients(backend, tile, {...common, inputs: {x, signs, dy}, shape: [n]});
  return [dx, ...dslopes.map((d, i) => ({...d, shape: [negative, positive][i].shape}))];
};

/** The second of the two programs alone. */
export const whtReLUPairSlopes: KernelFunction = (call) => {
  const {x, signs, dy} = call.inputs as Inputs;
  const backend = call.backend as WebGPUBackend;
  const {axis, scale} = call.attrs as unknown as Attrs;
  const {total, n, inner} = axisOf(x, axis);
  const most = capacity(backend);
  if (total === 0 || n > most) return portable('WHTReLUPairSlopes')(call);
  const tile = tileOf(n, inner > 1, most);
  const groups = Math.ceil(total / (n * tile.lanes));
  const uniforms = {total, mask: n - 1, stride: inner, inner};
  return slopeGradients(backend, tile, {uniforms, scale, groups, inputs: {x, signs, dy}, shape: [n]});
};

/** For a vector that fits no workgroup. */
function inSteps(
  backend: WebGPUBackend,
  {x, signs, negative, positive, dy}: Inputs,
  axis: number,
  scale: number,
  attrs: {units: number; inner: number},
): TensorInfo[] {
  const z = transformAxis(backend, x, axis, {scale, first: {before: signs}});
  const inputs = {x: z, negative, positive, dy};
  const [dz, ...dslopes] = reluPairGradient({inputs, attrs, backend}) as TensorInfo[];
  const dx = transformAxis(backend, dz, axis, {scale, last: {after: signs}});
  for (const {dataId} of [z, dz]) backend.disposeData(dataId);
  return [dx, ...dslopes];
}

/** Transforms x, multiplies dy by the slopes, and transforms that back from where the first transform ended. */
function inputGradient(tile: Tile): Shader {
  return tileShader(
    'block by x',
    tile,
    () => `${forward(tile, 'group', 'signs')}
${forEach(tile, (v, at, on) => `${v} = dy${at} * scale * ${slope(v, on)};`)}
${backward(tile)}
${store(tile, (v, on) => `${v} * signs${on}`)}`,
  );
}

/** Each workgroup transforms some tiles, and adds up what is at the same place in all of them. */
function slopeGradients(backend: WebGPUBackend, tile: Tile, call: Run): TensorInfo[] {
  const {n, lanes, strided} = tile;
  const tiles = Math.min(MAX_TERMS, Math.max(MIN_TILES, Math.ceil(call.groups / ENOUGH_GROUPS)));
  const groups = Math.ceil(call.groups / tiles);
  const partial = run(backend, slopeSums(tile), {
    ...call,
    uniforms: {...call.uniforms, tiles, groups},
    groups,
    shape: [2, groups, n, lanes],
  });
  const terms = groups * lanes;
  const view = {terms, units: n, inner: strided ? lanes : 1};
  const sums = [0, 1].map((kind) => sumUnits(backend, partial, kind * terms * n, view, call.shape));
  backend.disposeData(partial.dataId);
  return sums;
}

function slopeSums(tile: Tile): Shader {
  const {windows} = tile;
  const size = tile.n * tile.lanes;
  const last = windows[windows.length - 1] + lowest(tile);
  return tileShader(
    'block by slopes',
    tile,
    () => `${forEach(tile, (v) => `var n${v} = 0.0; var p${v} = 0.0;`)}
for (var i = 0u; i < tiles; i++) {
  ${forward(tile, '(group * tiles + i)', 'signs')}
  if (a < total) {
    ${forEach(tile, (v, at) => `t = ${v} * dy${at}; n${v} += select(0.0, t, ${v} < 0.0); p${v} += select(t, 0.0, ${v} < 0.0);`)}
  }
  workgroupBarrier();
}
if (group < groups) {
  a = group * ${size}u + e; d = ${1 << last}u;
  p = a + groups * ${size}u; q = d;
  ${forEach(tile, (v, at, on) => `result${at} = n${v}; result${on} = p${v};`)}
}`,
  );
}
