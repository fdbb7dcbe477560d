import {randomPermutation, randomSigns} from '../../math/random';
import {butterflies} from '../../math/walsh_hadamard';
import {shift} from '../affine';
import {refuse, sizeOf, type View} from '../layer_call';
import type {Affine, Step} from '../steps';
import {activationSteps} from './activation';
import {pairSteps} from './relu_pair';

interface Projection {
  /** The axis as the middle one of three. */
  outer: number;
  inputs: number;
  inner: number;
  units: number;
  tile: boolean;
  /** One diagonal [n] a round, with all factors. */
  diagonals: Float64Array[];
  /** The outputs of the transform that are kept. */
  kept: ArrayLike<number>;
}

export const whtProjection: View = (call) => {
  const {config, weights, outputShape} = call;
  const [shape] = call.inputShapes;
  const {units, rounds, seed, expand, contract, activation} = config as {
    units: number;
    rounds: number;
    seed: number;
  } & {
    [option: string]: unknown;
  };
  if (config.inputNorm === 'sphere') {
    refuse(call, "inputNorm 'sphere'", "Its output is curved; use inputNorm 'none'.");
  }
  const axis = (config.axis as number) < 0 ? (config.axis as number) + shape.length : (config.axis as number) - 1;
  const inputs = shape[axis];
  const [outer, inner] = [sizeOf(shape.slice(0, axis)), sizeOf(shape.slice(axis + 1))];
  const n = 2 ** Math.ceil(Math.log2(Math.max(inputs, units)));
  const gain = Math.sqrt(Math.max(1, (expand === 'tile' ? inputs : n) / units));
  const diagonals = Array.from({length: rounds}, (_, round) => {
    const signs = weights.signs?.subarray(n * round, n * (round + 1)) ?? randomSigns(n, seed, round);
    const factor = (round === rounds - 1 ? gain : 1) / Math.sqrt(n);
    return Float64Array.from(signs, (sign) => sign * factor);
  });
  const subsample = contract === 'subsample' && units < n;
  const kept = subsample
    ? randomPermutation(n, seed, rounds).slice(0, units).sort()
    : Int32Array.from({length: units}, (_, i) => i);
  const steps: Step[] = [projection({outer, inputs, inner, units, tile: expand === 'tile', diagonals, kept})];
  const pair = (activation as {className?: string; config: Parameters<typeof pairSteps>[0]} | null) ?? undefined;
  const isPair = pair?.className === 'ReLUPair';
  if (config.useBias) {
    const {bias} = weights;
    const size = outer * units * inner;
    steps.push(shift(Float64Array.from({length: size}, (_, k) => bias[Math.floor(k / inner) % units])));
  }
  return [...steps, ...(isPair ? pairSteps(pair.config, weights, outputShape) : activationSteps(call, activation))];
};

function projection(p: Projection): Affine {
  const {outer, inputs, inner, units, diagonals} = p;
  const n = diagonals[0].length;
  // The transform keeps lengths, and spreads what is large over all outputs.
  const stretch = diagonals.reduce((all, diagonal) => all * largest(diagonal) * Math.sqrt(n), 1);
  const column = new Float64Array(n);
  const columns = (x: Float64Array, rows: number, run: (to: number) => void) => {
    for (let o = 0; o < rows * outer; o++) {
      for (let c = 0; c < inner; c++) {
        for (let i = 0; i < inputs; i++) column[i] = x[(o * inputs + i) * inner + c];
        for (let i = inputs; i < n; i++) column[i] = p.tile ? column[i - inputs] : 0;
        run(o * units * inner + c);
      }
    }
  };
  return {
    kind: 'affine',
    inputs: outer * inputs * inner,
    outputs: outer * units * inner,
    linear: (x, rows) => {
      const y = new Float64Array(rows * outer * units * inner);
      columns(x, rows, (to) => {
        for (const diagonal of diagonals) {
          for (let i = 0; i < n; i++) column[i] *= diagonal[i];
          butterflies(column);
        }
        for (let i = 0; i < units; i++) y[to + i * inner] = column[p.kept[i]];
      });
      return y;
    },
    absolute: (x, rows) => {
      const y = new Float64Array(rows * outer * units * inner);
      columns(x, rows, (to) => {
        let squares = 0;
        for (let i = 0; i < n; i++) squares += column[i] * column[i];
        const bound = stretch * Math.sqrt(squares);
        for (let i = 0; i < units; i++) y[to + i * inner] = bound;
      });
      return y;
    },
    bias: null,
    multiplyAdds: outer * inner * diagonals.length * n * (1 + Math.log2(n)),
  };
}

const largest = (values: Float64Array) => values.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
