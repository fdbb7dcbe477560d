/**
 * Native kernels of the backend of tfjs-node: TensorFlow ops of our own, from addon/; where they have not been built,
 * TensorFlow's ops without the detours of their tfjs wrappers.
 */

import {installKernels} from '../../kernel';
import {triangleWaveGradientHost, triangleWaveHost} from '../host/triangle_wave';
import {memory} from './backend';
import {describe} from './describe';
import {ownOp} from './own_op';
import {registerKernels as registerProjection} from './projection';

const WAVES = ['x', 'peaks', 'scales'];

/** Installs these kernels for a backend of another name but of this kind; importing this file did it for 'tensorflow'. */
export function registerKernels(backendName = 'tensorflow'): void {
  registerProjection(backendName);
  const kernels = {
    // Without our op one sweep of a loop over all levels, with two copies, against dozens of TensorFlow ops.
    TriangleWave: ownOp('TriangleWave', {inputs: WAVES, attributes: {}, outputs: 1}, triangleWaveHost(memory)),
    TriangleWaveGradient: ownOp(
      'TriangleWaveGradient',
      {inputs: [...WAVES, 'dy'], attributes: {}, outputs: 3},
      triangleWaveGradientHost(memory),
    ),
  };
  installKernels(backendName, kernels, describe);
}

registerKernels();
