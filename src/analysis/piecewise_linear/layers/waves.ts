import type {WaveOptions} from '../../../layers/wave/options';
import {diagonal} from '../affine';
import {dense} from '../dense';
import {type LayerCall, type LayerReader, refuse, sizeOf} from '../layer_call';
import {ZIGZAG} from '../piecewise_function';
import type {Elementwise, Step} from '../steps';
import {activationSteps, perUnit} from './activation';
import {smoothFunction} from './smooth';
import {waveFunction} from './wave_function';

export const triangleWave: LayerReader = (call) => waves(call, call.outputShape);

export const regionDense: LayerReader = (call) => {
  const {kernel, offset, slope, mix, bias} = call.weights; // a layer that has no offset is refused for its inputNorm
  const [shape] = call.inputShapes;
  const positions = sizeOf(shape.slice(0, -1));
  const subnets = slope.length;
  return [
    dense(kernel, offset ?? null, shape[shape.length - 1], positions),
    ...waves(call, [positions, subnets]),
    dense(mix, bias ?? null, subnets, positions),
    ...activationSteps(call, call.config.activation),
  ];
};

/** The learned functions of the channels, the last axis of the shape. */
function waves(call: LayerCall, shape: readonly number[]): Step[] {
  const {depth, curvature, inputNorm, domain} = call.config as unknown as WaveOptions;
  const isBent = inputNorm.endsWith('sigmoid');
  if (isBent && !call.smooth) refuse(call, `inputNorm '${inputNorm}'`, "Its pieces are bent; use inputNorm 'clip'.");
  const functions = Array.from(call.weights.slope, (_, channel) => waveFunction(call, channel));
  const banks = curvature === 'dc' ? 2 : 1;
  const shared = shape.slice(0, -1).map((__, i) => i + 1);
  const own = {...perUnit(functions, shape, shared), multiplyAdds: sizeOf(shape) * (banks * 5 * depth + 1)};
  if (isBent) return [...squash(call, shape), own];
  return inputNorm === 'fold' ? [...fold(call, domain, sizeOf(shape)), own] : [own];
}

/** That of the layer's batch normalization. */
const NORM_EPSILON = 1e-3;

/** Any input brought to [0, 1], for pictures. */
function squash({weights}: LayerCall, shape: readonly number[]): Step[] {
  const units = sizeOf(shape);
  const sigmoid = {
    kind: 'elementwise',
    functions: new Array(units).fill(smoothFunction('sigmoid')),
    multiplyAdds: units,
  };
  const {norm_scale: scale, norm_offset: offset, norm_mean: mean, norm_variance: variance} = weights;
  if (!scale) return [sigmoid as Elementwise];
  const factor = scale.map((value, i) => value / Math.sqrt(variance[i] + NORM_EPSILON));
  const channels = scale.length;
  const everywhere = (value: (channel: number) => number) =>
    Float64Array.from({length: units}, (_, k) => value(k % channels));
  const moved = (channel: number) => offset[channel] - mean[channel] * factor[channel];
  return [
    diagonal(
      everywhere((channel) => factor[channel]),
      everywhere(moved),
    ),
    sigmoid as Elementwise,
  ];
}

/** The domain brought to [0, 1], and reflected at both ends without end. */
function fold({name, note}: LayerCall, [low, high]: WaveOptions['domain'], units: number): Step[] {
  note(`layer ${name}: inputNorm 'fold' repeats its breakpoints without end; those on its domain are counted.`);
  const zigzag: Elementwise = {kind: 'elementwise', functions: new Array(units).fill(ZIGZAG), multiplyAdds: units};
  if (low === 0 && high === 1) return [zigzag];
  const numbers = (value: number) => new Float64Array(units).fill(value);
  return [diagonal(numbers(1 / (high - low)), numbers(-low / (high - low))), zigzag];
}
