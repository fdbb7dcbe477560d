import {type TensorInfo, util} from '@tensorflow/tfjs';
import type {KernelFunction} from '../../kernel';
import {type WebGPUBackend, zeros} from './backend';
import {elementwise} from './elementwise';
import {sumPair} from './partial_sums';

type Inputs = {[name: string]: TensorInfo};

/** The tent with its peak at a, clipped: rounding may pass 1 by an ulp, which the next level would take for outside. */
const TENT = `
fn outside(w : f32) -> bool { return w < 0.0 || w > 1.0; }
fn tent(w : f32, a : f32) -> f32 {
  let y = select((1.0 - w) / (1.0 - a), w / a, w <= a);
  return select(select(y, 1.0, y > 1.0), 0.0, outside(w));
}`;

/** A sweep over the levels of element i; `step` has a, the peak of a level, and s, its scale, and knows w, the wave below. */
const sweep = (step: string) => `var w = x[i];
  let start = i % uniforms.channels * uniforms.depth;
  for (var level = start; level < start + uniforms.depth; level++) {
    let a = peaks[level];
    let s = scales[level];
    ${step}
  }`;

export const triangleWave: KernelFunction = ({inputs, backend}) => {
  const {x, peaks, scales} = inputs as Inputs;
  const [channels, depth] = peaks.shape;
  return elementwise(backend as WebGPUBackend, {
    key: 'triangle wave',
    inputs: {x, peaks, scales},
    uniforms: {channels, depth},
    functions: TENT,
    code: `var sum = 0.0;
  ${sweep('w = tent(w, a); sum += s * w;')}
  result[i] = sum;`,
  });
};

export const triangleWaveGradient: KernelFunction = ({inputs, backend: context}) => {
  const backend = context as WebGPUBackend;
  const {x, peaks, scales, dy} = inputs as Inputs;
  if (util.sizeFromShape(x.shape) === 0) return [x, peaks, scales].map(({shape}) => zeros(backend, shape));
  const [channels, depth] = peaks.shape;
  const all = {x, peaks, scales, dy};
  const dx = elementwise(backend, {
    key: 'triangle wave by x',
    inputs: all,
    uniforms: {channels, depth},
    functions: TENT,
    code: `var sum = 0.0;
  var slope = 1.0;
  ${sweep(`slope *= select(select(-1.0 / (1.0 - a), 1.0 / a, w <= a), 0.0, outside(w));
    w = tent(w, a);
    sum += s * slope;`)}
  result[i] = dy[i] * sum;`,
  });
  const dparameters = sumPair(backend, {
    key: 'triangle wave by parameters',
    inputs: all,
    units: channels,
    inner: 1,
    levels: depth,
    functions: TENT,
    add: addParameterTerms(depth),
    shapes: [peaks.shape, scales.shape],
  });
  return [dx, ...dparameters];
};

/** Up through the waves for the scales, and down again with g, the derivative by a wave, for the peaks. */
const addParameterTerms = (depth: number) => `
    let start = u * ${depth}u;
    var waves : array<f32, ${depth + 1}>;
    waves[0] = x[i];
    for (var k = 0u; k < ${depth}u; k++) {
      waves[k + 1u] = tent(waves[k], peaks[start + k]);
      sums[${depth}u + k] += dy[i] * waves[k + 1u];
    }
    var g = 0.0;
    for (var j = ${depth}u; j > 0u; j--) {
      let k = j - 1u;
      let w = waves[k];
      let a = peaks[start + k];
      let rising = w <= a;
      g = select(g + dy[i] * scales[start + k], 0.0, outside(w)) / select(a - 1.0, a, rising);
      sums[k] -= g * select((1.0 - w) / (1.0 - a), w / a, rising);
    }`;
