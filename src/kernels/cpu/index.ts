/**
 * Native kernels of tfjs's cpu backend: SIMD modules on copies of the tensors, which is faster than loops on them.
 *
 * @module
 */

import {installKernels} from '../../engine';
import {loopsOn} from '../host';
import {expandFirst, expandUnitsHost} from '../host/fit_units';
import {softmaxCrossEntropyGradientHost, softmaxCrossEntropyHost} from '../host/softmax_cross_entropy';
import {takeUnitsHost} from '../host/take_units';
import {installModule, type Runner} from '../simd/install';
import {optimizers} from '../simd/optimizers';
import {projection} from '../simd/projection';
import {waves} from '../simd/waves';
import {memory} from './backend';
import {describe} from './describe';
import {inWorkspace} from './workspace';

const expanding: Runner = (simd, planner, otherwise) => expandFirst(memory)(inWorkspace(simd, planner, otherwise));

/** Installs these kernels for a backend of another name but of this kind; importing this file did it for 'cpu'. */
export function registerKernels(backendName = 'cpu'): void {
  installModule(backendName, expanding, projection, loopsOn(memory), describe);
  installKernels(backendName, {ExpandUnits: expandUnitsHost(memory), TakeUnits: takeUnitsHost(memory)}, describe);
  const losses = {
    SoftmaxCrossEntropy: softmaxCrossEntropyHost(memory),
    SoftmaxCrossEntropyGradient: softmaxCrossEntropyGradientHost(memory),
  };
  installKernels(backendName, losses, describe);
  installModule(backendName, inWorkspace, waves, loopsOn(memory), describe);
  installModule(backendName, inWorkspace, optimizers, loopsOn(memory), describe);
}

registerKernels();
