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
  randomBias: number;
  activation: null | string | {className: 'ReLUPair'; config: PairConfig};
}

export const whtProjection: LayerReader = (call) => {
  const {axis, inputNorm, activation, ...numbers} = call.config as unknown as Config;
  const {units, rounds, expand} = numbers;
  const {signs, bias} = call.weights;
  if (inputNorm === 'sphere') refuse(call, "inputNorm 'sphere'", "Its output is curved; use inputNorm 'none'.");
  const [shape] = call.inputShapes;
  const at = axis < 0 ? axis + shape.length : axis - 1;
  const [outer, inputs, inner] = [sizeOf(shape.slice(0, at)), shape[at], sizeOf(shape.slice(at + 1))];

  const {size: n, signs: fixed, bias: random, gain, kept} = randomProjection(inputs, numbers);
  const diagonals = fixed.map((row, round) => {
    const factor = (round === rounds - 1 ? gain : 1) / Math.sqrt(n);
    return Float64Array.from(signs?.subarray(n * round, n * (round + 1)) ?? row, (sign) => sign * factor);
  });

  const places = kept ?? [...Array(units).keys()];
  const mixed =
    random && lastTransform(diagonals[rounds - 1], random.length, places).linear(Float64Array.from(random), 1);
  // The bias of a pair has the same name, and is its own.
  const own = call.config.useBias ? bias : null;
  const biases = Float64Array.from({length: outer * units * inner}, (_, k) => {
    const unit = Math.floor(k / inner) % units;
    return (mixed?.[unit] ?? 0) + (own?.[unit] ?? 0);
  });
  const activated =
    activation !== null && typeof activation === 'object'
      ? pairSteps(activation.config, call.weights, call.outputShape)
      : activationSteps(call, activation);
  return [
    projection({outer, inputs, inner, expand, diagonals, kept: places}),
    ...(mixed || own ? [shift(biases)] : []),
    ...activated,
  ];
};

const lastTransform = (diagonal: Float64Array, inputs: number, kept: ArrayLike<number>) =>
  projection({outer: 1, inputs, inner: 1, expand: 'pad', diagonals: [diagonal], kept});
