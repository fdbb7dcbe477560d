/**
 * Native kernels of tfjs's wasm backend: SIMD modules of our own on the tensors where they are.
 *
 * @module
 */

import {installKernels} from '../../engine';
import {loopsOn} from '../host';
import {expandUnitsHost} from '../host/fit_units';
import {softmaxCrossEntropyGradientHost, softmaxCrossEntropyHost} from '../host/softmax_cross_entropy';
import {takeUnitsHost} from '../host/take_units';
import {installModule} from '../simd/install';
import {optimizers} from '../simd/optimizers';
import {projection} from '../simd/projection';
import {waves} from '../simd/waves';
import {heap} from './backend';
import {denseUnits, transposedMatMul} from './dense';
import {describe} from './describe';
import {inHeap} from './execute';
import {forFewValues} from './softmax_cross_entropy';

/** Installs these kernels for a backend of another name but of this kind; importing this file did it for 'wasm'. */
export function registerKernels(backendName = 'wasm'): void {
  installModule(backendName, inHeap, projection, loopsOn(heap), describe);
  installKernels(backendName, {ExpandUnits: expandUnitsHost(heap), TakeUnits: takeUnitsHost(heap)}, describe);
  installKernels(backendName, {DenseUnits: denseUnits, TransposedMatMul: transposedMatMul}, describe);
  const losses = {
    SoftmaxCrossEntropy: softmaxCrossEntropyHost(heap),
    SoftmaxCrossEntropyGradient: forFewValues('SoftmaxCrossEntropyGradient', softmaxCrossEntropyGradientHost(heap)),
  };
  installKernels(backendName, losses, describe);
  installModule(backendName, inHeap, waves, loopsOn(heap), describe);
  installModule(backendName, inHeap, optimizers, loopsOn(heap), describe);
}

registerKernels();
