import {randomPermutation, randomSigns} from '../../math/random';
import {shift} from '../affine';
import {refuse, sizeOf, type View} from '../layer_call';
import {projection} from '../projection';
import {activationSteps} from './activation';
import {type PairConfig, pairSteps} from './relu_pair';

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

export const whtProjection: View = (call) => {
  const {units, rounds, seed, axis, expand, contract, inputNorm, activation} = call.config as unknown as Config;
  const {signs, bias} = call.weights;
  if (inputNorm === 'sphere') refuse(call, "inputNorm 'sphere'", "Its output is curved; use inputNorm 'none'.");
  const [shape] = call.inputShapes;
  const at = axis < 0 ? axis + shape.length : axis - 1;
  const [outer, inputs, inner] = [sizeOf(shape.slice(0, at)), shape[at], sizeOf(shape.slice(at + 1))];

  const n = 2 ** Math.ceil(Math.log2(Math.max(inputs, units)));
  const gain = Math.sqrt(Math.max(1, (expand === 'tile' ? inputs : n) / units));
  const diagonals = Array.from({length: rounds}, (_, round) => {
    const factor = (round === rounds - 1 ? gain : 1) / Math.sqrt(n);
    const own = signs?.subarray(n * round, n * (round + 1)) ?? randomSigns(n, seed, round);
    return Float64Array.from(own, (sign) => sign * factor);
  });
  const isRandom = contract === 'subsample' && units < n;
  const kept = isRandom ? randomPermutation(n, seed, rounds).slice(0, units).sort() : [...Array(units).keys()];

  const biases =
    bias && Float64Array.from({length: outer * units * inner}, (_, k) => bias[Math.floor(k / inner) % units]);
  const activated =
    activation !== null && typeof activation === 'object'
      ? pairSteps(activation.config, call.weights, call.outputShape)
      : activationSteps(call, activation);
  // The bias of a pair has the same name, and is its own.
  return [
    projection({outer, inputs, inner, expand, diagonals, kept}),
    ...(call.config.useBias ? [shift(biases)] : []),
    ...activated,
  ];
};
