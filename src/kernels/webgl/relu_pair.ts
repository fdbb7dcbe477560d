import {type TensorInfo, util} from '@tensorflow/tfjs';
import {flat, type Inputs, reshaped, type WebGLBackend, zeros} from './backend';
import {elementwise} from './elementwise';
import {texelOf} from './glsl';
import {twoSums} from './sums';
import {unitsView} from './view';

type Attrs = {units: number; inner: number};

const slopeCode = ({units, inner}: Attrs) => `
  float slope(float x, int k) {
    int u = imod(k / ${inner}, ${units});
    return x < 0. ? getChannel(getNegative(u), u) : getChannel(getPositive(u), u);
  }`;

export function reluPair(backend: WebGLBackend, {x, negative, positive}: Inputs, attrs: Attrs): TensorInfo {
  const code = `${slopeCode(attrs)} float element(float x, int k) { return x * slope(x, k); }`;
  return elementwise(backend, {x}, {negative: flat(negative), positive: flat(positive)}, code);
}

export function reluPairGradient(
  backend: WebGLBackend,
  {x, negative, positive, dy}: Inputs,
  attrs: Attrs,
): TensorInfo[] {
  if (util.sizeFromShape(x.shape) === 0) return [x, negative, positive].map((t) => zeros(backend, t));
  const code = `${slopeCode(attrs)} float element(float x, float dy, int k) { return dy * slope(x, k); }`;
  const dx = elementwise(backend, {x, dy}, {negative: flat(negative), positive: flat(positive)}, code);
  const [below, above] = slopeGradients(backend, x, dy, attrs);
  return [dx, reshaped(below, negative.shape), reshaped(above, positive.shape)];
}

export function reluPairSlopes(backend: WebGLBackend, {x, dy}: Inputs, attrs: Attrs): TensorInfo[] {
  const shape = [attrs.units];
  if (util.sizeFromShape(x.shape) === 0) return [shape, shape].map((each) => zeros(backend, {...x, shape: each}));
  return slopeGradients(backend, x, dy, attrs);
}

/** The sums of dy x over all elements of a unit: of those below zero, and of the others. */
function slopeGradients(backend: WebGLBackend, x: TensorInfo, dy: TensorInfo, {units, inner}: Attrs): TensorInfo[] {
  const {view, along} = unitsView(x.shape, units, inner);
  const [matrices, rows, columns] = view;
  // Units u and u + 1 are to be in rg and ba both.
  const [length, at, channels] = along === 'columns' ? [rows, 't, u', 'rgba'] : [columns, 'u, t', 'rbga'];
  const code = `
    vec4 term(int m, int t, int u) {
      vec4 x = getX(m, ${at}).${channels};
      vec4 product = x * getDy(m, ${at}).${channels};
      if (t + 1 == ${length}) product.ba = vec2(0.);
      vec4 below = ${texelOf((c) => `x.${c} < 0. ? product.${c} : 0.`)};
      vec4 above = ${texelOf((c) => `x.${c} < 0. ? 0. : product.${c}`)};
      return vec4(below.rg + below.ba, above.rg + above.ba);
    }`;
  return twoSums(backend, {x: reshaped(x, view), dy: reshaped(dy, view)}, code, matrices, length, units);
}
