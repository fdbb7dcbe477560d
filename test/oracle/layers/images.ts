/** Windows that slide over images and sequences. */

import {ONE, type Rational, ZERO} from '../rational';
import {type Step, weighted} from '../steps';
import {activated} from './activation';
import {type Call, placeIn, positions, type Reader, sizeOf, upTo} from './call';

/** For each output position, the input positions below its window, and where in the window they are. */
interface Slide {
  /** Sizes of the image along its axes. */
  image: number[];
  size: number[];
  strides: number[];
  dilation: number[];
  same: boolean;
}

/** The options of a layer, along each of its axes of space. */
function slideOf({config, inputShapes: [shape]}: Call, size: unknown, dilation: unknown = 1): Slide {
  const image = shape.slice(0, -1);
  const all = (value: unknown) => (Array.isArray(value) ? value : image.map(() => value)) as number[];
  return {
    image,
    size: all(size),
    strides: all(config.strides),
    dilation: all(dilation),
    same: config.padding === 'same',
  };
}

/** Along one axis: [place in the window, place in the image] of each output. */
function along(length: number, size: number, stride: number, dilation: number, same: boolean): [number, number][][] {
  const reach = (size - 1) * dilation + 1;
  const count = same ? Math.ceil(length / stride) : Math.floor((length - reach) / stride) + 1;
  const before = same ? Math.floor(Math.max(0, (count - 1) * stride + reach - length) / 2) : 0;
  return upTo(count).map((o) =>
    upTo(size)
      .map((k): [number, number] => [k, o * stride - before + k * dilation])
      .filter(([, i]) => i >= 0 && i < length),
  );
}

interface Seen {
  /** In the window, and in the image. */
  at: number[];
  place: number[];
}

function windowsOf({image, size, strides, dilation, same}: Slide): Seen[][] {
  const axes = image.map((length, i) => along(length, size[i], strides[i], dilation[i], same));
  return positions(axes.map((outputs) => outputs.length)).map((output) =>
    output.reduce<Seen[]>(
      (seen, o, axis) =>
        seen.flatMap(({at, place}) => axes[axis][o].map(([k, i]) => ({at: [...at, k], place: [...place, i]}))),
      [{at: [], place: []}],
    ),
  );
}

function convolved(call: Call, slide: Slide, kernel: Rational[], bias: Rational[] | undefined): Step {
  const shape = call.inputShapes[0];
  const channels = shape[shape.length - 1];
  const filters = kernel.length / (sizeOf(slide.size) * channels);
  return weighted(
    windowsOf(slide).flatMap((window) =>
      upTo(filters).map((f) => ({
        from: window.flatMap(({place}) => upTo(channels).map((c) => placeIn(shape, [...place, c]))),
        by: window.flatMap(({at}) =>
          upTo(channels).map((c) => kernel[placeIn([...slide.size, channels, filters], [...at, c, f])]),
        ),
        plus: bias?.[f],
      })),
    ),
  );
}

/** Output channel c * multiplier + m is channel c under its filter m. */
function depthwise(call: Call, slide: Slide, kernel: Rational[], bias: Rational[] | undefined): Step {
  const shape = call.inputShapes[0];
  const channels = shape[shape.length - 1];
  const multiplier = kernel.length / (sizeOf(slide.size) * channels);
  return weighted(
    windowsOf(slide).flatMap((window) =>
      upTo(channels * multiplier).map((o) => {
        const [c, m] = [Math.floor(o / multiplier), o % multiplier];
        return {
          from: window.map(({place}) => placeIn(shape, [...place, c])),
          by: window.map(({at}) => kernel[placeIn([...slide.size, channels, multiplier], [...at, c, m])]),
          plus: bias?.[o],
        };
      }),
    ),
  );
}

export const conv: Reader = (call) => {
  const {kernelSize, dilationRate} = call.config;
  const slide = slideOf(call, kernelSize, dilationRate ?? 1);
  return activated(call, [convolved(call, slide, call.weights.kernel, call.weights.bias)]);
};

export const depthwiseConv2d: Reader = (call) => {
  const slide = slideOf(call, call.config.kernelSize);
  return activated(call, [depthwise(call, slide, call.weights.depthwise_kernel, call.weights.bias)]);
};

export const separableConv2d: Reader = (call) => {
  const {kernelSize, dilationRate} = call.config;
  const {depthwise_kernel: kernel, pointwise_kernel: pointwise, bias} = call.weights;
  const slide = slideOf(call, kernelSize, dilationRate ?? 1);
  const between = [...call.outputShape.slice(0, -1), pointwise.length / call.outputShape[2]];
  const point: Slide = {...slide, image: between.slice(0, -1), size: [1, 1], strides: [1, 1], dilation: [1, 1]};
  const mixed = convolved({...call, inputShapes: [between]}, point, pointwise, bias);
  return activated(call, [depthwise(call, slide, kernel, undefined), mixed]);
};

/** The values of one channel below each window. */
function pooled(call: Call, slide: Slide): number[][] {
  const shape = call.inputShapes[0];
  return windowsOf(slide).flatMap((window) =>
    upTo(shape[shape.length - 1]).map((c) => window.map(({place}) => placeIn(shape, [...place, c]))),
  );
}

/** One window over all of the image. */
const whole = ({inputShapes: [shape]}: Call): Slide => {
  const image = shape.slice(0, -1);
  const ones = image.map(() => 1);
  return {image, size: image, strides: ones, dilation: ones, same: false};
};

const largest = (windows: number[][]): Step[] => [{kind: 'extreme', sign: 1n, windows}];
const mean = (windows: number[][]): Step[] => [
  weighted(windows.map((from) => ({from, by: from.map((): Rational => [1n, BigInt(from.length)])}))),
];

export const maxPooling: Reader = (call) => largest(pooled(call, slideOf(call, call.config.poolSize)));
export const averagePooling: Reader = (call) => mean(pooled(call, slideOf(call, call.config.poolSize)));
export const globalMaxPooling: Reader = (call) => largest(pooled(call, whole(call)));
export const globalAveragePooling: Reader = (call) => mean(pooled(call, whole(call)));

/** Each value of the output is one of the input, or 0 beside it. */
function moved({inputShapes: [shape], outputShape}: Call, from: (at: number[]) => number[]): Step[] {
  return [
    weighted(
      positions(outputShape).map((at) => {
        const place = from(at);
        const isInside = place.every((i, axis) => i >= 0 && i < shape[axis]);
        return isInside ? {from: [placeIn(shape, place)], by: [ONE]} : {from: [], by: [], plus: ZERO};
      }),
    ),
  ];
}

export const zeroPadding2d: Reader = (call) => {
  const [[top], [left]] = call.config.padding;
  return moved(call, ([y, x, c]) => [y - top, x - left, c]);
};

export const cropping2d: Reader = (call) => {
  const [[top], [left]] = call.config.cropping;
  return moved(call, ([y, x, c]) => [y + top, x + left, c]);
};

export const upSampling2d: Reader = (call) => {
  const [height, width] = call.config.size;
  return moved(call, ([y, x, c]) => [Math.floor(y / height), Math.floor(x / width), c]);
};

export const repeatVector: Reader = (call) => moved(call, ([, i]) => [i]);

export const permute: Reader = (call) => {
  const dims: number[] = call.config.dims;
  return moved(call, (at) => call.inputShapes[0].map((_, axis) => at[dims.indexOf(axis + 1)]));
};
