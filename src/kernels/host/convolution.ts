import type {backend_util, TensorInfo} from '@tensorflow/tfjs';
import {
  type ConvolutionInfo,
  convolutionFilterGradient,
  depthwiseFilterGradient,
  depthwiseInputGradient,
} from '../../math/convolution';
import type {HostKernel} from './memory';

type Loop = (a: Float32Array, b: Float32Array, info: ConvolutionInfo) => Float32Array;

const filterGradient =
  (loop: Loop): HostKernel =>
  (memory) =>
  ({inputs, attrs, backend}) => {
    const info = attrs as unknown as backend_util.Conv2DInfo;
    const [x, dy] = [inputs.x, inputs.dy].map((tensor) => memory.read(backend, tensor as TensorInfo));
    return memory.write(backend, info.filterShape, loop(x, dy, info));
  };

const inputGradient: HostKernel =
  (memory) =>
  ({inputs, attrs, backend}) => {
    const info = attrs as unknown as backend_util.Conv2DInfo;
    const [dy, filter] = [inputs.dy, inputs.filter].map((tensor) => memory.read(backend, tensor as TensorInfo));
    return memory.write(backend, info.inShape, depthwiseInputGradient(dy, filter, info));
  };

/** The derivatives of convolutions, by the names of their kernels. Their attributes are what tfjs computes of a convolution. */
export const convolutionHost: {[kernel: string]: HostKernel} = {
  Conv2DBackpropFilter: filterGradient(convolutionFilterGradient),
  DepthwiseConv2dNativeBackpropFilter: filterGradient(depthwiseFilterGradient),
  DepthwiseConv2dNativeBackpropInput: inputGradient,
};
