/** What usual layers make of a shape and of memory, from their options alone: nothing is made of them. */

export type Options = {readonly [key: string]: unknown};

/** Of one example; null where it is not known, as after a layer that is not in the tables below. */
export type Shape = readonly number[] | null;

type Rule<T> = (options: Options, input: Shape) => T;

const whole = (value: unknown): number => (Number.isInteger(value) && (value as number) > 0 ? (value as number) : 1);
const product = (sizes: readonly number[]): number => sizes.reduce((all, size) => all * size, 1);
/** One where it is not known, so that what comes of it is at most what the layer needs. */
const features = (input: Shape): number => input?.at(-1) ?? 1;
const units: Rule<Shape> = (options, input) =>
  input && [...input.slice(0, -1), whole(options.units ?? options.filters)];
const channelsFirst = ({dataFormat}: Options): boolean => /first/i.test(String(dataFormat));

function recurrent(gates: number): Rule<number> {
  return (options, input) => gates * whole(options.units) * (whole(options.units) + features(input));
}

const convolution: Rule<number> = (options, input) => {
  const channels = channelsFirst(options) ? (input?.[0] ?? 1) : features(input);
  return product([options.kernelSize].flat().map(whole)) * channels * whole(options.filters);
};

/** How many numbers a layer keeps at least: weights, and those that it draws from its seed. */
export const NUMBERS: ReadonlyMap<string, Rule<number>> = new Map<string, Rule<number>>([
  ['Dense', (options, input) => features(input) * whole(options.units)],
  ...['Conv1D', 'Conv2D', 'Conv3D', 'Conv2DTranspose', 'Conv3DTranspose'].map((name): [string, Rule<number>] => [
    name,
    convolution,
  ]),
  ['Embedding', ({inputDim, outputDim}) => whole(inputDim) * whole(outputDim)],
  ...(['', 'Cell'] as const).flatMap((end): [string, Rule<number>][] => [
    [`SimpleRNN${end}`, recurrent(1)],
    [`GRU${end}`, recurrent(3)],
    [`LSTM${end}`, recurrent(4)],
  ]),
  // Along whatever axis.
  ['BatchNormalization', (_, input) => 2 * Math.min(...(input ?? [1]))],
  ['LayerNormalization', (_, input) => Math.min(...(input ?? [1]))],
  ['WHTProjection', ({rounds, units}, input) => whole(rounds) * Math.max(whole(units), Math.min(...(input ?? [1])))],
  ['ReLUPair', ({sharedAxes}, input) => ([sharedAxes].flat().some(Number.isInteger) ? 1 : product(input ?? [1]))],
  ['TriangleWave', ({depth}, input) => whole(depth) * features(input)],
  ['RegionDense', ({units, subnets}, input) => whole(subnets ?? units) * (features(input) + whole(units))],
  ['BlockDense', ({size}, input) => whole(size) * Math.max(whole(size), features(input))],
]);

const KEEPING = [
  ...['Activation', 'ReLU', 'LeakyReLU', 'ELU', 'PReLU', 'Softmax', 'ThresholdedReLU', 'Dropout', 'AlphaDropout'],
  ...['GaussianDropout', 'GaussianNoise', 'SpatialDropout1D', 'BatchNormalization', 'LayerNormalization', 'Masking'],
  ...['Rescaling', 'ReLUPair', 'TriangleWave', 'BlockDense', 'Add', 'Average', 'Maximum', 'Minimum', 'Multiply'],
];

/** A window that slides over the axes between examples and channels. */
const slide: Rule<Shape> = (options, input) => {
  if (input === null || channelsFirst(options)) return null;
  const at = (value: unknown, axis: number): number => whole(Array.isArray(value) ? (value[axis] ?? value[0]) : value);
  const kernel = options.kernelSize ?? options.poolSize ?? 2;
  const spatial = input.slice(0, -1).map((length, axis) => {
    const stride = at(options.strides ?? options.poolSize, axis);
    if (options.padding === 'same' || options.padding === 'causal') return Math.ceil(length / stride);
    return Math.max(0, Math.floor((length - (at(kernel, axis) - 1) * at(options.dilationRate, axis) - 1) / stride) + 1);
  });
  return [...spatial, options.filters === undefined ? features(input) : whole(options.filters)];
};

/** The shape that a layer gives. */
export const OUTPUTS: ReadonlyMap<string, Rule<Shape>> = new Map<string, Rule<Shape>>([
  ...['Dense', 'RegionDense'].map((name): [string, Rule<Shape>] => [name, units]),
  [
    'WHTProjection',
    (options, input) => ([undefined, -1].includes(options.axis as number) ? units(options, input) : null),
  ],
  ['Embedding', ({outputDim}, input) => input && [...input, whole(outputDim)]],
  ['Flatten', (_, input) => input && [product(input)]],
  ['Reshape', reshaped],
  ['RepeatVector', ({n}, input) => input && [whole(n), ...input]],
  ...KEEPING.map((name): [string, Rule<Shape>] => [name, (_, input) => input]),
  ...['Conv1D', 'Conv2D', 'Conv3D', 'MaxPooling1D', 'MaxPooling2D', 'MaxPooling3D'].map(
    (name): [string, Rule<Shape>] => [name, slide],
  ),
  ...['AveragePooling1D', 'AveragePooling2D', 'AveragePooling3D'].map((name): [string, Rule<Shape>] => [name, slide]),
]);

/** One of the sizes may be left open. */
function reshaped({targetShape}: Options, input: Shape): Shape {
  if (!Array.isArray(targetShape)) return null;
  const isOpen = (size: unknown) => size === null || size === -1;
  const given = product(targetShape.map((size) => (isOpen(size) ? 1 : whole(size))));
  const open = input === null ? 1 : product(input) / given;
  return targetShape.map((size) => (isOpen(size) ? open : whole(size)));
}
