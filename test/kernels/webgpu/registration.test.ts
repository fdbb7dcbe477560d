import * as tf from '@tensorflow/tfjs';

import {backendReport} from 'tfjs-piecewise';
import {useBackend} from '../../support/backend';

useBackend();

it('every op has a kernel of its own before its first use', () => {
  const names = ['WalshHadamard', 'SignedWalshHadamard', 'ReLUPair', 'WHTReLUPair', 'TriangleWave'];
  const gradients = ['ReLUPairGradient', 'WHTReLUPairGradient', 'TriangleWaveGradient'];
  for (const name of [...names, ...gradients]) expect(tf.getKernel(name, 'webgpu')).toBeDefined();
});

it('says which path it takes', () => expect(backendReport().path).toBe('WGSL, one workgroup per row'));
