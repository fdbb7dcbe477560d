import type {backend_util} from '@tensorflow/tfjs';
import {CONVOLUTION} from './convolution_bytes';
import type {SimdKernels} from './instance';
import type {ConvolutionModule} from './modules';
import type {Planner} from './plan';

/** As in assembly/convolution.ts. */
const [FILTER, DEPTHWISE_FILTER, DEPTHWISE_INPUT] = [0, 1, 2];

/** The attributes are what tfjs computes of a convolution. */
const infoOf = (attrs: object | undefined) => attrs as backend_util.Conv2DInfo;

function walk(info: backend_util.Conv2DInfo) {
  const {batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels} = info;
  const {filterHeight, filterWidth, strideHeight, strideWidth, dilationHeight, dilationWidth, padInfo} = info;
  const window = [filterHeight, filterWidth, strideHeight, strideWidth, dilationHeight, dilationWidth] as const;
  // One pixel for one: an image is then one long row.
  const isPointwise = window.every((size) => size === 1) && inHeight === outHeight && inWidth === outWidth;
  const [height, outRows] = isPointwise ? [1, 1] : [inHeight, outHeight];
  const [width, outColumns] = isPointwise ? [inHeight * inWidth, outHeight * outWidth] : [inWidth, outWidth];
  return [
    ...([batchSize, height, width, inChannels, outRows, outColumns, outChannels] as const),
    ...window,
    ...([padInfo.top, padInfo.left] as const),
  ] as const;
}

const filterGradient =
  (kind: number): Planner<ConvolutionModule> =>
  (native, {x, dy}, attrs) => {
    const info = infoOf(attrs);
    return {
      inputs: [x, dy],
      outputs: [info.filterShape],
      run: ([from, up], [dfilter]) => native.convolutionGradient(kind, from, up, dfilter, ...walk(info)),
    };
  };

const inputGradient: Planner<ConvolutionModule> = (native, {dy, filter}, attrs) => {
  const info = infoOf(attrs);
  return {
    inputs: [dy, filter],
    outputs: [info.inShape],
    run: ([up, taps], [dx]) => native.convolutionGradient(DEPTHWISE_INPUT, dx, up, taps, ...walk(info)),
  };
};

export const convolution: SimdKernels<ConvolutionModule> = {
  module: CONVOLUTION,
  planners: {
    Conv2DBackpropFilter: filterGradient(FILTER),
    DepthwiseConv2dNativeBackpropFilter: filterGradient(DEPTHWISE_FILTER),
    DepthwiseConv2dNativeBackpropInput: inputGradient,
  },
};
