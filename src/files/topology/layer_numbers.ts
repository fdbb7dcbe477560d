/** How many numbers layers keep, from their options alone: nothing is made of them. */

import {at, axisOf, type Options, product, type Rule, type Shape, whole} from './layer_shapes';

type OfOne = (options: Options, input: Shape) => number;

/** One where it is not known, so that what comes of it is at most what the layer needs. */
const features = (input: Shape): number => input?.at(-1) ?? 1;

const channels: OfOne = ({dataFormat}, input) =>
  /first/i.test(String(dataFormat)) ? (input?.at(-3) ?? 1) : features(input);

const recurrent =
  (gates: number): OfOne =>
  ({units}, input) =>
    gates * whole(units) * (whole(units) + features(input));

const window = ({kernelSize}: Options, rank: number): number =>
  product(Array.from({length: rank}, (_, axis) => at(kernelSize, axis)));

const convolution =
  (rank: number): OfOne =>
  (options, input) => {
    const isFirst = /first/i.test(String(options.dataFormat));
    const depth = isFirst ? (input?.[0] ?? 1) : features(input);
    return window(options, rank) * depth * whole(options.filters);
  };

/** A number for each place along all axes but those that are shared, which count from 1. */
const perUnit: OfOne = ({sharedAxes}, input) => {
  const shared = [sharedAxes].flat();
  return product((input ?? []).map((size, i) => (shared.includes(i + 1) ? 1 : size)));
};

const along: OfOne = ({axis = -1}, input) => {
  if (input === null) return 1;
  return product([axis].flat().map((each) => input[axisOf(each, input.length)] ?? 1));
};

const rules = (names: string, rule: OfOne): [string, Rule<number>][] =>
  names.split(' ').map((name) => [name, (options, [input = null]) => rule(options, input)]);

/** At least so many weights, all of which the file must have. */
export const WEIGHTS: ReadonlyMap<string, Rule<number>> = new Map<string, Rule<number>>([
  ...rules('Dense', ({units}, input) => features(input) * whole(units)),
  ...rules('Conv1D', convolution(1)),
  ...rules('Conv2D Conv2DTranspose', convolution(2)),
  ...rules('Conv3D Conv3DTranspose', convolution(3)),
  ...rules('DepthwiseConv2D', (options, input) =>
    product([window(options, 2), channels(options, input), whole(options.depthMultiplier)]),
  ),
  ...rules('SeparableConv2D', (options, input) => {
    const depth = channels(options, input) * whole(options.depthMultiplier);
    return depth * (window(options, 2) + whole(options.filters));
  }),
  ...rules('ConvLSTM2D ConvLSTM2DCell', (options, input) => {
    const filters = whole(options.filters);
    return 4 * window(options, 2) * filters * (channels(options, input) + filters);
  }),
  ...rules('Embedding', ({inputDim, outputDim}) => whole(inputDim) * whole(outputDim)),
  ...rules('SimpleRNN SimpleRNNCell', recurrent(1)),
  ...rules('GRU GRUCell', recurrent(3)),
  ...rules('LSTM LSTMCell', recurrent(4)),
  ...rules('PReLU', perUnit),
  ...rules('BatchNormalization', (options, input) => 2 * along(options, input)),
  ...rules('LayerNormalization', ({center = true, scale = true, ...options}, input) =>
    center || scale ? along(options, input) : 0,
  ),
]);

/** Weights, and what the layer draws from its seed; of these the file has any part. */
export const HELD: ReadonlyMap<string, Rule<number>> = new Map<string, Rule<number>>([
  ...rules(
    'WHTProjection',
    ({rounds, units, axis}, input) => (whole(rounds) + 1) * Math.max(whole(units), along({axis}, input)),
  ),
  ...rules('ReLUPair', perUnit),
  ...rules('TriangleWave', ({depth}, input) => whole(depth) * features(input)),
  ...rules('RegionDense', ({units, subnets}, input) => whole(subnets ?? units) * (features(input) + whole(units))),
  ...rules('BlockDense', ({size}, input) => whole(size) * Math.max(whole(size), features(input))),
]);
