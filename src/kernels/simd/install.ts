import {type Describe, installKernels, type KernelFunction} from '../../engine';
import type {SimdKernels} from './instance';
import type {Planner} from './plan';

/** Makes a kernel of a module, for a backend; `otherwise` runs where the module cannot be. */
export type Runner = <Native>(
  simd: SimdKernels<Native>,
  planner: Planner<Native>,
  otherwise: KernelFunction,
) => KernelFunction;

/** Gives a backend the kernels of a module. `otherwise` has, by name, those that serve where the module cannot be. */
export function installModule<Native>(
  backendName: string,
  run: Runner,
  simd: SimdKernels<Native>,
  otherwise: (name: string) => KernelFunction,
  describe?: Describe,
): void {
  const kernels = Object.entries(simd.planners).map(([name, planner]) => [name, run(simd, planner, otherwise(name))]);
  installKernels(backendName, Object.fromEntries(kernels), describe);
}
