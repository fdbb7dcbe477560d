import {dense as affine} from '../affine';
import {convolution} from '../convolution';
import {imageOf, sizeOf, type View} from '../layer_call';
import type {Windowing} from '../windows';
import {activationSteps} from './activation';

export const dense: View = (call) => {
  const shape = call.inputShapes[0];
  const positions = sizeOf(shape.slice(0, -1));
  const {kernel, bias} = call.weights;
  return [
    affine(kernel, bias ?? null, shape[shape.length - 1], positions),
    ...activationSteps(call, call.config.activation),
  ];
};

export const conv2d: View = (call) => {
  const {kernelSize, strides, dilationRate, padding, activation} = call.config;
  const windowing = {size: kernelSize, strides, dilation: dilationRate, padding} as Windowing;
  const {kernel, bias} = call.weights;
  return [convolution(kernel, bias ?? null, imageOf(call), windowing), ...activationSteps(call, activation)];
};
