import {type Describe, type Fallback, installKernels, type KernelFunction} from '../../kernel';
import type {SimdKernels} from './instance';
import type {Planner} from './plan';

/** Where a backend has its modules: in the memory of its tensors, or elsewhere, with copies. */
export interface Place {
  /** A kernel of the module, or `otherwise` where the module cannot be. */
  run<Native>(simd: SimdKernels<Native>, planner: Planner<Native>, otherwise: KernelFunction): KernelFunction;
  /** `otherwise` is then the path. */
  describe<Native>(simd: SimdKernels<Native>, otherwise: string): Describe;
}

/** Gives a backend the kernels of a module. */
export function installModule<Native>(
  backendName: string,
  {run, describe}: Place,
  simd: SimdKernels<Native>,
  {kernel, path}: Fallback,
): void {
  const kernels = Object.entries(simd.planners).map(([name, planner]) => [name, run(simd, planner, kernel(name))]);
  installKernels(backendName, Object.fromEntries(kernels), describe(simd, path));
}
