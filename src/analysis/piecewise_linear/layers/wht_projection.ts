import type {PairConfig} from '../../../layers/relu_pair';
import {randomProjection} from '../../../math/random_projection';
import {shift} from '../affine';
import {type LayerReader, refuse, sizeOf} from '../layer_call';
import {projection} from '../projection';
import {activationSteps} from './activation';
import {pairSteps} from './relu_pair';

interface Config {
  units: number;
  rounds: number;
  seed: number;
  axis: number;
  expand: 'tile' | 'pad';
  contract: 'subsample' | 'head';
  inputNorm: 'none' | 'sphere';
  activation: null | string | {className: 'ReLUPair'; config: PairConfig};
}

export const whtProjection: LayerReader = (call) => {
  const {units, rounds, seed, axis, expand, contract, inputNorm, activation} = call.config as unknown as Config;
  const {signs, bias} = call.weights;
  if (inputNorm === 'sphere') refuse(call, "inputNorm 'sphere'", "Its output is curved; use inputNorm 'none'.");
  const [shape] = call.inputShapes;
  const at = axis < 0 ? axis + shape.length : axis - 1;
  const [outer, inputs, inner] = [sizeOf(shape.slice(0, at)), shape[at], sizeOf(shape.slice(at + 1))];

  const {size: n, signs: fixed, gain, kept} = randomProjection(inputs, {units, rounds, seed, expand, contract});
  const diagonals = fixed.map((row, round) => {
    const factor = (round === rounds - 1 ? gain : 1) / Math.sqrt(n);
    return Float64Array.from(signs?.subarray(n * round, n * (round + 1)) ?? row, (sign) => sign * factor);
  });

  const biases =
    bias && Float64Array.from({length: outer * units * inner}, (_, k) => bias[Math.floor(k / inner) % units]);
  const activated =
    activation !== null && typeof activation === 'object'
      ? pairSteps(activation.config, call.weights, call.outputShape)
      : activationSteps(call, activation);
  // The bias of a pair has the same name, and is its own.
  return [
    projection({outer, inputs, inner, expand, diagonals, kept: kept ?? [...Array(units).keys()]}),
    ...(call.config.useBias ? [shift(biases)] : []),
    ...activated,
  ];
};
