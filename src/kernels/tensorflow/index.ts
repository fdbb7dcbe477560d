/**
 * Native kernels of the backend of tfjs-node: TensorFlow ops of our own, from addon/; where they have not been built,
 * TensorFlow's ops without the detours of their tfjs wrappers.
 *
 * @module
 */

import {installKernels} from '../../engine';
import {AdamW} from './adam_w';
import {DenseUnits, DenseUnitsGradient, TransposedMatMul} from './dense';
import {describe} from './describe';
import {registerKernels as registerProjection} from './projection';
import {SoftmaxCrossEntropy, SoftmaxCrossEntropyGradient} from './softmax_cross_entropy';
import {TriangleWave, TriangleWaveGradient} from './triangle_wave';

const OTHERS = {
  AdamW,
  DenseUnits,
  DenseUnitsGradient,
  SoftmaxCrossEntropy,
  SoftmaxCrossEntropyGradient,
  TransposedMatMul,
  TriangleWave,
  TriangleWaveGradient,
};

/** Installs these kernels for a backend of another name but of this kind; importing this file did it for 'tensorflow'. */
export function registerKernels(backendName = 'tensorflow'): void {
  registerProjection(backendName);
  installKernels(backendName, OTHERS, describe);
}

registerKernels();
