import {ONE, type Rational, times, ZERO} from '../rational';
import {bent, type PieceList, type Step} from '../steps';
import {type Call, exact, placeIn, positions, type Reader, sizeOf, upTo} from './call';

const FLAT = [ZERO, ZERO] as const;

/** Two slopes that meet at 0. */
const twoSlopes = (negative: Rational, positive: Rational): PieceList => ({
  kinks: [ZERO],
  pieces: [
    [negative, ZERO],
    [positive, ZERO],
  ],
});

/** x between 0 and a number. */
const cappedAt = (most: Rational): PieceList =>
  most[0] === 0n ? {kinks: [], pieces: [FLAT]} : {kinks: [ZERO, most], pieces: [FLAT, [ONE, ZERO], [ZERO, most]]};

/** x / 5 + 1 / 2 between 0 and 1. */
const HARD_SIGMOID: PieceList = {
  kinks: [
    [-5n, 2n],
    [5n, 2n],
  ],
  pieces: [
    FLAT,
    [
      [1n, 5n],
      [1n, 2n],
    ],
    [ZERO, ONE],
  ],
};

const BY_NAME: {[name: string]: PieceList} = {
  relu: twoSlopes(ZERO, ONE),
  relu6: cappedAt([6n, 1n]),
  hardSigmoid: HARD_SIGMOID,
};

const everywhere = (f: PieceList, {outputShape}: Call): Step[] => [bent(new Array(sizeOf(outputShape)).fill(f))];

/** An activation by name; null for none. */
export function listOf(name: string | null | undefined): PieceList | null {
  if (name === null || name === undefined || name === 'linear') return null;
  if (BY_NAME[name]) return BY_NAME[name];
  throw new Error(`the checker does not know the activation ${name}`);
}

/** Steps of an activation by name; null for one that bends everywhere, which can be left out at the end. */
export function activated(call: Call, before: Step[], name = call.config.activation): Step[] | 'cut' {
  const f = listOf(name);
  return f ? [...before, ...everywhere(f, call)] : before;
}

export const activation: Reader = (call) => activated(call, []);
export const softmax: Reader = () => 'cut';

export const reLU: Reader = (call) => {
  const {maxValue} = call.config;
  return everywhere(maxValue === null || maxValue === undefined ? BY_NAME.relu : cappedAt(exact(maxValue)), call);
};

export const leakyReLU: Reader = (call) => everywhere(twoSlopes(exact(call.config.alpha), ONE), call);

/** For each unit its own place among those that do not share their weights. */
function owners(shape: readonly number[], sharedAxes: number[] | null): number[] {
  const own = shape.map((n, axis) => (sharedAxes?.includes(axis + 1) ? 1 : n));
  return positions(shape).map((at) =>
    placeIn(
      own,
      at.map((i, axis) => (own[axis] === 1 ? 0 : i)),
    ),
  );
}

export const pReLU: Reader = ({config, weights, outputShape}) => {
  const axes = config.sharedAxes === null || config.sharedAxes === undefined ? null : [config.sharedAxes].flat();
  return [bent(owners(outputShape, axes).map((place) => twoSlopes(weights.alpha[place], ONE)))];
};

/** `trained` are the units that own two slopes; the others are ReLUs times a gain. */
export function pair(
  shape: readonly number[],
  config: {sharedAxes: number[] | null; fixedGain: number},
  weights: Call['weights'],
  trained: readonly number[],
): Step[] {
  const places = owners(shape, config.sharedAxes);
  const functions = upTo(1 + Math.max(...places)).map((unit) => {
    const at = trained.indexOf(unit);
    return at < 0 ? twoSlopes(ZERO, exact(config.fixedGain)) : twoSlopes(weights.negative[at], weights.positive[at]);
  });
  if (weights.bias === undefined) return [bent(places.map((place) => functions[place]))];
  const shifted = places.map((place): PieceList => {
    const bias = weights.bias[place];
    const {pieces} = functions[place];
    return {
      kinks: [[-bias[0], bias[1]]],
      pieces: pieces.map(([slope]) => [slope, times(slope, bias)] as const),
    };
  });
  return [bent(shifted)];
}
