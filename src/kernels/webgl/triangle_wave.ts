import {type TensorInfo, util} from '@tensorflow/tfjs';
import {as, flat, type Inputs, type WebGLBackend, zeros} from './backend';
import {elementwise} from './elementwise';
import {twoSums} from './sums';
import {packedView} from './view';

/** The value of a tent with peak a, and its derivatives by w and a. A NaN counts as inside and stays NaN. */
const TENT = `
  vec3 tent(float w, float a) {
    if (w < 0. || w > 1.) return vec3(0.);
    float fall = 1. - a;
    vec3 t = w <= a ? vec3(w / a, 1. / a, -w / (a * a)) : vec3(1. - w, -1., (1. - w) / fall) / fall;
    if (t.x > 1.) t.x = 1.; // by rounding, which the next level would take for outside
    return t;
  }`;

/** A sweep through the levels of a channel; its peaks and scales begin at the index m. */
const levels = (depth: number, body: string) => `
  for (int i = 0; i < ${depth}; i++) {
    vec3 t = tent(w, getChannel(getPeaks(m), m));
    float s = getChannel(getScales(m), m);
    ${body}
    w = t.x;
    m++;
  }`;

export function triangleWave(backend: WebGLBackend, {x, peaks, scales}: Inputs): TensorInfo {
  const [channels, depth] = peaks.shape;
  const code = `${TENT}
    float element(float x, int k) {
      int m = imod(k, ${channels}) * ${depth};
      float w = x;
      float sum = 0.;
      ${levels(depth, 'sum += s * t.x;')}
      return sum;
    }`;
  return elementwise(backend, {x}, {peaks: flat(peaks), scales: flat(scales)}, code);
}

export function triangleWaveGradient(
  backend: WebGLBackend,
  {x, peaks, scales, dy}: Inputs,
): [dx: TensorInfo, dpeaks: TensorInfo, dscales: TensorInfo] {
  if (util.sizeFromShape(x.shape) === 0) return [zeros(backend, x), zeros(backend, peaks), zeros(backend, scales)];
  const [channels, depth] = peaks.shape;
  const code = `${TENT}
    float element(float x, float dy, int k) {
      int m = imod(k, ${channels}) * ${depth};
      float w = x;
      float slope = dy;
      float sum = 0.;
      ${levels(depth, 'slope *= t.y; sum += s * slope;')}
      return sum;
    }`;
  const parameters = {peaks: flat(peaks), scales: flat(scales)};
  const dx = elementwise(backend, {x, dy}, parameters, code);
  const [dpeaks, dscales] = parameterGradients(backend, {x, dy}, parameters, depth);
  return [dx, as(dpeaks, peaks.shape), as(dscales, scales.shape)];
}

/**
 * The derivatives by each peak and scale. Every sum computes the waves of its channel again: nothing of the size of x times
 * the depth is ever stored.
 */
function parameterGradients(
  backend: WebGLBackend,
  {x, dy}: Inputs,
  parameters: Inputs,
  depth: number,
): [TensorInfo, TensorInfo] {
  const view = packedView(x.shape);
  const [matrices, rows, channels] = view;
  const texels = Math.ceil(rows / 2);
  const units = channels * depth;
  const code = `${TENT}
    vec2 derivatives(float x, float dy, int unit) {
      int m = unit / ${depth} * ${depth};
      float w = x;
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
    vec4 term(int q, int u) {
      int matrix = q / ${texels};
      int row = 2 * (q - matrix * ${texels});
      vec2 one = ofTwoRows(matrix, row, u);
      vec2 two = ofTwoRows(matrix, row, imod(u + 1, ${units}));
      return vec4(one.x, two.x, one.y, two.y);
    }`;
  return twoSums(backend, {x: as(x, view), dy: as(dy, view), ...parameters}, code, matrices * texels, units);
}
