import {adamW} from './adam_w';
import type {SimdKernels} from './instance';
import type {OptimizersModule} from './modules';
import {OPTIMIZERS} from './optimizers_bytes';

export const optimizers: SimdKernels<OptimizersModule> = {module: OPTIMIZERS, planners: {AdamW: adamW}};
