/**
 * What tfjs's wasm backend lacks to train convolutions: the derivative of `conv2d` by its filter, and those of
 * `depthwiseConv2d` by filter and input, in a SIMD module on the tensors where they are. Import it after the backend.
 *
 * @module
 */

import * as tf from '@tensorflow/tfjs';
import {installKernels, type KernelFunction} from '../../engine';
import {fail} from '../../errors';
import {convolutionHost} from '../host/convolution';
import {convolution} from '../simd/convolution';
import {heap} from './backend';
import {registerDerivatives} from './convolution_derivatives';
import {inHeap} from './execute';

type Shape4D = [number, number, number, number];

/** Attributes of the kernels, as tfjs gives them. */
type Attrs = Pick<tf.backend_util.Conv2DInfo, 'filterShape'> & {
  inputShape?: Shape4D;
  strides: number | [number, number];
  dilations?: number | [number, number];
  pad: Parameters<typeof tf.backend_util.computeConv2DInfo>[4];
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
  dataFormat?: 'NHWC' | 'NCHW';
};

/** The kernel on the numbers that tfjs computes of a convolution. */
const kernelOf =
  (name: string): KernelFunction =>
  ({inputs, attrs, backend}) => {
    const {x, dy, filter} = inputs;
    const {strides, dilations = 1, pad, dimRoundingMode, dataFormat = 'NHWC', ...shapes} = attrs as unknown as Attrs;
    const [inShape, filterShape] = [x?.shape ?? shapes.inputShape, filter?.shape ?? shapes.filterShape] as Shape4D[];
    if (dataFormat !== 'NHWC') {
      fail(
        name,
        "dataFormat must be 'NHWC', as of all convolutions of the wasm backend",
        `'${dataFormat}'`,
        'Transpose.',
      );
    }
    const isDepthwise = name !== 'Conv2DBackpropFilter';
    const sizes = [inShape, filterShape, strides, dilations, pad, dimRoundingMode, isDepthwise] as const;
    const info = tf.backend_util.computeConv2DInfo(...sizes);
    if (!tf.util.arraysEqual(dy!.shape, info.outShape)) {
      fail(
        name,
        `dy must have the shape of the convolution's output, [${info.outShape}]`,
        `shape [${dy!.shape}]`,
        'Give strides, padding and dilations of the forward pass.',
      );
    }
    return run[name]({inputs, attrs: info as unknown as tf.NamedAttrMap, backend});
  };

const run = Object.fromEntries(
  Object.entries(convolution.planners).map(([name, planner]) => [
    name,
    inHeap(convolution, planner, convolutionHost[name](heap)),
  ]),
);

/**
 * Installs for a backend of this kind the kernels that it lacks, never one that it has; importing this file did it for 'wasm'.
 * tfjs differentiates these kernels on no backend: that is mended here, too, for second derivatives.
 */
export function registerKernels(backendName = 'wasm'): void {
  const missing = Object.keys(run).filter((name) => !tf.getKernel(name, backendName));
  installKernels(backendName, Object.fromEntries(missing.map((name) => [name, kernelOf(name)])));
  registerDerivatives();
}

registerKernels();
