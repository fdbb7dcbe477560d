import type {KernelFunction} from '../../engine';
import {type Inputs, sizeOf, type WebGPUBackend, zerosLike} from './backend';
import {elementwise} from './elementwise';
import {sumPair} from './sum';

/** The tent with its peak at a, clipped: rounding may pass 1 by an ulp, which the next level would take for outside. */
const TENT = `fn outside(w : f32) -> bool { return w < 0.0 || w > 1.0; }
fn tent(w : f32, a : f32) -> f32 {
  let y = select((1.0 - w) / (1.0 - a), w / a, w <= a);
  return select(select(y, 1.0, y > 1.0), 0.0, outside(w));
}
`;

export const triangleWave: KernelFunction = ({inputs, backend}) => {
  const {x, peaks, scales} = inputs as Inputs;
  const [channels, depth] = peaks.shape;
  return elementwise(backend as WebGPUBackend, {
    key: 'wave',
    inputs: {x, peaks, scales},
    uniforms: {channels, depth},
    head: TENT,
    main: () => `var w = x[i];
var sum = 0.0;
let start = i % channels * depth;
for (var k = start; k < start + depth; k++) {
  w = tent(w, peaks[k]);
  sum += scales[k] * w;
}
result[i] = sum;`,
  });
};

export const triangleWaveGradient: KernelFunction = ({inputs, backend: context}) => {
  const backend = context as WebGPUBackend;
  const {x, peaks, scales, dy} = inputs as Inputs;
  if (sizeOf(x) === 0) return zerosLike(backend, [x, peaks, scales]);
  const [channels, depth] = peaks.shape;
  const sweep = {inputs: {x, peaks, scales, dy}, head: TENT};
  const dx = elementwise(backend, {
    ...sweep,
    key: `wave by x ${depth}`,
    uniforms: {channels},
    main: () => `let u = i % channels;
var sums : array<f32, ${2 * depth}>;
${derivatives(depth)}
result[i] = g;`,
  });
  const dparameters = sumPair(backend, {
    ...sweep,
    key: 'wave by parameters',
    terms: sizeOf(x) / channels,
    units: channels,
    inner: 1,
    levels: depth,
    main: () => derivatives(depth),
    shapes: [peaks.shape, scales.shape],
  });
  return [dx, ...dparameters];
};

/**
 * Up through the waves of element i, of channel u, for the scales, and down again for the peaks. There g is the derivative
 * by a wave, and in the end by x.
 */
const derivatives = (depth: number) => `let start = u * ${depth}u;
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
  g += dy[i] * scales[start + k];
  if (outside(w)) {
    g = 0.0;
  } else if (w <= a) {
    g /= a;
    sums[k] -= g * w / a;
  } else {
    g /= a - 1.0;
    sums[k] -= g * (1.0 - w) / (1.0 - a);
  }
}`;
