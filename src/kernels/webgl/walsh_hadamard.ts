import {type TensorInfo, util} from '@tensorflow/tfjs';
import {type Expansion, expansionOf} from '../../math/expansion';
import {type Inputs, reshaped, runShader, type WebGLBackend, zeros} from './backend';
import {reader, texelOf} from './glsl';
import {type Pass, type Plan, planPasses} from './passes';
import type {Along} from './view';

type Attrs = {axis: number; scale: number; transposed?: boolean};

/** Vectors of n that are multiplied into the input or the output, the latter by the sign where there are two. */
interface Vectors {
  before?: Inputs;
  after?: Inputs;
  expand?: Expansion<TensorInfo>;
}

/** WalshHadamard, and SignedWalshHadamard, which has the further input `signs`. */
export function walshHadamard(backend: WebGLBackend, inputs: Inputs, attrs: Attrs & Expansion<TensorInfo>): TensorInfo {
  const {x, signs} = inputs;
  const diagonal = signs && {signs};
  const vectors = attrs.transposed ? {after: diagonal} : {before: diagonal};
  return transform(backend, x, attrs, {...vectors, expand: expansionOf(inputs, attrs)});
}

/** scale H x along one axis. The first pass multiplies by what is before, the last one by what is after. */
export function transform(
  backend: WebGLBackend,
  x: TensorInfo,
  {axis, scale}: Attrs,
  {before = {}, after = {}, expand}: Vectors,
): TensorInfo {
  const shape = x.shape.map((size, i) => (i === axis && expand ? expand.size : size));
  if (util.sizeFromShape(shape) === 0) return zeros(backend, {...x, shape});
  const n = shape[axis];
  const plan = planPasses(shape, n, util.sizeFromShape(shape.slice(axis + 1)));
  const factors = splitScale(scale, plan.passes);
  let y = reshaped(x, expand ? plan.shorter.view(expand.units) : plan.view);
  for (const [i, pass] of plan.passes.entries()) {
    const [isFirst, isLast] = [i === 0, i === plan.passes.length - 1];
    const offset = isFirst ? expand?.offset : undefined;
    const vectors = {...(isFirst && before), ...(isLast && after), ...(offset && {offset})};
    const code = passCode(pass, {
      element: isFirst && expand ? expandedElement(expand, plan) : '',
      load: isFirst ? multiplied('x', Object.keys(before), plan) : '',
      inTexel: isFirst ? plan.inTexel : [],
      store: isLast ? multiplied('y', Object.keys(after), plan) : '',
    });
    const previous = y;
    const uniforms = {stride: pass.stride, factor: factors[i]};
    y = runShader(backend, plan.view, code, {x: previous, ...vectors}, uniforms);
    if (!isFirst) backend.disposeIntermediateTensorInfo(previous);
  }
  return reshaped(y, shape);
}

/**
 * The scale in a factor for each pass, so that nothing overflows in between where textures have 16 bits. All but the first
 * are powers of two, which round nothing.
 */
function splitScale(scale: number, passes: Pass[]): number[] {
  const bits = passes.reduce((sum, pass) => sum + pass.bits, 0);
  const rest = passes.slice(1).map((pass) => 2 ** Math.round((Math.log2(scale) * pass.bits) / bits));
  return [rest.reduce((first, factor) => first / factor, scale), ...rest];
}

/** GLSL: the texel `name` of the position p multiplied by one vector, or by one of two as its signs are. */
function multiplied(name: string, vectors: string[], {vectorAt}: Plan): string {
  const [one, other] = vectors.map((vector) => vectorAt(reader(vector), 'p'));
  if (!one) return '';
  if (!other) return `${name} *= ${one};`;
  const chosen = texelOf((c) => `${name}.${c} < 0. ? below.${c} : above.${c}`);
  return `vec4 below = ${one}; vec4 above = ${other}; ${name} *= ${chosen};`;
}

/** GLSL: what is at p of the expanded input, and zeros past its end. */
function expandedElement(
  {units, tiled, offset}: Expansion<TensorInfo>,
  {view: [, rows, columns], shorter}: Plan,
): string {
  return `
    float element(ivec3 p) {
      if (p.y >= ${rows} || p.z >= ${columns}) return 0.;
      int u = ${shorter.unit};
      ivec3 q = ${shorter.place(`imod(u, ${units})`)};
      float x = ${tiled ? '' : `u >= ${units} ? 0. : `}getChannel(getX(q.x, q.y, q.z), vec2(q.y, q.z));
      ${offset ? `if (u < ${offset.shape[0]}) x += getChannel(getOffset(u), u);` : ''}
      return x;
    }`;
}

/** GLSL: the texel at p. */
const READ = 'getX(p.x, p.y, p.z)';
const READ_ELEMENTS = `vec4(${[0, 1].flatMap((row) => [0, 1].map((column) => `element(p + ivec3(0, ${row}, ${column}))`))})`;

/** The butterflies inside a texel. */
const IN_TEXEL: Record<Along, string> = {
  rows: 'y = vec4(y.rg + y.ba, y.rg - y.ba);',
  columns: 'y = vec4(y.r + y.g, y.r - y.g, y.b + y.a, y.b - y.a);',
};

/** Each output texel is a sum of 2^bits texels, with the signs of one row of H. */
function passCode(
  {along, bits}: Pass,
  {element, load, inTexel, store}: {element: string; load: string; inTexel: Along[]; store: string},
): string {
  const axis = along === 'rows' ? 'y' : 'z';
  const step = along === 'rows' ? 'ivec3(0, stride, 0)' : 'ivec3(0, 0, stride)';
  const signs = Array.from({length: bits}, (_, i) => `float s${i} = 1. - 2. * float(imod(digit / ${2 ** i}, 2));`);
  return `${element}
    vec4 load(ivec3 p) {
      vec4 x = ${element ? READ_ELEMENTS : READ};
      ${load}
      return x;
    }
    void main() {
      ivec3 p = getOutputCoords();
      int digit = imod(p.${axis} / stride, ${2 ** bits});
      ${signs.join(' ')}
      ivec3 first = p;
      first.${axis} -= digit * stride;
      vec4 y = factor * ${signedSum(bits, step)};
      ${inTexel.map((direction) => IN_TEXEL[direction]).join(' ')}
      ${store}
      setOutput(y);
    }`;
}

/** As a tree: a chain of 16 additions would round as often. */
function signedSum(bits: number, step: string, from = 0): string {
  if (bits === 0) return `load(first + ${from} * ${step})`;
  const half = 2 ** (bits - 1);
  return `(${signedSum(bits - 1, step, from)} + s${bits - 1} * ${signedSum(bits - 1, step, from + half)})`;
}
