/** Native kernels of the backend of tfjs-node: TensorFlow's own ops, without the detours of their tfjs wrappers. */

import {installKernels} from '../../kernel';
import {triangleWaveGradientHost, triangleWaveHost} from '../host/triangle_wave';
import {memory} from './backend';
import {reluPair, reluPairGradient} from './relu_pair';
import {walshHadamard} from './walsh_hadamard';

export function registerKernels(backendName = 'tensorflow'): void {
  installKernels(
    backendName,
    {
      WalshHadamard: walshHadamard,
      SignedWalshHadamard: walshHadamard,
      ReLUPair: reluPair,
      ReLUPairGradient: reluPairGradient,
      // One sweep of a loop over all levels, with two copies, against dozens of TensorFlow ops.
      TriangleWave: triangleWaveHost(memory),
      TriangleWaveGradient: triangleWaveGradientHost(memory),
    },
    () => ({path: "TensorFlow's own ops, called directly"}),
  );
}

registerKernels();
