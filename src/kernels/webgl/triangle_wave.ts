import {type TensorInfo, util} from '@tensorflow/tfjs';
import {flat, type Inputs, reshaped, type WebGLBackend, zeros} from './backend';
import {elementwise} from './elementwise';
import {twoSums} from './sums';
import {packedView} from './view';

/**
 * The value of a tent with peak a, and its derivatives by w and a. A NaN counts as inside and stays NaN. Rounding may pass 1,
 * which the next level would take for outside.
 */
const TENT = `
  vec3 tent(float w, float a) {
    if (w < 0. || w > 1.) return vec3(0.);
    float fall = 1. - a;
    vec3 t = w <= a ? vec3(w / a, 1. / a, -w / (a * a)) : vec3(1. - w, -1., (1. - w) / fall) / fall;
    if (t.x > 1.) t.x = 1.;
    return t;
  }`;

/** A sweep of x through the levels of a channel; its peaks and scales begin at the index m. */
const levels = (depth: number, body: string) => `
  float w = x;
  for (int i = 0; i < ${depth}; i++) {
    vec3 t = tent(w, getChannel(getPeaks(m), m));
    float s = getChannel(getScales(m), m);
    ${body}
    w = t.x;
    m++;
  }`;

/** An output of the shape of x: a sum over the levels of what `term` is, with dy if there is one. */
function sumOfLevels(backend: WebGLBackend, operands: Inputs, {peaks, scales}: Inputs, term: string): TensorInfo {
  const [channels, depth] = peaks.shape;
  const code = `${TENT}
    float element(${Object.keys(operands).map((name) => `float ${name}`)}, int k) {
      int m = imod(k, ${channels}) * ${depth};
      float sum = 0.;
      ${levels(depth, `sum += ${term};`)}
      return sum;
    }`;
  return elementwise(backend, operands, {peaks: flat(peaks), scales: flat(scales)}, code);
}

export function triangleWave(backend: WebGLBackend, {x, ...parameters}: Inputs): TensorInfo {
  return sumOfLevels(backend, {x}, parameters, 's * t.x');
}

export function triangleWaveGradient(backend: WebGLBackend, {x, peaks, scales, dy}: Inputs): TensorInfo[] {
  if (util.sizeFromShape(x.shape) === 0) return [x, peaks, scales].map((t) => zeros(backend, t));
  const parameters = {peaks, scales};
  // By the chain rule: the derivative of a wave is that of the one before times its own slope.
  const dx = sumOfLevels(backend, {x, dy}, parameters, 's * (dy *= t.y)');
  return [dx, ...parameterGradients(backend, {x, dy}, parameters)];
}

/**
 * The derivatives by each peak and scale. Every sum computes the waves of its channel again: nothing of the size of x times
 * the depth is ever stored.
 */
function parameterGradients(backend: WebGLBackend, {x, dy}: Inputs, {peaks, scales}: Inputs): TensorInfo[] {
  const view = packedView(x.shape);
  const [matrices, rows, channels] = view;
  const [, depth] = peaks.shape;
  const units = channels * depth;
  const code = `${TENT}
    vec2 derivatives(float x, float dy, int unit) {
      int m = unit / ${depth} * ${depth};
      float byPeak = 0.;
      vec2 sum = vec2(0.);
      ${levels(depth, 'byPeak = m == unit ? t.z : byPeak * t.y; sum += vec2(s * byPeak, m == unit ? t.x : 0.);')}
      return dy * sum;
    }
    vec2 ofTwoRows(int matrix, int row, int unit) {
      int c = unit / ${depth};
      vec4 x = getX(matrix, row, c);
      vec4 dy = getDy(matrix, row, c);
      if (imod(c, 2) == 1) {
        x.rb = x.ga;
        dy.rb = dy.ga;
      }
      vec2 sum = derivatives(x.r, dy.r, unit);
      return row + 1 < ${rows} ? sum + derivatives(x.b, dy.b, unit) : sum;
    }
    vec4 term(int m, int t, int u) {
      vec2 one = ofTwoRows(m, t, u);
      vec2 two = u + 1 < ${units} ? ofTwoRows(m, t, u + 1) : vec2(0.);
      return vec4(one.x, two.x, one.y, two.y);
    }`;
  const inputs = {x: reshaped(x, view), dy: reshaped(dy, view), peaks: flat(peaks), scales: flat(scales)};
  return twoSums(backend, inputs, code, matrices, rows, units).map((sums) => reshaped(sums, peaks.shape));
}
