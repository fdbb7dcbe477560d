/** The shapes that layers give, from their options alone: nothing is made of them. */

export type Options = {readonly [key: string]: unknown};

/** The shape of one example; null where it is not known, as after a layer of somebody else. */
export type Shape = readonly number[] | null;

export type Rule<T> = (options: Options, inputs: readonly Shape[]) => T;
type OfOne = (options: Options, input: readonly number[]) => Shape;

/** At least one, so that what comes of it is at most what the layer needs. */
export const whole = (value: unknown): number =>
  Number.isInteger(value) && (value as number) > 0 ? (value as number) : 1;
export const product = (sizes: readonly number[]): number => sizes.reduce((all, size) => all * size, 1);
/** One size for each axis, or one for all. */
export const at = (value: unknown, axis: number): number =>
  whole(Array.isArray(value) ? (value[axis] ?? value[0]) : value);
/** The number of an axis without that of the batch. */
export const axisOf = (axis: unknown, rank: number): number =>
  Number(axis) < 0 ? rank + Number(axis) : Number(axis) - 1;

const ofOne =
  (rule: OfOne): Rule<Shape> =>
  (options, [input = null]) =>
    input && rule(options, input);

/** A rule for images with their channels last, also where they come first. */
const images = (rule: OfOne): Rule<Shape> =>
  ofOne((options, input) => {
    if (!/first/i.test(String(options.dataFormat))) return rule(options, input);
    const y = rule(options, [...input.slice(1), input[0]]);
    return y && [...y.slice(-1), ...y.slice(0, -1)];
  });

const last = (input: readonly number[]): number => input.at(-1) ?? 1;
const withLast = (input: readonly number[], size: number): Shape => [...input.slice(0, -1), size];
const replaced = (input: readonly number[], axis: number, size: number): Shape =>
  input.map((old, i) => (i === axis ? size : old));

/** A window that slides over the axes between examples and channels. */
function slid(options: Options, input: readonly number[], channels: number): readonly number[] {
  const kernel = options.kernelSize ?? options.poolSize ?? 2;
  const spatial = input.slice(0, -1).map((length, axis) => {
    const stride = at(options.strides ?? options.poolSize, axis);
    if (options.padding === 'same' || options.padding === 'causal') return Math.ceil(length / stride);
    const reach = (at(kernel, axis) - 1) * at(options.dilationRate, axis) + 1;
    return Math.max(0, Math.floor((length - reach) / stride) + 1);
  });
  return [...spatial, channels];
}

const convolved: OfOne = (options, input) => slid(options, input, whole(options.filters));
const pooled: OfOne = (options, input) => slid(options, input, last(input));
const depthwise: OfOne = (options, input) =>
  slid({...options, dilationRate: 1}, input, last(input) * whole(options.depthMultiplier));

const transposed: OfOne = (options, input) => {
  const spatial = input.slice(0, -1).map((length, axis) => {
    const stride = at(options.strides, axis);
    return length * stride + (options.padding === 'same' ? 0 : Math.max(0, at(options.kernelSize, axis) - stride));
  });
  return [...spatial, whole(options.filters)];
};

/** Rows or columns added on both sides; negative for those that are cut off. */
function grown(sides: unknown, sign: 1 | -1, input: readonly number[]): Shape {
  return input.map((length, axis) => {
    if (axis === input.length - 1) return length;
    const side = Array.isArray(sides) ? sides[axis] : sides;
    const both = Array.isArray(side) ? whole0(side[0]) + whole0(side[1]) : 2 * whole0(side);
    return Math.max(0, length + sign * both);
  });
}

const whole0 = (value: unknown): number => (Number.isInteger(value) ? (value as number) : 0);

const recurrent: OfOne = ({units, returnSequences}, [time]) =>
  returnSequences === true ? [time, whole(units)] : [whole(units)];

const recurrentImages: OfOne = (options, [time, ...image]) => {
  const y = convolved(options, image);
  return options.returnSequences === true ? y && [time, ...y] : y;
};

/** One of the sizes may be left open. */
const reshaped: OfOne = ({targetShape}, input) => {
  if (!Array.isArray(targetShape)) return null;
  const isOpen = (size: unknown) => size === null || size === -1;
  const given = product(targetShape.map((size) => (isOpen(size) ? 1 : whole(size))));
  return targetShape.map((size) => (isOpen(size) ? product(input) / given : whole(size)));
};

/** All sizes as large as the largest of the inputs there. */
const merged: Rule<Shape> = (_, inputs) => {
  const known = inputs.filter((shape) => shape !== null);
  const rank = Math.max(0, ...known.map(({length}) => length));
  if (known.length === 0) return null;
  return Array.from({length: rank}, (_, i) => Math.max(...known.map((shape) => shape[i - rank + shape.length] ?? 1)));
};

const concatenated: Rule<Shape> = ({axis = -1}, inputs) => {
  const [first] = inputs;
  if (!first || inputs.includes(null)) return null;
  const place = axisOf(axis, first.length);
  return replaced(
    first,
    place,
    inputs.reduce((sum, shape) => sum + (shape?.[place] ?? 0), 0),
  );
};

const dotted: Rule<Shape> = ({axes}, [a = null, b = null]) => {
  if (a === null || b === null) return null;
  const [left, right] = [a, b].map((shape, i) => {
    const axis = axisOf(Array.isArray(axes) ? axes[i] : axes, shape.length);
    return shape.filter((_, place) => place !== axis);
  });
  return left.length + right.length === 0 ? [1] : [...left, ...right];
};

const keep: Rule<Shape> = ofOne((_, input) => input);

const rules = (names: string, rule: Rule<Shape>): [string, Rule<Shape>][] =>
  names.split(' ').map((name) => [name, rule]);

export const OUTPUTS: ReadonlyMap<string, Rule<Shape>> = new Map<string, Rule<Shape>>([
  ...rules('Activation ReLU LeakyReLU ELU PReLU Softmax ThresholdedReLU Masking Rescaling', keep),
  ...rules('Dropout AlphaDropout GaussianDropout GaussianNoise SpatialDropout1D', keep),
  ...rules('BatchNormalization LayerNormalization ReLUPair TriangleWave BlockDense', keep),
  ...rules('Add Average Maximum Minimum Multiply', merged),
  ...rules('Concatenate', concatenated),
  ...rules('Dot', dotted),
  ...rules(
    'Dense RegionDense',
    ofOne(({units}, input) => withLast(input, whole(units))),
  ),
  ...rules(
    'WHTProjection',
    ofOne(({units, axis = -1}, input) => replaced(input, axisOf(axis, input.length), whole(units))),
  ),
  ...rules(
    'Embedding',
    ofOne(({outputDim}, input) => [...input, whole(outputDim)]),
  ),
  ...rules(
    'Flatten',
    ofOne((_, input) => [product(input)]),
  ),
  ...rules('Reshape', ofOne(reshaped)),
  ...rules(
    'RepeatVector',
    ofOne(({n}, input) => [whole(n), ...input]),
  ),
  ...rules(
    'Permute',
    ofOne(({dims}, input) => (Array.isArray(dims) ? dims.map((axis) => input[Number(axis) - 1] ?? 1) : null)),
  ),
  ...rules('Conv1D Conv2D Conv3D SeparableConv2D', images(convolved)),
  ...rules('Conv2DTranspose Conv3DTranspose', images(transposed)),
  ...rules('DepthwiseConv2D', images(depthwise)),
  ...rules('MaxPooling1D MaxPooling2D MaxPooling3D AveragePooling1D AveragePooling2D AveragePooling3D', images(pooled)),
  ...rules(
    'GlobalAveragePooling1D GlobalMaxPooling1D GlobalAveragePooling2D GlobalMaxPooling2D',
    images((_, input) => [last(input)]),
  ),
  ...rules(
    'ZeroPadding2D',
    images(({padding}, input) => grown(padding, 1, input)),
  ),
  ...rules(
    'Cropping2D',
    images(({cropping}, input) => grown(cropping, -1, input)),
  ),
  ...rules(
    'UpSampling2D',
    images(({size}, input) => input.map((length, axis) => (axis < 2 ? length * at(size, axis) : length))),
  ),
  ...rules(
    'Resizing CenterCrop',
    ofOne(({height, width}, input) => [whole(height), whole(width), last(input)]),
  ),
  ...rules(
    'CategoryEncoding',
    ofOne(({numTokens}, input) => withLast(input, whole(numTokens))),
  ),
  ...rules('SimpleRNN GRU LSTM', ofOne(recurrent)),
  ...rules('ConvLSTM2D', images(recurrentImages)),
]);
