import type {PairConfig} from '../../../layers/relu_pair';
import {BIAS_STREAM} from '../../../math/random';
import {type ProjectionArgs, randomProjection} from '../../../math/random_projection';
import type {GraphBuilder} from '../builder';
import {knownSizes, type Lowering, weight} from '../layer_call';
import type {Value} from '../operations';
import {activated} from './activation';
import {rootMeanSquare} from './normalization';
import {pair} from './relu_pair';

interface Config extends Omit<ProjectionArgs, 'inputs'> {
  axis: number;
  inputNorm: 'none' | 'sphere';
  useBias: boolean;
  activation: unknown;
}

export const whtProjection: Lowering = (call, graph) => {
  const {axis: given, inputNorm, useBias, activation, ...numbers} = call.config as unknown as Config;
  const [input] = call.inputs;
  const last = input.shape.length - 1;
  const axis = given < 0 ? given + last + 1 : given;
  const swapped = (value: Value) => (axis === last ? value : graph.transpose(value, swap(axis, last)));

  const inputs = knownSizes(call, input.shape)[axis - 1];
  const {units, expand, seed, rounds} = numbers;
  const {size, signs, bias, biasLimit, gain, kept} = randomProjection(inputs, numbers);
  const normal = (value: Value) => graph.binary('div', value, rootMeanSquare(graph, value, [last], 1e-20));
  let x = swapped(input);
  if (inputNorm === 'sphere') x = normal(x);
  x = expanded(graph, x, size, expand);
  for (const [round, fixed] of signs.entries()) {
    const trained = call.weights.signs?.values.subarray(size * round, size * (round + 1));
    const isLast = round === signs.length - 1;
    if (isLast && bias) {
      const drawn = {what: 'uniform', seed, round: BIAS_STREAM, scale: biasLimit} as const;
      const start = graph.constant(`${call.name}/random_bias`, bias, [bias.length], {drawn});
      const rest = size - bias.length;
      x = graph.binary('add', x, rest === 0 ? start : graph.pad(start, [[0, rest]]));
    }
    // What normalizes the transform rides on the diagonal, too.
    const scale = (isLast ? gain : 1) / Math.sqrt(size);
    const factors = (trained ?? fixed).map((sign) => sign * scale);
    const drawn = trained ? undefined : ({what: 'signs', seed, round, scale: Math.fround(scale)} as const);
    const diagonal = graph.constant(`${call.name}/signs${round}`, factors, [size], {drawn});
    x = graph.walshHadamard(graph.binary('mul', x, diagonal));
  }
  if (kept) {
    const drawn = {what: 'subsample', seed, round: rounds, from: size} as const;
    x = graph.gather(x, last, graph.constant(`${call.name}/kept`, kept, [units], {drawn}));
  } else if (units < size) {
    x = graph.slice(x, last, 0, units);
  }
  if (useBias) x = graph.binary('add', x, weight(call, 'bias', graph));
  const y = swapped(x);
  return isPair(activation) ? pair(call, y, activation.config, graph) : activated(call, y, graph);
};

const isPair = (activation: unknown): activation is {config: PairConfig} =>
  (activation as {className?: string} | null)?.className === 'ReLUPair';

/** The last axis made longer: by its own units again from the first on, or by zeros. */
function expanded(graph: GraphBuilder, x: Value, size: number, how: 'tile' | 'pad'): Value {
  const last = x.shape.length - 1;
  const units = x.shape[last]!;
  if (units === size) return x;
  if (how === 'pad')
    return graph.pad(
      x,
      x.shape.map((_, i) => [0, i === last ? size - units : 0]),
    );
  const copies = Math.floor(size / units);
  const whole = copies === 1 ? x : graph.tile(x, last, copies);
  const rest = size - copies * units;
  return rest === 0 ? whole : graph.concat([whole, graph.slice(x, last, 0, rest)], last);
}

/** The permutation that swaps an axis with the last one. */
function swap(axis: number, last: number): number[] {
  return Array.from({length: last + 1}, (_, i) => (i === axis ? last : i === last ? axis : i));
}
