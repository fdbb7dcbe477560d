/** Dense layers, normalizations and projections. */

import {randomProjection} from '../../../src/math/random_projection';
import {trainableUnits} from '../../../src/math/trainable_units';
import {minus, ONE, over, plus, type Rational, times, ZERO} from '../rational';
import {type Step, weighted} from '../steps';
import {activated, pair} from './activation';
import {type Call, exact, placeIn, positions, type Reader, sizeOf, upTo} from './call';

/** A matrix [inputs][outputs] on the last axis. */
export function onLastAxis(shape: readonly number[], kernel: Rational[], bias: Rational[] | undefined): Step {
  const inputs = shape[shape.length - 1];
  const outputs = kernel.length / inputs;
  const rows = upTo(sizeOf(shape.slice(0, -1))).flatMap((row) =>
    upTo(outputs).map((o) => ({
      from: upTo(inputs).map((i) => row * inputs + i),
      by: upTo(inputs).map((i) => kernel[i * outputs + o]),
      plus: bias?.[o],
    })),
  );
  return weighted(rows);
}

export const dense: Reader = (call) =>
  activated(call, [onLastAxis(call.inputShapes[0], call.weights.kernel, call.weights.bias)]);

export const blockDense: Reader = (call) => {
  const {size} = call.config;
  const [shape] = call.inputShapes;
  const {kernel, bias} = call.weights;
  const rows = positions(shape).map((at, place) => {
    const unit = at[at.length - 1];
    const [block, column] = [Math.floor(unit / size), unit % size];
    return {
      from: upTo(size).map((row) => place - column + row),
      by: upTo(size).map((row) => kernel[(block * size + row) * size + column]),
      plus: bias?.[unit],
    };
  });
  return activated(call, [weighted(rows)]);
};

/** The square root of the number if that is a double, else the double beside it. */
const root = (x: number): Rational => exact(Math.sqrt(x));

export const batchNormalization: Reader = ({config, weights, inputShapes}) => {
  const channels = weights.moving_mean.length;
  const of = upTo(channels).map((c) => {
    const [n, d] = weights.moving_variance[c];
    const scale = over(weights.gamma?.[c] ?? ONE, root(Number(n) / Number(d) + config.epsilon));
    return {scale, plus: minus(weights.beta?.[c] ?? ZERO, times(weights.moving_mean[c], scale))};
  });
  const units = upTo(sizeOf(inputShapes[0]));
  return [weighted(units.map((u) => ({from: [u], by: [of[u % channels].scale], plus: of[u % channels].plus})))];
};

export const rescaling: Reader = ({config, inputShapes}) => {
  const [scale, offset] = [exact(config.scale), exact(config.offset ?? 0)];
  return [weighted(upTo(sizeOf(inputShapes[0])).map((u) => ({from: [u], by: [scale], plus: offset})))];
};

const parity = (bits: number): number => (bits === 0 ? 0 : (bits & 1) ^ parity(bits >>> 1));

/** sqrt(size)^power. */
const rootTo = (size: number, power: number): Rational =>
  times(root(size ** (power % 2)), [BigInt(size) ** BigInt(Math.floor(power / 2)), 1n]);

/** `g S H D ((H D) ... (H D) E x + v)`: the transform as the matrix that its definition is, v in the last column. */
export const whtProjection: Reader = (call) => {
  const {config, weights, outputShape} = call;
  const [shape] = call.inputShapes;
  const axis = config.axis < 0 ? config.axis + shape.length : config.axis - 1;
  const inputs = shape[axis];
  const {size, signs, bias: random, gain, kept} = randomProjection(inputs, config);
  const expanded = upTo(size).map((i) => (config.expand === 'tile' ? i % inputs : i < inputs ? i : null));
  let rows: Rational[][] = expanded.map((from) => upTo(inputs + 1).map((i) => (from === i ? ONE : ZERO)));
  for (const [round, fixed] of signs.entries()) {
    if (random && round === config.rounds - 1) {
      rows = rows.map((row, i) => [
        ...row.slice(0, -1),
        plus(row[inputs], random[i] === undefined ? ZERO : times(exact(random[i]), rootTo(size, round))),
      ]);
    }
    const diagonal = weights.signs?.slice(round * size, (round + 1) * size) ?? Array.from(fixed, exact);
    const signed = rows.map((row, i) => row.map((x) => times(x, diagonal[i])));
    rows = upTo(size).map((i) =>
      upTo(inputs + 1).map((k) =>
        upTo(size).reduce((sum, j) => (parity(i & j) ? minus : plus)(sum, signed[j][k]), ZERO),
      ),
    );
  }
  // Each transform is divided by the root of its size: all of it here.
  const factor = over(exact(gain), rootTo(size, config.rounds));
  const chosen = (kept ? [...kept] : upTo(config.units)).map((i) => rows[i].map((x) => times(x, factor)));
  const linear = weighted(
    positions(outputShape).map((at) => ({
      from: upTo(inputs).map((i) =>
        placeIn(
          shape,
          at.map((value, k) => (k === axis ? i : value)),
        ),
      ),
      by: chosen[at[axis]].slice(0, -1),
      plus: plus(chosen[at[axis]][inputs], config.useBias ? weights.bias[at[axis]] : ZERO),
    })),
  );
  const {activation} = config;
  if (activation === null || typeof activation === 'string') return activated(call, [linear]);
  if (activation.config.useBias) throw new Error('the checker takes the bias of the pair for that of the projection');
  const {negative, positive} = weights;
  return [
    linear,
    ...pair(outputShape, activation.config, {negative, positive}, trained(activation.config, outputShape)),
  ];
};

function trained(
  {parametricFraction, seed, sharedAxes}: {parametricFraction: number; seed: number; sharedAxes: number[] | null},
  shape: readonly number[],
): number[] {
  const units = sizeOf(shape.filter((_, axis) => !sharedAxes?.includes(axis + 1)));
  return [...(trainableUnits(units, parametricFraction, seed) ?? upTo(units))];
}

export const reLUPair: Reader = ({config, weights, outputShape}: Call) =>
  pair(outputShape, config, weights, trained(config, outputShape));
