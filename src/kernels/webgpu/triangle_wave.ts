import type {KernelFunction} from '../../kernel';
import {type Inputs, sizeOf, type WebGPUBackend, zerosLike} from './backend';
import {elementwise} from './elementwise';
import {sumPair} from './partial_sums';

/** The tent with its peak at a, clipped: rounding may pass 1 by an ulp, which the next level would take for outside. */
const TENT = `fn outside(w : f32) -> bool { return w < 0.0 || w > 1.0; }
fn tent(w : f32, a : f32) -> f32 {
  let y = select((1.0 - w) / (1.0 - a), w / a, w <= a);
  return select(select(y, 1.0, y > 1.0), 0.0, outside(w));
}
`;

/** A sweep over the levels of element i; `step` has a, the peak of a level, and s, its scale, and knows w, the wave below. */
const sweep = (step: string) => `var w = x[i];
let start = i % channels * depth;
for (var level = start; level < start + depth; level++) {
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
    head: TENT,
    main: () => `var sum = 0.0;
${sweep('w = tent(w, a); sum += s * w;')}
result[i] = sum;`,
  });
};

export const triangleWaveGradient: KernelFunction = ({inputs, backend: context}) => {
  const backend = context as WebGPUBackend;
  const {x, peaks, scales, dy} = inputs as Inputs;
  if (sizeOf(x) === 0) return zerosLike(backend, [x, peaks, scales]);
  const [channels, depth] = peaks.shape;
  const all = {x, peaks, scales, dy};
  const dx = elementwise(backend, {
    key: 'triangle wave by x',
    inputs: all,
    uniforms: {channels, depth},
    head: TENT,
    main: () => `var sum = 0.0;
var slope = 1.0;
${sweep(`slope *= select(1.0 / select(a - 1.0, a, w <= a), 0.0, outside(w));
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
    head: TENT,
    main: () => parameterTerms(depth),
    shapes: [peaks.shape, scales.shape],
  });
  return [dx, ...dparameters];
};

/** Up through the waves for the scales, and down again with g, the derivative by a wave, for the peaks. */
const parameterTerms = (depth: number) => `let start = u * ${depth}u;
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
