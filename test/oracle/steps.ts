/** A network as exact steps. */

import {overOne, type Rational, ZERO} from './rational';

/** Sums of numbers with factors: `(sum_k by[k] x[from[k]] + plus) / scale`. */
export interface Linear {
  kind: 'linear';
  rows: {from: readonly number[]; by: readonly bigint[]; plus: bigint}[];
  scale: bigint;
}

/** One continuous function of one variable a unit. */
export interface Bent {
  kind: 'bent';
  functions: readonly Bend[];
  scale: bigint;
}

/** The largest, or the smallest, of some values. */
export interface Extreme {
  kind: 'extreme';
  sign: 1n | -1n;
  windows: readonly (readonly number[])[];
}

/** The distance to the nearest even number. */
interface Zigzag {
  kind: 'zigzag';
}

export type Step = Linear | Bent | Extreme | Zigzag;

/** `slope x + plus` between two kinks, over the scale of the step. */
export interface Bend {
  kinks: readonly Rational[];
  pieces: readonly {slope: bigint; plus: bigint}[];
}

/** The steps of one layer, which read the values of others. */
export interface Stage {
  /** Places of the values that it reads, 0 for the input of the network. */
  reads: readonly number[];
  steps: readonly Step[];
}

export interface Network {
  inputShape: number[];
  /** Stage i gives the values at place i + 1. */
  stages: Stage[];
  output: number;
  /** A softmax or the like at the end was left out. */
  cut: boolean;
}

export const weighted = (rows: {from: readonly number[]; by: readonly Rational[]; plus?: Rational}[]): Linear => {
  const {integers, scale} = overOne(rows.flatMap(({by, plus}) => [...by, plus ?? ZERO]));
  let next = 0;
  return {
    kind: 'linear',
    scale,
    rows: rows.map(({from, by}) => ({from, by: by.map(() => integers[next++]), plus: integers[next++]})),
  };
};

/** Kinks and the pieces between them, by slope and constant. */
export interface PieceList {
  kinks: readonly Rational[];
  pieces: readonly (readonly [slope: Rational, plus: Rational])[];
}

export function bent(functions: readonly PieceList[]): Bent {
  const straightened = functions.map(straighten);
  const {integers, scale} = overOne(straightened.flatMap(({pieces}) => pieces.flat()));
  let next = 0;
  return {
    kind: 'bent',
    scale,
    functions: straightened.map(({kinks, pieces}) => ({
      kinks,
      pieces: pieces.map(() => ({slope: integers[next++], plus: integers[next++]})),
    })),
  };
}

/** Without kinks at which the slope stays the same. */
function straighten({kinks, pieces}: PieceList): PieceList {
  const isBend = kinks.map((_, i) => {
    const [[a, b], [c, d]] = [pieces[i][0], pieces[i + 1][0]];
    return a * d !== c * b;
  });
  return {kinks: kinks.filter((_, i) => isBend[i]), pieces: pieces.filter((_, i) => i === 0 || isBend[i - 1])};
}
