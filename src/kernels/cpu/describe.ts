import type {Describe} from '../../kernel';
import type {SimdKernels} from '../simd/instance';
import {workspaceOf} from './workspace';

/** `otherwise` is the path where the module cannot be. */
export function describeModule<Native>(simd: SimdKernels<Native>, otherwise: string): Describe {
  return () =>
    workspaceOf(simd)
      ? {path: 'SIMD module, on copies of the tensors'}
      : {path: otherwise, advice: 'Use an engine with WebAssembly SIMD, and let the page compile WebAssembly (CSP).'};
}
