import type {SimdKernels} from './instance';
import type {WavesModule} from './modules';
import {triangleWave, triangleWaveGradient} from './triangle_wave';
import {WAVES} from './waves_bytes';

export const waves: SimdKernels<WavesModule> = {
  module: WAVES,
  planners: {TriangleWave: triangleWave, TriangleWaveGradient: triangleWaveGradient},
};
