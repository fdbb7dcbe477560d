/**
 * Native kernels of tfjs's cpu backend: the loops of src/math on the tensors' own arrays, but for the transform, which runs
 * in the SIMD module of the wasm backend.
 */

import {installKernels} from '../../kernel';
import type {HostMemory} from '../host/memory';
import {reluPairGradientHost, reluPairHost} from '../host/relu_pair';
import {triangleWaveGradientHost, triangleWaveHost} from '../host/triangle_wave';
import {describe} from './describe';
import {walshHadamard} from './walsh_hadamard';

/** What these kernels use of tfjs's cpu backend. */
interface CpuBackend {
  data: {get(dataId: object): {values: Float32Array}};
  makeTensorInfo: (shape: number[], dtype: 'float32', values: Float32Array) => ReturnType<HostMemory['write']>;
}

const memory: HostMemory = {
  read: (backend, tensor) => (backend as CpuBackend).data.get(tensor.dataId).values,
  write: (backend, shape, values) => (backend as CpuBackend).makeTensorInfo(shape, 'float32', values),
};

export function registerKernels(backendName = 'cpu'): void {
  installKernels(
    backendName,
    {
      WalshHadamard: walshHadamard(memory),
      SignedWalshHadamard: walshHadamard(memory),
      ReLUPair: reluPairHost(memory),
      ReLUPairGradient: reluPairGradientHost(memory),
      TriangleWave: triangleWaveHost(memory),
      TriangleWaveGradient: triangleWaveGradientHost(memory),
    },
    describe,
  );
}

registerKernels();
