/**
 * Native kernels of tfjs's cpu backend: SIMD modules on copies of the tensors, which is faster than loops on them.
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
import {memory} from './backend';
import {describe} from './describe';
import {inWorkspace} from './workspace';

/** Installs these kernels for a backend of another name but of this kind; importing this file did it for 'cpu'. */
export function registerKernels(backendName = 'cpu'): void {
  installModule(backendName, inWorkspace, projection, loopsOn(memory), describe);
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
