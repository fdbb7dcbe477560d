import {dense} from '../affine';
import {type LayerCall, refuse, sizeOf, type View} from '../layer_call';
import {type Pieces, pieces} from '../pieces';
import type {Elementwise} from '../steps';
import {activationSteps, perUnit} from './activation';

export const triangleWave: View = (call) => [waves(call, call.outputShape)];

export const regionDense: View = (call) => {
  const {kernel, offset, mix, bias} = call.weights;
  const [shape] = call.inputShapes;
  const positions = sizeOf(shape.slice(0, -1));
  const subnets = offset.length;
  return [
    dense(kernel, offset, shape[shape.length - 1], positions),
    waves(call, [positions, subnets]),
    dense(mix, bias ?? null, subnets, positions),
    ...activationSteps(call, call.config.activation),
  ];
};

/** What of the config of a wave layer tells its functions. */
interface WaveConfig {
  depth: number;
  scaling: 'tied' | 'free' | 'sawtooth' | 'takagi';
  curvature: 'convex' | 'concave' | 'signed' | 'dc';
  scale: 'a0a1' | 'train' | number;
  inputNorm: 'none' | 'clip' | 'sigmoid' | 'fold' | 'batchNorm+sigmoid';
  domain: [low: number, high: number];
  outside: 'linear' | 'clamp' | null;
  peakEpsilon: number;
  peakGain: number;
}

/** The learned functions of the channels, the last axis of the shape. */
function waves(call: LayerCall, shape: readonly number[]): Elementwise {
  const {depth, curvature, inputNorm} = call.config as unknown as WaveConfig;
  if (inputNorm.endsWith('sigmoid'))
    refuse(call, `inputNorm '${inputNorm}'`, "Its pieces are bent; use inputNorm 'clip'.");
  if (inputNorm === 'fold') refuse(call, "inputNorm 'fold'", "It has kinks without end; use inputNorm 'clip'.");
  if (curvature === 'dc')
    refuse(call, "curvature 'dc'", 'Only one wave per channel is supported; analyse toDense(model).');
  const functions = Array.from(call.weights.slope, (_, channel) => wave(call, channel));
  const shared = shape.slice(0, -1).map((__, i) => i + 1);
  return {...perUnit(functions, shape, shared), multiplyAdds: sizeOf(shape) * (5 * depth + 1)};
}

/** The function of one channel, from the peaks level by level: no two values are ever subtracted. */
function wave({weights, config}: LayerCall, channel: number): Pieces {
  const options = config as unknown as WaveConfig;
  const {depth, inputNorm, domain, outside} = options;
  const {rise, fall} = peaksOf(weights, options, channel);
  const scales = scalesOf(weights, options, channel, {rise, fall});
  const slope = weights.slope[channel];
  const intercept = weights.intercept?.[channel] ?? 0;
  let parts: Part[] = [{start: 0, length: 1, value: intercept, end: intercept + slope, slope}];
  for (let level = 0; level < depth; level++) {
    const [a, b] = [rise[level], fall[level]];
    parts = parts.flatMap((part, i) => split(part, i % 2 === 0 ? [a, b] : [b, a], scales[level]));
  }
  const [low, high] = domain;
  const goesOn = inputNorm === 'none' && outside === 'linear';
  const slopes = parts.map((part) => part.slope / (high - low));
  const kinks = [...parts.map(({start}) => low + (high - low) * start), high];
  const values = [...parts.map(({value}) => value), intercept + slope];
  return pieces(kinks, [goesOn ? slopes[0] : 0, ...slopes, goesOn ? slopes[slopes.length - 1] : 0], values);
}

type Weights = LayerCall['weights'];
interface Peaks {
  /** a_i and 1 - a_i, i = 0 .. depth. */
  rise: number[];
  fall: number[];
}

function peaksOf(weights: Weights, {depth, peakEpsilon, peakGain}: WaveConfig, channel: number): Peaks {
  const count = weights.peaks ? weights.peaks.length / weights.slope.length : 0;
  const theta = Array.from({length: depth + 1}, (_, i) => (i < count ? weights.peaks[count * channel + i] : 0));
  const peakOf = (t: number) => peakEpsilon + (1 - 2 * peakEpsilon) * sigmoid(peakGain * t);
  return {rise: theta.map(peakOf), fall: theta.map((t) => peakOf(-t))}; // no cancellation in 1 - a
}

/** s_0 .. s_(depth - 1), with the sign of the curvature. */
function scalesOf(weights: Weights, options: WaveConfig, channel: number, {rise, fall}: Peaks): number[] {
  const {depth, scaling, curvature, scale} = options;
  const sign = curvature === 'signed' ? weights.gamma[channel] : curvature === 'convex' ? -1 : 1;
  const fraction = weights.fraction ? sigmoid(weights.fraction[channel]) : 1;
  const first =
    typeof scale === 'number'
      ? scale * Math.exp(weights.amplitude[channel])
      : fraction * Math.abs(weights.slope[channel]) * rise[0] * rise[1];
  const own = (i: number, count: number) => weights.scales[count * channel + i];
  let s = sign * first;
  return Array.from({length: depth}, (_, i) => {
    if (scaling === 'sawtooth') return i === depth - 1 ? s : 0;
    if (scaling === 'takagi') return s * 2 ** (1 - i) * Math.tanh(own(i, depth));
    if (i > 0) s *= scaling === 'tied' ? fall[i] * rise[i + 1] : sigmoid(own(i - 1, depth - 1));
    return s;
  });
}

/** A piece of the function on [start, start + length], on which the next wave rises from 0 to 1 and falls again. */
interface Part {
  start: number;
  length: number;
  value: number;
  end: number;
  slope: number;
}

function split({start, length, value, end, slope}: Part, [left, right]: [number, number], scale: number): Part[] {
  const [leftLength, rightLength] = [left * length, right * length];
  const middle = value * right + end * left + scale;
  return [
    {start, length: leftLength, value, end: middle, slope: slope + scale / leftLength},
    {start: start + leftLength, length: rightLength, value: middle, end, slope: slope - scale / rightLength},
  ];
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
