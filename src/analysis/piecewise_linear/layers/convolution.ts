import {convolution, depthwiseConvolution, transposedConvolution} from '../convolution';
import {alongAxes, type LayerCall, type LayerReader, refuse, type Volume, volumeOf} from '../layer_call';
import type {Windowing} from '../windows';
import {activationSteps} from './activation';

/** How the windows of a convolution lie. */
function windowingOf(call: LayerCall, dilation: unknown = call.config.dilationRate): Windowing {
  const {kernelSize, strides, padding} = call.config;
  if (padding !== 'same' && padding !== 'valid') {
    refuse(call, `padding '${padding}'`, "Use 'same' or 'valid', or a padding layer before it.");
  }
  const [size, steps, spread] = [kernelSize, strides, dilation].map((option) => alongAxes([option].flat() as number[]));
  return {size, strides: steps, dilation: spread, padding};
}

/** Volumes, images and sequences alike. */
export const conv: LayerReader = (call) => {
  const {kernel, bias} = call.weights;
  const linear = convolution(kernel, bias ?? null, volumeOf(call), windowingOf(call));
  return [linear, ...activationSteps(call, call.config.activation)];
};

export const convTranspose: LayerReader = (call) => {
  const {kernel, bias} = call.weights;
  const windowing = windowingOf(call, [1]);
  const {outputShape} = call;
  const output: Volume = [...alongAxes(outputShape.slice(0, -1)), outputShape[outputShape.length - 1]];
  const linear = transposedConvolution(kernel, bias ?? null, output, windowing);
  return [linear, ...activationSteps(call, call.config.activation)];
};

/** tfjs ignores the dilation of these, but not of separable ones. */
export const depthwiseConv2d: LayerReader = (call) => {
  const {depthwise_kernel: kernel, bias} = call.weights;
  const linear = depthwiseConvolution(kernel, bias ?? null, volumeOf(call), windowingOf(call, [1, 1]));
  return [linear, ...activationSteps(call, call.config.activation)];
};

export const separableConv2d: LayerReader = (call) => {
  const {depthwise_kernel: kernel, pointwise_kernel: pointwise, bias} = call.weights;
  const [height, width, filters] = call.outputShape;
  const each = depthwiseConvolution(kernel, null, volumeOf(call), windowingOf(call));
  const point: Windowing = {size: [1, 1, 1], strides: [1, 1, 1], dilation: [1, 1, 1], padding: 'valid'};
  const mixed = convolution(pointwise, bias ?? null, [1, height, width, pointwise.length / filters], point);
  return [each, mixed, ...activationSteps(call, call.config.activation)];
};
