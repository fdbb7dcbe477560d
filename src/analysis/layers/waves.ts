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

/** The learned functions of the channels, the last axis of the shape. */
function waves(call: LayerCall, shape: readonly number[]): Elementwise {
  const {scaling, curvature, inputNorm, depth} = call.config as {[option: string]: string} & {depth: number};
  if (inputNorm === 'sigmoid') refuse(call, "inputNorm 'sigmoid'", "Its pieces are bent; use inputNorm 'clip'.");
  if (scaling !== 'tied') refuse(call, `scaling '${scaling}'`, "Only 'tied' is supported.");
  if (curvature !== 'convex' && curvature !== 'concave') {
    refuse(call, `curvature '${curvature}'`, "Only 'convex' and 'concave' are supported.");
  }
  const functions = Array.from(call.weights.slope, (_, channel) => wave(call, channel));
  const shared = shape.slice(0, -1).map((__, i) => i + 1);
  return {...perUnit(functions, shape, shared), multiplyAdds: sizeOf(shape) * (5 * depth + 1)};
}

/** The function of one channel, from the peaks level by level: no two values are ever subtracted. */
function wave({weights, config}: LayerCall, channel: number): Pieces {
  const {depth, peakEpsilon, peakGain, curvature, inputNorm} = config as {[option: string]: number | string} & {
    depth: number;
    peakEpsilon: number;
    peakGain: number;
  };
  const theta = Array.from(weights.peaks.subarray((depth + 1) * channel, (depth + 1) * (channel + 1)));
  const peakOf = (t: number) => peakEpsilon + (1 - 2 * peakEpsilon) * sigmoid(peakGain * t);
  const rise = theta.map(peakOf);
  const fall = theta.map((t) => peakOf(-t)); // 1 - rise, without the cancellation
  const slope = weights.slope[channel];
  const intercept = weights.intercept?.[channel] ?? 0;
  const fraction = weights.fraction ? sigmoid(weights.fraction[channel]) : 1;
  let scale = (curvature === 'convex' ? -1 : 1) * fraction * Math.abs(slope) * rise[0] * rise[1];
  let parts: Part[] = [{start: 0, length: 1, value: intercept, end: intercept + slope, slope}];
  for (let level = 0; level < depth; level++) {
    const [a, b] = [rise[level], fall[level]];
    parts = parts.flatMap((part, i) => split(part, i % 2 === 0 ? [a, b] : [b, a], scale));
    scale *= fall[level + 1] * (rise[level + 2] ?? 0);
  }
  const outside = inputNorm === 'clip' ? 0 : slope;
  const kinks = [...parts.map(({start}) => start), 1];
  const slopes = [outside, ...parts.map((part) => part.slope), outside];
  return pieces(kinks, slopes, [...parts.map(({value}) => value), intercept + slope]);
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
