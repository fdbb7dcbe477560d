import {dense} from '../affine';
import {type LayerCall, refuse, sizeOf, type View} from '../layer_call';
import type {Elementwise} from '../steps';
import {activationSteps, perUnit} from './activation';
import {type WaveConfig, waveFunction} from './wave_function';

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
  const {depth, curvature, inputNorm} = call.config as unknown as WaveConfig;
  if (inputNorm === 'sigmoid') refuse(call, "inputNorm 'sigmoid'", "Its pieces are bent; use inputNorm 'clip'.");
  if (inputNorm === 'fold') refuse(call, "inputNorm 'fold'", "It has kinks without end; use inputNorm 'clip'.");
  const functions = Array.from(call.weights.slope, (_, channel) => waveFunction(call, channel));
  const banks = curvature === 'dc' ? 2 : 1;
  const shared = shape.slice(0, -1).map((__, i) => i + 1);
  return {...perUnit(functions, shape, shared), multiplyAdds: sizeOf(shape) * (banks * 5 * depth + 1)};
}
